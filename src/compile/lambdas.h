/* The AWS Lambda functions that steps declare. Deployment creates them before the pipeline. */
#ifndef SP_LAMBDAS_H
#define SP_LAMBDAS_H

#include "eval/program.h"

/* Lists the functions of a program whose steps are lowered, each name once. Reports two different declarations of one name. */
void lambdas_collect(struct program *program);

#endif

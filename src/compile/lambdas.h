/* What steps declare for deployment beside the pipeline: functions of AWS Lambda, which are made before it. */
#ifndef SP_LAMBDAS_H
#define SP_LAMBDAS_H

#include "eval/program.h"

/* Lists the functions of a program whose steps are lowered, each name once, and reports those that are declared twice and
 * not alike. */
void lambdas_collect(struct program *program);

#endif

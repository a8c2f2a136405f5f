/* What steps declare for deployment beside the pipeline: functions of AWS Lambda, which are made before it. */
#ifndef SP_DEPLOYS_H
#define SP_DEPLOYS_H

#include "eval/program.h"

/* Lists the functions of a program whose steps are lowered, each name once, and reports those that are declared twice and
 * not alike. */
void deploys_collect(struct program *program);

#endif

/* `--start`: checks the values of parameters and the selected steps, then starts an execution. */
#ifndef SP_TARGET_START_H
#define SP_TARGET_START_H

#include "cli/target.h"

/* Starts an execution and returns its ARN; NULL after a message, with the reason in `*status`. Needs target_describe. */
const char *target_start(struct target *target, enum status *status);

#endif

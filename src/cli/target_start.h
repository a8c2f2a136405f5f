/* `--start`: the values of parameters and the choice of steps, checked before the call. */
#ifndef SP_TARGET_START_H
#define SP_TARGET_START_H

#include "cli/target.h"

/* Starts an execution of the target, which is described, and gives its ARN; NULL after a message, with `*status`. */
const char *target_start(struct target *target, enum status *status);

#endif

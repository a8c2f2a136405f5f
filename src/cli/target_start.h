/* `--start`: the values of parameters and the choice of steps, checked before the call. */
#ifndef SP_MAIN_START_H
#define SP_MAIN_START_H

#include "cli/main_target.h"

/* Starts an execution of the target, which is described, and gives its ARN; NULL after a message, with `*status`. */
const char *main_start(struct target *target, enum status *status);

#endif

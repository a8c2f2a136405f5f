/* `--start`: checks the values of parameters and the selected steps, then starts an execution. */
#ifndef SP_TARGET_START_H
#define SP_TARGET_START_H

#include "cli/target.h"

/* Starts an execution of a target after target_describe, and gives its ARN; NULL after a message, with `*status`. */
const char *target_start(struct target *target, enum status *status);

#endif

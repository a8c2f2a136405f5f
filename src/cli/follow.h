/* Following an execution: a table that is drawn again and again on a terminal, lines elsewhere. */
#ifndef SP_FOLLOW_H
#define SP_FOLLOW_H

#include "cli/command.h"
#include "deploy/watch.h"

/* Follows an execution to its end, and leaves its last state in `watch`, for watch_free; `how` is what the user types to
 * stop it, for who interrupts the watch. What may pass is waited out; false after a failure that does not: then there is
 * nothing to free, and `watch->arn` is NULL when the execution was never seen. */
bool follow_execution(struct watch *watch, struct command *command, struct aws *aws, const char *arn, const char *how,
                struct aws_failure *failure);

/* Writes a state as it is: a table, or JSON. */
enum status follow_put(const struct command *command, const struct watch *watch);

#endif

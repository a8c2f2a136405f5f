/* Follows an execution: a live table on a terminal, lines elsewhere. */
#ifndef SP_FOLLOW_H
#define SP_FOLLOW_H

#include "cli/command.h"
#include "deploy/watch.h"

/* Follows an execution to its end. `watch` receives its last state, which the caller frees with watch_free. `stop_command` is
 * printed when the user interrupts the watch. Polls again after a failure that may be temporary. False after any other
 * failure, or too many: then there is nothing to free, and `watch->arn` is NULL if the execution was never read. */
bool follow_execution(struct watch *watch, struct command *command, struct aws *aws, const char *arn, const char *stop_command,
                      struct aws_failure *failure);

/* Prints a state once: as a table, or as JSON. */
enum status follow_put(const struct command *command, const struct watch *watch);

#endif

/* AWS for the modes: opens a session with the options of the command, which uses its terminal, and prints failures. */
#ifndef SP_COMMAND_AWS_H
#define SP_COMMAND_AWS_H

#include "aws/aws.h"
#include "cli/options.h"

/* aws_open with the options of the command. `region` is that of the pipeline, or NULL. */
struct aws *command_aws_open(struct arena *arena, const struct options *options, const char *region, struct aws_failure *failure);

/* Prints a failure to standard error, like a diagnostic without a place. */
void command_aws_put_failure(const struct aws_failure *failure);

/* Prints an error of the command itself in the same form; `help` may be NULL. */
void command_aws_report(enum diag_code code, const char *help, const char *format, ...) __attribute__((format(printf, 3, 4)));

#endif

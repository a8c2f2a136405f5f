/* A session with AWS for the command: its options, its terminal, and how failures are printed. */
#ifndef SP_COMMAND_AWS_H
#define SP_COMMAND_AWS_H

#include "aws/aws.h"
#include "cli/options.h"

/* As aws_open; `region` is what the pipeline says of itself, or NULL. */
struct aws *command_aws_open(struct arena *arena, const struct options *options, const char *region, struct aws_failure *failure);

/* Prints a failure to standard error, as a diagnostic without a place. */
void command_aws_put_failure(const struct aws_failure *failure);

/* The same for what the command itself finds wrong; `help` may be NULL. */
void command_aws_complain(enum diag_code code, const char *help, const char *format, ...) __attribute__((format(printf, 3, 4)));

#endif

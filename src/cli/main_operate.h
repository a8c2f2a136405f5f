/* The modes that operate what is deployed: `--start`, `--status`, `--stop`, `--retry`, `--history`, `--rollback` and
 * `--delete`. Each has a target: a program, by its file, whose name ends in `.pipe`, or `-`; a pipeline, by name or ARN; an
 * execution, by ARN. */
#ifndef SP_MAIN_OPERATE_H
#define SP_MAIN_OPERATE_H

#include "cli/main.h"

enum status main_operate(struct command *command);

#endif

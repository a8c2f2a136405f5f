/* The pipeline or execution that a mode operates on, and a session with AWS. */
#ifndef SP_TARGET_H
#define SP_TARGET_H

#include "cli/command.h"
#include "deploy/execution.h"

struct cJSON;

/* Valid from target_open to target_close. */
struct target {
	struct command *command;
	struct arena *arena;
	struct aws *aws;
	struct program *program;    /* without errors; NULL when the operand is not a program */
	const char *pipeline;       /* its name; NULL when only the ID of an execution is given */
	const char *execution;      /* the ARN or ID that was given, or NULL */
	/* set by target_describe */
	const char *arn;            /* of the pipeline */
	struct cJSON *described;    /* DescribePipeline's reply, or NULL */
	struct text source;
	struct arena program_arena;
};

/* Resolves the operand and opens a session in its region. Any status but STATUS_DONE follows a message. The caller closes the
 * target in any case. */
enum status target_open(struct target *target, struct command *command);
void target_close(struct target *target);

/* Describes the deployed pipeline; fails for one in another account than the program's. A missing pipeline is a failure too,
 * unless it `may_be_absent`: then `described` is NULL. */
enum status target_describe(struct target *target, bool may_be_absent);

/* The ARN of the given execution, else of the newest; NULL after a message. Needs target_describe, unless the execution is
 * given by its ARN. */
const char *target_execution(struct target *target);

#endif

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

/* Resolves the operand and opens a session in its region. If the status is not STATUS_DONE, a message was printed. The caller
 * closes the target in any case. */
enum status target_open(struct target *target, struct command *command);
void target_close(struct target *target);

/* Describes the deployed pipeline. Fails if it is in another account than the program's, or if it is missing. With `may_be_absent`
 * a missing pipeline is no failure: `described` is then NULL. */
enum status target_describe(struct target *target, bool may_be_absent);

/* The ARN of the given execution, else of the newest; NULL after a message. Needs target_describe, unless the execution is
 * given by its ARN. */
const char *target_execution(struct target *target);

#endif

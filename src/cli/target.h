/* What an operation is about, and a session with AWS for it. */
#ifndef SP_TARGET_H
#define SP_TARGET_H

#include "cli/command.h"
#include "deploy/execution.h"

struct cJSON;

/* Everything is there from target_open to target_close, but for what is marked. */
struct target {
	struct command *command;
	struct arena *arena;
	struct aws *aws;
	struct program *program;    /* without errors; or NULL when the target is none */
	const char *pipeline;       /* its name; NULL when only an execution is named by its ID */
	const char *execution;      /* the ARN or ID that was named, or NULL */
	/* after target_describe */
	const char *arn;            /* of the pipeline */
	struct cJSON *described;    /* DescribePipeline's reply, or NULL */
	struct text source;
	struct arena program_arena;
};

/* Finds out what is meant and opens a session in its region; anything but STATUS_DONE after a message. To be closed in any
 * case. */
enum status target_open(struct target *target, struct command *command);
void target_close(struct target *target);

/* Looks at the pipeline as it is deployed; refuses one of another account than the program's. One that is not there is a
 * failure unless `may_be_absent`; then `described` is NULL. */
enum status target_describe(struct target *target, bool may_be_absent);

/* The ARN of the execution that is named, else of the newest one; NULL after a message. Needs a description unless the
 * execution is named by its ARN. */
const char *target_execution(struct target *target);

#endif

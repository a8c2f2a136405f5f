/* An execution as it goes on: what SageMaker says of it and its steps, again and again, and what has changed since.
 *
 * Data only: watch_render.h makes text of it, and who waits in between is the command. */
#ifndef SP_WATCH_H
#define SP_WATCH_H

#include "deploy/execution.h"

/* Strings are of the snapshot, "" where there is nothing; times are milliseconds since 1970, 0 when not yet. */
struct watch_step {
	const char *name;
	const char *status;      /* as SageMaker has it; "" for one that waits for its turn */
	int64_t started, ended;
	const char *reused_from; /* the ARN of the execution whose result it has: from the cache, or in a selective execution */
	const char *reason;      /* why it failed */
	const char *outcome;     /* of a condition */
	const char *logs;        /* where its logs are */
	int attempts;
};

/* An execution at one moment. Whoever made one calls watch_free. */
struct watch {
	struct arena arena;
	const char *arn, *pipeline, *status, *reason;
	int64_t started, ended;  /* `ended` is 0 while it goes on */
	VEC(struct watch_step) steps; /* in the order in which they began, those that wait behind */
};

/* Names of steps, in the order of a definition. */
struct watch_plan {
	VEC(const char *) names;
};

/* Reads the steps of the definition that an execution runs, in its arena; an empty plan when that cannot be known. */
void watch_read_plan(struct watch_plan *plan, struct aws *aws, struct arena *arena, const char *arn);

/* Asks for the state of an execution; steps of the plan that did not begin yet are among the steps while it goes on. After
 * a failure there is nothing to free. */
bool watch_read(struct watch *watch, struct aws *aws, const char *arn, const struct watch_plan *plan, struct aws_failure *failure);

void watch_free(struct watch *watch);

/* Whether it goes on, and whether it ended well. */
bool watch_goes_on(const struct watch *watch);
bool watch_succeeded(const struct watch *watch);

/* The step of this name, or NULL. */
const struct watch_step *watch_find(const struct watch *watch, const char *name);

#endif

/* Snapshots of an execution and its steps. Rendering is in watch_render.h; the command polls. */
#ifndef SP_WATCH_H
#define SP_WATCH_H

#include "aws/aws.h"
#include "base/vec.h"

/* Strings live as long as the snapshot, and are "" if absent. Times are milliseconds since 1970, 0 if not yet reached. */
struct watch_step {
	const char *name;
	const char *status;      /* as SageMaker reports it; "" for a step that has not started */
	int64_t started, ended;
	const char *reused_from; /* the ARN of the execution whose result is reused: by the cache, or in a selective execution */
	const char *reason;      /* why it failed */
	const char *outcome;     /* of a condition */
	const char *logs;        /* URL or path of its logs */
	int attempts;
};

/* An execution at one moment. The caller of watch_read frees it with watch_free. */
struct watch {
	struct arena arena;
	const char *arn, *pipeline, *status, *reason;
	int64_t started, ended;  /* `ended` is 0 while it is active */
	VEC(struct watch_step) steps; /* in the order of their start, then those that have not started */
};

/* Names of steps, in the order of the definition. */
struct watch_plan {
	VEC(const char *) names;
};

/* Reads the names of the steps of the definition that an execution runs; they live in `arena`. The plan is empty if the
 * definition cannot be read. */
void watch_read_plan(struct watch_plan *plan, struct aws *aws, struct arena *arena, const char *arn);

/* Reads the state of an execution. While it is active, includes steps of the plan that have not started. The plan must outlive
 * the snapshot. After a failure there is nothing to free. */
bool watch_read(struct watch *watch, struct aws *aws, const char *arn, const struct watch_plan *plan, struct aws_failure *failure);

void watch_free(struct watch *watch);

/* Whether the execution has not ended; whether it has succeeded. */
bool watch_is_active(const struct watch *watch);
bool watch_is_successful(const struct watch *watch);

/* The step of this name, or NULL. */
const struct watch_step *watch_find(const struct watch *watch, const char *name);

#endif

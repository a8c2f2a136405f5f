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
	VEC(const struct watch_step *) causes; /* steps of the snapshot that failed or were stopped, which made it run */
	/* of a step that another one made, for each of several items */
	const char *parent;      /* the name of that step */
	const char *item;
	int iteration;           /* from 0 */
	bool is_nested;          /* it follows its parent in the snapshot */
};

/* An execution at one moment. The caller of watch_read frees it with watch_free. */
struct watch {
	struct arena arena;
	const char *arn, *pipeline, *status, *reason;
	int64_t version;         /* of the pipeline; 0 if AWS reports none */
	const char *aliases;     /* of the version at that moment, a JSON list of texts; "" if there are none */
	int64_t started, ended;  /* `ended` is 0 while it is active */
	/* In the order of their start, then those that have not started. Iterations follow the step that made them. */
	VEC(struct watch_step) steps;
};

struct watch_plan_step {
	const char *name;
	VEC(const char *) triggers; /* names of steps whose failure, stop, or any end makes it run */
	bool is_body;               /* it runs only as iterations, which have names of their own */
};

/* The steps of the definition that an execution runs, in order. */
struct watch_plan {
	VEC(struct watch_plan_step) steps;
};

/* Reads the plan of an execution, which lives in `arena`. It is empty if the definition cannot be read. */
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

/* The name of a step in the definition, in the arena: an iteration is called like the step of the body, with "-INDEX". */
const char *watch_step_name(struct arena *arena, const struct watch_step *step);

#endif

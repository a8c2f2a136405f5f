/* Removing a pipeline, with the schedules of EventBridge Scheduler that were deployed with it: who deletes the one and keeps
 * the others has starts that fail for ever. What others have made stays. Nothing here asks or prints. */
#ifndef SP_REMOVAL_H
#define SP_REMOVAL_H

#include "aws/aws.h"
#include "base/vec.h"

struct removal_schedule {
	const char *name, *group;
	bool is_own; /* deployed from here: it goes */
};

/* What would go. Strings live in the arena that removal_plan is given. */
struct removal {
	const char *pipeline, *arn;
	VEC(struct removal_schedule) schedules; /* of every group, whose target is the pipeline */
};

/* Finds what there is. Of a failure with SP6014, a permission that is missing, the plan is whole but for the schedules. */
bool removal_plan(struct removal *removal, struct aws *aws, struct arena *arena, const char *pipeline, const char *arn,
                  struct aws_failure *failure);

/* Deletes a schedule, and the pipeline. What is gone already is no failure. */
bool removal_delete_schedule(struct aws *aws, const struct removal_schedule *schedule, struct aws_failure *failure);
bool removal_delete_pipeline(struct aws *aws, const struct removal *removal, struct aws_failure *failure);

#endif

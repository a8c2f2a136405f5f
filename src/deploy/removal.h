/* Removes a pipeline, and those of its schedules in EventBridge Scheduler that sagepipec deployed, which would otherwise keep
 * trying to start it. Other schedules stay. Nothing here asks or prints. */
#ifndef SP_REMOVAL_H
#define SP_REMOVAL_H

#include "aws/aws.h"
#include "base/vec.h"

struct removal_schedule {
	const char *name, *group;
	bool is_own; /* deployed by sagepipec: it is deleted */
};

/* What a removal deletes. Strings live in the arena passed to removal_plan. */
struct removal {
	const char *pipeline, *arn;
	VEC(struct removal_schedule) schedules; /* all that start the pipeline, in all groups */
};

/* Finds the schedules. After failure SP6014 (a missing permission) the plan can be used, but schedules may be missing from it. */
bool removal_plan(struct removal *removal, struct aws *aws, struct arena *arena, const char *pipeline, const char *arn,
                  struct aws_failure *failure);

/* Delete a schedule, or the pipeline. It is not a failure if it no longer exists. */
bool removal_delete_schedule(struct aws *aws, const struct removal_schedule *schedule, struct aws_failure *failure);
bool removal_delete_pipeline(struct aws *aws, const struct removal *removal, struct aws_failure *failure);

#endif

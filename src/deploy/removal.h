/* Removes a pipeline, and its schedules in EventBridge Scheduler that sagepipec deployed: if they stayed, they would try in vain
 * to start it. Other schedules stay. Nothing here asks or prints. */
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
	VEC(struct removal_schedule) schedules; /* all that start the pipeline, of every group */
};

/* Finds the schedules. After a failure with SP6014, a missing permission, the plan is complete except for them. */
bool removal_plan(struct removal *removal, struct aws *aws, struct arena *arena, const char *pipeline, const char *arn,
                  struct aws_failure *failure);

/* Delete a schedule, or the pipeline. It is not a failure if that does not exist any more. */
bool removal_delete_schedule(struct aws *aws, const struct removal_schedule *schedule, struct aws_failure *failure);
bool removal_delete_pipeline(struct aws *aws, const struct removal *removal, struct aws_failure *failure);

#endif

/* Requests to EventBridge Scheduler, and the mark that identifies schedules deployed by sagepipec. */
#ifndef SP_SCHEDULER_H
#define SP_SCHEDULER_H

#include "aws/aws.h"

/* The suffix of the description of each schedule that sagepipec deploys, unless there is no room for it. The mark is there because
 * schedules have no tags. */
extern const char scheduler_mark[];

/* A request about a schedule, in the arena. An empty group means the default one. */
struct aws_request scheduler_request(struct arena *arena, const char *method, const char *name, const char *group);

/* The request for a page of the list of all schedules, in the arena; `token` is "" for the first page. */
struct aws_request scheduler_list_request(struct arena *arena, const char *token);

/* Requests a schedule and finds out whether its description has the mark. A schedule that does not exist has no mark. False after
 * a failure. */
bool scheduler_find_mark(struct aws *aws, struct arena *arena, const char *name, const char *group, bool *is_marked,
                         struct aws_failure *failure);

#endif

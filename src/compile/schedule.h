/* Schedules: when the deployed pipeline starts, through EventBridge Scheduler. Their fields are declared in stdlib/schedule.pipe. Here
 * they are lowered, and what a type cannot express is checked: names, points in time, and the parameters of the runs. Nothing is sent
 * to AWS. */
#ifndef SP_SCHEDULE_H
#define SP_SCHEDULE_H

#include "eval/program.h"

/* Lowers and checks all schedules of a program. Ignores them in a program without a pipeline: they are for others to import. */
void schedule_lower(struct program *program);

/* A parameter's value as it is passed to a run of the pipeline: text, "True" and "False" for Booleans. */
const char *schedule_given_text(const struct value *value);

/* Points in time (schedule_time.c) */

/* What is wrong with a schedule expression (`at`, `rate` or `cron`, as in "Schedule types" in the EventBridge Scheduler User Guide),
 * in words that live in `arena`; NULL for a correct one. */
const char *schedule_flaw(struct arena *arena, const char *expression);

/* The seconds since 1970 of a text that has digits where "2026-01-31T08:00:00Z" has them; false when there is no such point in
 * time. */
bool schedule_seconds(const char *text, int64_t *seconds);

#endif

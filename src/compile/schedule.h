/* Schedules: when the deployed pipeline starts by itself, by EventBridge Scheduler. What they may hold is declared in
 * stdlib/schedule.pipe; here they are made, and what a type cannot say is checked: names, points in time, and what runs
 * are given. Nothing is sent anywhere. */
#ifndef SP_SCHEDULE_H
#define SP_SCHEDULE_H

#include "eval/program.h"

/* Makes and checks all schedules of a program. Nothing for one without a pipeline: its schedules are for others to import. */
void schedule_lower(struct program *program);

/* A parameter's value as a start of the pipeline takes it: text, "True" and "False" for Booleans. */
const char *schedule_given_text(const struct value *value);

/* Points in time (schedule_time.c) */

/* What is wrong with a schedule's expression (`at`, `rate`, `cron`: EventBridge Scheduler User Guide, on schedule types),
 * in words that live in `arena`; NULL when it is right. */
const char *schedule_flaw(struct arena *arena, const char *expression);

/* The seconds since 1970 of a text like "2026-01-31T08:00:00Z", whose digits are in place; false when there is no such
 * point in time. */
bool schedule_seconds(const char *text, int64_t *seconds);

#endif

/* Schedules to JSON. */
#ifndef SP_EMIT_SCHEDULE_H
#define SP_EMIT_SCHEDULE_H

#include "eval/program.h"

/* Appends the body of CreateSchedule and UpdateSchedule, on one line, for the pipeline with this ARN. The schedule's name
 * is no part of it (it stands in the path of the request), nor is ClientToken, which is random. Only for schedules that
 * are not absent, of programs without errors. */
void emit_schedule(struct text *out, const struct schedule *schedule, const char *arn);

#endif

/* Schedules as JSON. */
#ifndef SP_EMIT_SCHEDULE_H
#define SP_EMIT_SCHEDULE_H

#include "eval/program.h"

/* Appends the body of CreateSchedule and UpdateSchedule on one line, for the pipeline with this ARN. It holds neither the
 * schedule's name, which is in the path of the request, nor ClientToken, which is random. Only for schedules whose
 * `when` holds, of programs without errors. */
void emit_schedule(struct text *out, const struct schedule *schedule, const char *arn);

#endif

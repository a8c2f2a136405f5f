/* The report for people: the human format of report.h. */
#ifndef SP_REPORT_HUMAN_H
#define SP_REPORT_HUMAN_H

#include "source/report.h"

void report_human(struct text *out, const struct diags *diags, const struct report_options *options);

#endif

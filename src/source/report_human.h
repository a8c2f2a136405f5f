/* The report for people: report.h's human form. */
#ifndef SP_REPORT_HUMAN_H
#define SP_REPORT_HUMAN_H

#include "source/report.h"

void report_human(struct text *out, const struct diags *diags, const struct report_options *options);

#endif

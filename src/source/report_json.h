/* The reports for programs that read JSON: the json and sarif formats of report.h. */
#ifndef SP_REPORT_JSON_H
#define SP_REPORT_JSON_H

#include "source/report.h"

/* One object per line. */
void report_json(struct text *out, const struct diags *diags, const struct report_options *options);

/* One SARIF log. */
void report_sarif(struct text *out, const struct diags *diags, const struct report_options *options);

#endif

/* Renders diagnostics as text, for people and for programs.
 *
 * A finished list (see diag_finish) is rendered in one of these formats:
 *
 *     human   title, the source line with the place underlined, notes, help; a summary at the end
 *     json    one object per line: code, severity, message, file, start, end, label, help, related, fixes
 *     sarif   one SARIF 2.1.0 log with one run
 *     gcc     file:line:column: severity: message [code]
 *     github  workflow commands, from which GitHub annotates the lines of a change
 *
 * Lines and columns start at 1, columns count code points, ends are exclusive, and offsets count bytes. Nothing here
 * prints, queries the terminal or reads a file: each diagnostic refers to the text of its file. */
#ifndef SP_REPORT_H
#define SP_REPORT_H

#include "base/text.h"
#include "source/diag.h"

enum report_format { REPORT_HUMAN, REPORT_JSON, REPORT_SARIF, REPORT_GCC, REPORT_GITHUB };

struct report_options {
	enum report_format format;
	bool color;     /* for the human format only, like `width` */
	unsigned width; /* columns of the terminal; 0: lines are not cut */
};

/* Appends the rendering of a finished list. */
void report_render(struct text *out, const struct diags *diags, const struct report_options *options);

#endif

/* Syntax errors, at most one for each line: further errors on a line are mostly consequences of the first. */
#ifndef SP_SYNTAX_ERROR_H
#define SP_SYNTAX_ERROR_H

#include "source/diag.h"

struct syntax_errors {
	struct diags *diags;
	const struct source_file *file;
	const struct diag *last_marked; /* the last diagnostic whose line is marked */
	uint8_t *lines;                 /* by line index: whether the line has an error */
};

/* Whether the line of this offset has an error, including the lexer's. */
bool syntax_error_has_line(struct syntax_errors *errors, uint32_t offset);

/* Marks the line of this offset as having an error, so that no further one is reported for it. */
void syntax_error_mark_line(struct syntax_errors *errors, uint32_t offset);

/* Reports an error, for the caller to add a help. Returns NULL if there is nothing to add: the line where the span starts has an error
 * already, and nothing is reported; or it is written as in Python, and the help says how it is written here. */
struct diag *syntax_error_report(struct syntax_errors *errors, enum diag_code code, struct span span, const char *format,
                                 ...) __attribute__((format(printf, 4, 5)));

#endif

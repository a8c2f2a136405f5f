/* Diagnostics, one a line: what follows a mistake on its line is mostly its echo. */
#ifndef SP_SYNTAX_ERROR_H
#define SP_SYNTAX_ERROR_H

#include "source/diag.h"

struct syntax_errors {
	struct diags *diags;
	const struct source_file *file;
	const struct diag *last_marked; /* the last diagnostic whose line is marked */
	uint8_t *lines;                 /* by index: a message stands there */
};

/* Whether the line of this offset has a message, the lexer's included. */
bool syntax_error_has_line(struct syntax_errors *errors, uint32_t offset);

/* Takes the line of this offset as spoken of: what else is found there is an echo. */
void syntax_error_mark_line(struct syntax_errors *errors, uint32_t offset);

/* Reports, or gives NULL when the line of the span's start has a message. */
struct diag *syntax_error_report(struct syntax_errors *errors, enum diag_code code, struct span span, const char *format,
                      ...) __attribute__((format(printf, 4, 5)));

#endif

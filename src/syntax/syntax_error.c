#include "syntax/syntax_error.h"

#include "base/python.h"

#include <stdarg.h>
#include <stdio.h>

static void mark_lines(struct syntax_errors *errors)
{
	struct diags *diags = errors->diags;
	const struct source_file *file = errors->file;
	if (!errors->lines) {
		source_place(file, 0); /* makes the line map */
		errors->lines = arena_array(diags->arena, uint8_t, file->line_count + 1);
	}
	const struct diag *diag = errors->last_marked ? errors->last_marked->next : diags->first;
	for (; diag; diag = diag->next) {
		if (diag->file == file)
			errors->lines[source_line_index(errors->file, diag->span.start)] = 1;
		errors->last_marked = diag;
	}
}

bool syntax_error_has_line(struct syntax_errors *errors, uint32_t offset)
{
	mark_lines(errors);
	return errors->lines[source_line_index(errors->file, offset)];
}

void syntax_error_mark_line(struct syntax_errors *errors, uint32_t offset)
{
	mark_lines(errors);
	errors->lines[source_line_index(errors->file, offset)] = 1;
}

struct diag *syntax_error_report(struct syntax_errors *errors, enum diag_code code, struct span span, const char *format,
                                 ...)
{
	if (syntax_error_has_line(errors, span.start))
		return NULL;
	char message[512];
	va_list args;
	va_start(args, format);
	vsnprintf(message, sizeof message, format, args);
	va_end(args);
	struct diag *diag = diag_report(errors->diags, code, errors->file, span, "%s", message);
	const char *help = python_help_at(errors->diags->arena, errors->file->text, span.start);
	if (help)
		diag_help(diag, "%s", help);
	return help ? NULL : diag;
}

#include "syntax/diag_line.h"

#include <stdarg.h>
#include <stdio.h>

static void mark_lines(struct complaints *complaints)
{
	struct diags *diags = complaints->diags;
	const struct source_file *file = complaints->file;
	if (!complaints->lines) {
		source_place(file, 0); /* makes the line map */
		complaints->lines = arena_array(diags->arena, uint8_t, file->line_count + 1);
	}
	const struct diag *diag = complaints->seen ? complaints->seen->next : diags->first;
	for (; diag; diag = diag->next) {
		if (diag->file == file)
			complaints->lines[source_line_index(complaints->file, diag->span.start)] = 1;
		complaints->seen = diag;
	}
}

bool complaint_exists(struct complaints *complaints, uint32_t offset)
{
	mark_lines(complaints);
	return complaints->lines[source_line_index(complaints->file, offset)];
}

void complaint_cover(struct complaints *complaints, uint32_t offset)
{
	mark_lines(complaints);
	complaints->lines[source_line_index(complaints->file, offset)] = 1;
}

struct diag *complain(struct complaints *complaints, enum diag_code code, struct span span, const char *format,
                      ...)
{
	if (complaint_exists(complaints, span.start))
		return NULL;
	char message[512];
	va_list args;
	va_start(args, format);
	vsnprintf(message, sizeof message, format, args);
	va_end(args);
	return diag_report(complaints->diags, code, complaints->file, span, "%s", message);
}

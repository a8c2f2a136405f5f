#include "diag_line.h"

#include <stdarg.h>
#include <stdio.h>

/* The index of the line, without counting columns, which may be many. */
static uint32_t line_of(const struct complaints *complaints, uint32_t offset)
{
	const struct source_file *file = complaints->file;
	uint32_t low = 0, high = file->line_count;
	while (high - low > 1) {
		uint32_t middle = low + (high - low) / 2;
		if (file->lines[middle] <= offset)
			low = middle;
		else
			high = middle;
	}
	return low;
}

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
			complaints->lines[line_of(complaints, diag->span.start)] = 1;
		complaints->seen = diag;
	}
}

bool complaint_exists(struct complaints *complaints, uint32_t offset)
{
	mark_lines(complaints);
	return complaints->lines[line_of(complaints, offset)];
}

void complaint_cover(struct complaints *complaints, uint32_t offset)
{
	mark_lines(complaints);
	complaints->lines[line_of(complaints, offset)] = 1;
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

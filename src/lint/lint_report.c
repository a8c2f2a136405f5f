#include "lint/lint_rules.h"

struct diag *lint_report(struct lint *lint, enum diag_code code, const struct node *node, const char *format, ...)
{
	static const enum severity severities[] = {[LINT_NOTE] = SEVERITY_NOTE, [LINT_WARNING] = SEVERITY_WARNING,
	                                           [LINT_ERROR] = SEVERITY_ERROR};
	va_list args;
	va_start(args, format);
	const char *message = arena_vprintf(lint->program->arena, format, args);
	va_end(args);
	struct diag *diag = program_report(lint->program, code, node, "%s", message);
	if (lint->config->level[code] > LINT_OFF)
		diag->severity = severities[lint->config->level[code]];
	return diag;
}

bool lint_starts_line(const struct source_file *file, uint32_t *offset)
{
	while (*offset > 0 && (file->text[*offset - 1] == ' ' || file->text[*offset - 1] == '\t'))
		--*offset;
	return *offset == 0 || file->text[*offset - 1] == '\n';
}

/* Stores the span of the lines of a node, with the line end. False if the lines contain anything else. */
static bool takes_whole_lines(const struct source_file *file, const struct node *node, struct span *span)
{
	uint32_t start = node->start, end = node->end;
	bool is_at_start = lint_starts_line(file, &start);
	while (file->text[end] == ' ' || file->text[end] == '\t' || file->text[end] == '\r')
		end++;
	*span = span_of(start, end + (file->text[end] == '\n'));
	return is_at_start && (file->text[end] == '\n' || !file->text[end]);
}

void lint_offer_removal(struct lint *lint, struct diag *diag, const struct node *node, bool is_safe)
{
	struct span span;
	if (!takes_whole_lines(program_file(lint->program, node), node, &span))
		return;
	diag_edit(diag, span, "");
	diag->is_fix_safe = is_safe;
}

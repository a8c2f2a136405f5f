#include "base/arena.h"
#include "base/text.h"
#include "base/vec.h"
#include "format/format_parts.h"
#include "source/source.h"

#include <inttypes.h>

enum { CONTEXT = 3 };

/* A change of whole lines. */
struct change {
	struct span span;      /* the lines in the source, including line ends */
	uint32_t line, lines;  /* the first line, from 0, and the number of lines */
	const char *text;      /* the new text */
	uint32_t new_lines;
};

typedef VEC(struct change) change_vec;

struct unified_diff {
	struct text *out;
	const struct source_file *file;
	uint32_t lines; /* of the file */
	int64_t shift;  /* lines added by the hunks so far */
};

static uint32_t count_lines(const char *text, size_t length)
{
	uint32_t lines = length && text[length - 1] != '\n';
	for (size_t i = 0; i < length; i++)
		lines += text[i] == '\n';
	return lines;
}

static uint32_t next_line_start(const struct source_file *file, uint32_t offset)
{
	uint32_t end = source_line_end(file, offset);
	return end < file->length ? end + 1 : end;
}

/* Sets the new text of a change by applying its edits. */
static void make_text(struct arena *arena, const struct source_file *file, struct change *change, struct format_edits edits)
{
	struct text text = {0};
	format_apply_within(&text, file, change->span, edits);
	change->text = arena_copy(arena, text_string(&text), text.length);
	change->new_lines = count_lines(change->text, text.length);
	text_free(&text);
}

/* Groups edits into changes: edits of the same or of adjacent lines are one change. */
static change_vec find_changes(struct arena *arena, const struct source_file *file, struct format_edits edits)
{
	change_vec changes = {0};
	for (size_t first = 0, next; first < edits.count; first = next) {
		struct change change = {.span = {source_line_start(file, edits.items[first].span.start), 0}};
		change.span.end = next_line_start(file, edits.items[first].span.end);
		for (next = first + 1; next < edits.count; next++) {
			if (source_line_start(file, edits.items[next].span.start) > change.span.end)
				break;
			change.span.end = next_line_start(file, edits.items[next].span.end);
		}
		change.line = source_line_index(file, change.span.start);
		change.lines = count_lines(file->text + change.span.start, change.span.end - change.span.start);
		make_text(arena, file, &change, (struct format_edits){edits.items + first, next - first});
		vec_push(arena, &changes, change);
	}
	return changes;
}

static void add_line(struct text *out, char sign, const char *line, size_t length)
{
	text_putc(out, sign);
	text_add(out, line, length);
	if (!length || line[length - 1] != '\n')
		text_puts(out, "\n\\ No newline at end of file\n");
}

static void add_text(struct text *out, char sign, const char *text, size_t length)
{
	for (size_t start = 0, end; start < length; start = end) {
		const char *newline = memchr(text + start, '\n', length - start);
		end = newline ? (size_t)(newline - text) + 1 : length;
		add_line(out, sign, text + start, end - start);
	}
}

/* Appends the lines of the source from `first` to before `after`, counted from 0. */
static void add_context(const struct unified_diff *diff, uint32_t first, uint32_t after)
{
	for (uint32_t line = first; line < after; line++) {
		uint32_t start = diff->file->lines[line];
		add_line(diff->out, ' ', diff->file->text + start, next_line_start(diff->file, start) - start);
	}
}

/* Appends a hunk: changes with few lines between them. */
static void add_hunk(struct unified_diff *diff, const struct change *first, const struct change *after)
{
	uint32_t start = first->line < CONTEXT ? 0 : first->line - CONTEXT, at = start;
	uint32_t end = after[-1].line + after[-1].lines + CONTEXT;
	if (end > diff->lines)
		end = diff->lines;
	int64_t added = 0;
	for (const struct change *change = first; change < after; change++)
		added += (int64_t)change->new_lines - change->lines;
	int64_t count = (int64_t)(end - start) + added;
	text_printf(diff->out, "@@ -%u,%u +%" PRId64 ",%" PRId64 " @@\n", (unsigned)start + (end > start), (unsigned)(end - start),
	            start + diff->shift + (count > 0), count);
	for (const struct change *change = first; change < after; change++) {
		add_context(diff, at, change->line);
		add_text(diff->out, '-', diff->file->text + change->span.start, change->span.end - change->span.start);
		add_text(diff->out, '+', change->text, strlen(change->text));
		at = change->line + change->lines;
	}
	add_context(diff, at, end);
	diff->shift += added;
}

void format_diff(struct text *out, const char *name, const struct source_file *file, struct format_edits edits)
{
	struct arena arena = {0};
	change_vec changes = find_changes(&arena, file, edits);
	struct unified_diff diff = {out, file, count_lines(file->text, file->length), 0};
	text_printf(out, "--- %s\n+++ %s (formatted)\n", name, name);
	for (size_t first = 0, next; first < changes.count; first = next) {
		for (next = first + 1; next < changes.count; next++)
			if (changes.items[next].line > changes.items[next - 1].line + changes.items[next - 1].lines + 2 * CONTEXT)
				break;
		add_hunk(&diff, &changes.items[first], changes.items + next);
	}
	arena_free(&arena);
}

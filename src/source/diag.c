#include "source/diag.h"

#include <stdlib.h>
#include <string.h>

static const struct {
	const char *name, *title;
	enum severity severity;
} codes[] = {
#define DIAG(code, severity, title) {#code, title, SEVERITY_##severity},
#include "source/diag_codes.def"
#undef DIAG
};

const char *diag_code_name(enum diag_code code)
{
	return codes[code].name;
}

const char *diag_code_title(enum diag_code code)
{
	return codes[code].title;
}

enum severity diag_code_severity(enum diag_code code)
{
	return codes[code].severity;
}

const char *diag_severity_name(enum severity severity)
{
	static const char *const names[] = {
		[SEVERITY_NOTE] = "note", [SEVERITY_WARNING] = "warning", [SEVERITY_ERROR] = "error"};
	return names[severity];
}

static void append(struct diags *diags, struct diag *diag)
{
	diag->next = NULL;
	if (diags->last)
		diags->last->next = diag;
	else
		diags->first = diag;
	diags->last = diag;
	diags->count++;
	diags->errors += diag->severity == SEVERITY_ERROR;
	diags->warnings += diag->severity == SEVERITY_WARNING;
}

struct diag *diag_report(struct diags *diags, enum diag_code code, const struct source_file *file,
                         struct span span, const char *format, ...)
{
	struct diag *diag = arena_new(diags->arena, struct diag);
	va_list args;
	va_start(args, format);
	diag->message = arena_vprintf(diags->arena, format, args);
	va_end(args);
	diag->code = code;
	diag->severity = codes[code].severity;
	diag->file = file;
	diag->span = span;
	diag->order = diags->count;
	diag->arena = diags->arena;
	append(diags, diag);
	return diag;
}

void diag_label(struct diag *diag, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	diag->label = arena_vprintf(diag->arena, format, args);
	va_end(args);
}

void diag_help(struct diag *diag, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	diag->help = arena_vprintf(diag->arena, format, args);
	va_end(args);
}

void diag_related(struct diag *diag, const struct source_file *file, struct span span, const char *format, ...)
{
	struct diag_related *related = arena_new(diag->arena, struct diag_related), **at = &diag->related;
	va_list args;
	va_start(args, format);
	related->message = arena_vprintf(diag->arena, format, args);
	va_end(args);
	related->file = file;
	related->span = span;
	while (*at)
		at = &(*at)->next;
	*at = related;
}

void diag_edit(struct diag *diag, struct span span, const char *replacement)
{
	struct diag_edit *edit = arena_new(diag->arena, struct diag_edit), **at = &diag->edits;
	edit->span = span;
	edit->replacement = replacement;
	while (*at)
		at = &(*at)->next;
	*at = edit;
}

/* Ranks files in the order in which they are first seen; the root file is usually the first. */
static uint32_t file_rank(const struct source_file **files, uint32_t *count, const struct source_file *file)
{
	for (uint32_t i = 0; i < *count; i++)
		if (files[i] == file)
			return i;
	files[*count] = file;
	return (*count)++;
}

struct ranked {
	struct diag *diag;
	uint32_t rank;
};

static int compare_places(const void *left, const void *right)
{
	const struct ranked *a = left, *b = right;
	if (a->rank != b->rank)
		return a->rank < b->rank ? -1 : 1;
	if (a->diag->span.start != b->diag->span.start)
		return a->diag->span.start < b->diag->span.start ? -1 : 1;
	return a->diag->order < b->diag->order ? -1 : a->diag->order > b->diag->order;
}

static bool is_duplicate(const struct diag *a, const struct diag *b)
{
	return a->code == b->code && a->file == b->file && a->span.start == b->span.start &&
	       a->span.end == b->span.end && strcmp(a->message, b->message) == 0;
}

void diag_finish(struct diags *diags)
{
	uint32_t count = 0, file_count = 0;
	struct ranked *list = arena_array(diags->arena, struct ranked, diags->count + 1);
	const struct source_file **files = arena_array(diags->arena, const struct source_file *, diags->count + 1);
	for (struct diag *diag = diags->first; diag; diag = diag->next)
		list[count++] = (struct ranked){diag, file_rank(files, &file_count, diag->file)};
	qsort(list, count, sizeof *list, compare_places);

	diags->first = diags->last = NULL;
	diags->count = diags->errors = diags->warnings = 0;
	for (uint32_t i = 0; i < count; i++) {
		struct diag *diag = list[i].diag;
		if (diags->last && is_duplicate(diags->last, diag))
			continue;
		append(diags, diag);
	}
}

static const char *copy_text(struct arena *arena, const char *text)
{
	return text ? arena_copy(arena, text, strlen(text)) : NULL;
}

static struct diag *copy_diag(struct arena *arena, const struct diag *diag)
{
	struct diag *copy = arena_new(arena, struct diag);
	*copy = *diag;
	copy->next = NULL;
	copy->related = NULL;
	copy->edits = NULL;
	copy->arena = arena;
	copy->message = copy_text(arena, diag->message);
	copy->label = copy_text(arena, diag->label);
	copy->help = copy_text(arena, diag->help);
	for (const struct diag_related *related = diag->related; related; related = related->next)
		diag_related(copy, related->file, related->span, "%s", related->message);
	for (const struct diag_edit *edit = diag->edits; edit; edit = edit->next)
		diag_edit(copy, edit->span, copy_text(arena, edit->replacement));
	return copy;
}

void diag_append(struct diags *diags, const struct diags *more)
{
	for (const struct diag *diag = more->first; diag; diag = diag->next) {
		struct diag *copy = copy_diag(diags->arena, diag);
		copy->order = diags->count;
		append(diags, copy);
	}
}

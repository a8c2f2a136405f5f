#include "lint/fix.h"

#include "base/vec.h"

#include <stdlib.h>

static int compare_edits(const void *left, const void *right)
{
	const struct diag_edit *a = *(const struct diag_edit *const *)left, *b = *(const struct diag_edit *const *)right;
	if (a->span.start != b->span.start)
		return a->span.start < b->span.start ? -1 : 1;
	return a->span.end < b->span.end ? -1 : a->span.end > b->span.end;
}

size_t fix_apply(struct text *out, const struct diags *diags, const struct source_file *file)
{
	VEC(const struct diag_edit *) edits = {0};
	for (const struct diag *diag = diags->first; diag; diag = diag->next)
		for (const struct diag_edit *edit = diag->edits; edit && diag->is_fix_safe && diag->file == file; edit = edit->next)
			vec_push(diags->arena, &edits, edit);
	if (!edits.count)
		return 0;
	qsort(edits.items, edits.count, sizeof *edits.items, compare_edits);
	size_t applied = 0;
	uint32_t at = 0;
	for (size_t i = 0; i < edits.count; i++) {
		const struct diag_edit *edit = edits.items[i];
		if (edit->span.start < at)
			continue;
		text_add(out, file->text + at, edit->span.start - at);
		text_puts(out, edit->replacement);
		at = edit->span.end;
		applied++;
	}
	text_add(out, file->text + at, file->length - at);
	return applied;
}

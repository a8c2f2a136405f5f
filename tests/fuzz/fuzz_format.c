/* Fuzz target: formats any bytes. The formatter itself asserts that the tokens stay; formatting must be idempotent. */
#include "format/format.h"
#include "syntax/parse.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct format_edits format(struct arena *arena, const struct source_file *file, struct diags *diags)
{
	struct names names;
	names_init(&names, arena);
	const struct tree *tree = parse_file(arena, &names, diags, file);
	if (file->length)
		format_indent_at(tree, (unsigned char)file->text[0] % file->length);
	return format_tree(arena, tree, diags);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena = {0};
	struct text once = {0}, diff = {0};
	struct diags diags = {.arena = &arena}, later = {.arena = &arena};
	const struct source_file *file = source_new(&arena, "fuzz", arena_copy(&arena, (const char *)data, size), size);
	struct format_edits edits = format(&arena, file, &diags);
	format_apply(&once, file, edits);
	format_diff(&diff, "fuzz", file, edits);
	file = source_new(&arena, "fuzz", text_string(&once), once.length);
	assert(format(&arena, file, &later).count == 0);
	text_free(&once);
	text_free(&diff);
	arena_free(&arena);
	return 0;
}

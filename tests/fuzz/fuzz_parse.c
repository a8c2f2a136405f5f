/* Fuzz target: any bytes give a tree. Asserts the guarantees of parse.h and token.h. */
#include "syntax/node_dump.h"
#include "syntax/parse.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_tokens(const struct tree *tree)
{
	uint32_t end = 0;
	for (size_t i = 0; i < tree->token_count; i++) {
		assert(tree->tokens[i].start >= end && tree->tokens[i].end >= tree->tokens[i].start);
		end = tree->tokens[i].end;
	}
	assert(tree->token_count == 0 || end == tree->file->length);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena = {0};
	struct names names;
	struct diags diags = {.arena = &arena};
	struct text dump = {0};
	names_init(&names, &arena);
	struct source_file *file = source_new(&arena, "fuzz", arena_copy(&arena, (const char *)data, size), size);
	struct tree *tree = parse_file(&arena, &names, &diags, file);
	assert(tree && tree->root && tree->root->kind == N_FILE);
	check_tokens(tree);
	node_dump(&dump, tree);
	if (size)
		assert(node_at(tree, data[0] % (uint32_t)size));
	diag_finish(&diags);
	for (const struct diag *diag = diags.first; diag; diag = diag->next)
		assert(diag->span.start <= diag->span.end && diag->span.end <= file->length);
	text_free(&dump);
	arena_free(&arena);
	return 0;
}

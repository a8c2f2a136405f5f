/* Fuzz target: edits of a document. After any edits, tokens, tree and diagnostics must be those of a fresh workspace with the
 * same text, and the text must be that of a simple model. An edit is three bytes, the position and the numbers of bytes to
 * remove and to insert, followed by the bytes to insert. */
#include "ide/workspace.h"
#include "source/report.h"
#include "syntax/node_dump.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char start[] =
	"pipeline \"P\" { RoleArn: \"arn:aws:iam::123456789012:role/R\" }\nparam A: String = \"x\"\nlet b = \"x${A}\"\n"
	"step S: Training {\n  OutputDataConfig: { S3OutputPath: b }\n  cache for \"P1D\"\n}\n"
	"condition C if A == \"x\" { step F: Fail { ErrorMessage: S.ModelArtifacts.S3ModelArtifacts } }\n";

enum { EDITS_PER_SNAPSHOT = 4 };

static void replace(struct text *model, size_t at, size_t removed, const char *bytes, size_t length)
{
	struct text after = {0};
	text_add(&after, text_string(model), at);
	text_add(&after, bytes, length);
	text_add(&after, text_string(model) + at + removed, model->length - at - removed);
	text_free(model);
	*model = after;
}

static void describe(struct text *out, const struct snapshot *snapshot)
{
	const struct tree *tree = snapshot->program->tree;
	const struct report_options options = {.format = REPORT_JSON};
	token_dump(out, tree->file, tree->tokens, tree->token_count);
	node_dump(out, tree);
	report_render(out, snapshot->diags, &options);
}

static void demand_same(const struct snapshot *snapshot, const struct text *model)
{
	static const struct program_options options;
	struct workspace fresh;
	struct text found = {0}, wanted = {0};
	workspace_init(&fresh, &options);
	struct document *document = workspace_open(&fresh, "a:", 1, text_string(model), model->length);
	const struct snapshot *again = workspace_snapshot(&fresh, document);
	describe(&found, snapshot);
	describe(&wanted, again);
	if (strcmp(found.bytes, wanted.bytes) != 0) {
		fprintf(stderr, "--- found\n%s\n--- wanted\n%s\n", found.bytes, wanted.bytes);
		abort();
	}
	text_free(&found);
	text_free(&wanted);
	workspace_free(&fresh);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct program_options options;
	struct workspace workspace;
	struct text model = {0};
	text_puts(&model, start);
	workspace_init(&workspace, &options);
	struct document *document = workspace_open(&workspace, "a:", 1, start, strlen(start));
	for (unsigned i = 0; size >= 3; i++) {
		size_t at = data[0] * (model.length + 1) / 256, removed = data[1] % 32, inserted = data[2] % 16;
		removed = removed > model.length - at ? model.length - at : removed;
		inserted = inserted > size - 3 ? size - 3 : inserted;
		char bytes[16];
		for (size_t j = 0; j < inserted; j++) /* ASCII: the input of a workspace is valid UTF-8 */
			bytes[j] = (char)(data[3 + j] % 128 ? data[3 + j] % 128 : ' ');
		workspace_edit(&workspace, document, span_of((uint32_t)at, (uint32_t)(at + removed)), bytes, inserted);
		replace(&model, at, removed, bytes, inserted);
		data += 3 + inserted;
		size -= 3 + inserted;
		if (i % EDITS_PER_SNAPSHOT == 0)
			workspace_snapshot(&workspace, document);
	}
	if (document->text.length != model.length || memcmp(text_string(&document->text), text_string(&model), model.length) != 0)
		abort();
	demand_same(workspace_snapshot(&workspace, document), &model);
	text_free(&model);
	workspace_free(&workspace);
	return 0;
}

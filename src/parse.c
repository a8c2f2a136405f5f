#include "parse.h"

#include "build.h"
#include "layout.h"
#include "parser.h"
#include "recover.h"

#include <string.h>

/* What has to hold before a byte is lexed; one message, and then nothing more about the file. */
static bool check_text(struct diags *diags, const struct source_file *file)
{
	size_t length = file->length;
	if (length > SOURCE_MAX_BYTES) {
		diag_report(diags, SP1003, file, span_of(0, 0), "the file is larger than 256 MiB");
		return false;
	}
	const char *nul = memchr(file->text, '\0', length);
	if (nul) {
		uint32_t at = (uint32_t)(nul - file->text);
		struct diag *diag = diag_report(diags, SP1002, file, span_of(at, at + 1), "the file has a NUL byte");
		diag_help(diag, "is this a text file? If it is UTF-16, save it as UTF-8");
		return false;
	}
	uint32_t bad = (uint32_t)utf8_find_invalid(file->text, length);
	if (bad < length) {
		struct diag *diag = diag_report(diags, SP1001, file, span_of(bad, bad + 1),
		                                "the file is not UTF-8 text");
		diag_label(diag, "byte 0x%02X does not belong here", (unsigned char)file->text[bad]);
		diag_help(diag, "save the file as UTF-8");
		return false;
	}
	return true;
}

static void push_all(struct recovery *recovery)
{
	struct symbol symbol;
	int status;
	do {
		symbol = layout_next(recovery->layout);
		status = recover_push(recovery, &symbol);
	} while (status == YYPUSH_MORE);
}

static void parse_tokens(struct builder *builder, struct tree *tree)
{
	const struct bracket_repair *repairs =
		brackets_balance(builder->arena, builder->diags, builder->file, tree->tokens);
	if (!repairs)
		return;
	struct layout layout;
	layout_init(&layout, builder->file, tree->tokens, repairs);
	parser_pstate *state = parser_pstate_new();
	if (!state)
		arena_exhausted();
	struct recovery recovery = {.builder = builder, .layout = &layout, .state = state};
	push_all(&recovery);
	parser_pstate_delete(state);
}

struct tree *parse_file(struct arena *arena, struct names *names, struct diags *diags,
                        const struct source_file *file)
{
	struct tree *tree = arena_new(arena, struct tree);
	struct builder builder = {.arena = arena, .names = names, .diags = diags, .file = file};
	tree->file = file;
	if (check_text(diags, file)) {
		struct token_vec tokens = {0};
		token_lex(arena, diags, file, &tokens);
		tree->tokens = tokens.items;
		tree->token_count = tokens.count;
		parse_tokens(&builder, tree);
	}
	if (!builder.root)
		builder.root = build_node(&builder, N_FILE, span_of(0, 0));
	builder.root->start = 0;
	builder.root->end = file->length;
	tree->root = builder.root;
	tree->node_count = build_finish(&builder);
	return tree;
}

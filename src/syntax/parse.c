#include "syntax/parse.h"

#include "base/utf8.h"
#include "syntax/layout.h"
#include "syntax/parser.h"
#include "syntax/recover.h"
#include "syntax/tree_builder.h"

#include <string.h>

/* Checks that the text can be lexed. If not, it reports one error, and nothing else is reported about the file. */
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
		diag_label(diag, "invalid byte 0x%02X", (unsigned char)file->text[bad]);
		diag_help(diag, "save the file as UTF-8");
		return false;
	}
	return true;
}

/* If `symbol` is at the probe's offset, stores what the parser would accept there. */
static void fill_probe(struct parse_probe *probe, parser_pstate *state, const struct terminal *symbol)
{
	if (probe && !probe->count && symbol->span.start == probe->offset && symbol->span.end > probe->offset)
		probe->count = parser_expected(state, probe->expected, sizeof probe->expected / sizeof *probe->expected);
}

static void parse_tokens(struct tree_builder *builder, struct syntax_errors *errors, struct tree *tree, struct parse_probe *probe)
{
	const struct bracket_repair *repairs = brackets_balance(builder->arena, errors, tree->tokens);
	if (!repairs)
		return;
	struct layout layout;
	layout_init(&layout, builder->file, tree->tokens, repairs);
	parser_pstate *state = parser_pstate_new();
	if (!state)
		arena_exhausted();
	struct recovery recovery = {.builder = builder, .errors = errors, .layout = &layout,
	                            .state = state};
	struct terminal symbol;
	do {
		symbol = layout_next(&layout);
		fill_probe(probe, state, &symbol);
	} while (recover_push(&recovery, symbol) == YYPUSH_MORE);
	if (builder->is_exhausted)
		tree_report_depth(builder, recovery.last[0].span);
	parser_pstate_delete(state);
}

static bool is_documented(const struct node *node)
{
	bool is_declaration = node->kind >= N_IMPORT && node->kind <= N_TEST && node->kind != N_ARM;
	return is_declaration || node->kind == N_PROPERTY_FILE || node->kind == N_OUTPUT ||
	       node->kind == N_MEMBER_DECL || node->kind == N_PARAMETER || (node->kind == N_STRING && node->parent->kind == N_ENUM);
}

/* Warns about `///` lines that are not directly above a declaration. */
static void check_docs(struct diags *diags, const struct tree *tree)
{
	const struct node *node = tree->root;
	for (size_t at = 0; at < tree->token_count; at++) {
		const struct token *first = &tree->tokens[at];
		if (first->kind != TOKEN_DOC)
			continue;
		while (tree->tokens[at + 1].kind == TOKEN_NEWLINE && tree->tokens[at + 2].kind == TOKEN_DOC)
			at += 2;
		uint32_t below = tree->tokens[at + 1].kind == TOKEN_NEWLINE ? tree->tokens[at + 2].start : UINT32_MAX;
		bool is_first = first == tree->tokens || first[-1].kind == TOKEN_NEWLINE;
		while (node && (node->start < below || (node->start == below && !is_documented(node))))
			node = node_following(node);
		if (is_first && node && node->start == below)
			continue;
		struct diag *diag = diag_report(diags, SP1110, tree->file,
		                                span_of(first->start, tree->tokens[at].end),
		                                "this doc comment is not above a declaration");
		diag_help(diag, "write `///` directly above a declaration; start other comments with `//`");
	}
}

struct tree *parse_file_probed(struct arena *arena, struct names *names, struct diags *diags,
                               const struct source_file *file, struct parse_probe *probe)
{
	struct tree *tree = arena_new(arena, struct tree);
	struct tree_builder builder = {.arena = arena, .names = names, .diags = diags, .file = file};
	struct syntax_errors errors = {.diags = diags, .file = file, .last_marked = diags->last};
	uint32_t errors_before = diags->errors;
	tree->file = file;
	if (check_text(diags, file)) {
		struct token_vec tokens = {0};
		lexer_scan(arena, diags, file, &tokens);
		tree->tokens = tokens.items;
		tree->token_count = tokens.count;
		parse_tokens(&builder, &errors, tree, probe);
	}
	if (!builder.root)
		builder.root = tree_new_node(&builder, N_FILE, span_of(0, 0));
	builder.root->start = 0;
	builder.root->end = file->length;
	tree->root = builder.root;
	tree->node_count = tree_finish(&builder);
	if (diags->errors == errors_before)
		check_docs(diags, tree);
	return tree;
}

struct tree *parse_file(struct arena *arena, struct names *names, struct diags *diags,
                        const struct source_file *file)
{
	return parse_file_probed(arena, names, diags, file, NULL);
}

#include "format/format_parts.h"
#include "syntax/brackets.h"
#include "syntax/layout.h"
#include "syntax/parser.h"

bool format_is_syntax_error(const struct diag *diag, const struct source_file *file)
{
	return diag->severity == SEVERITY_ERROR && diag->code < SP1201 && diag->file == file;
}

static size_t skip_trivia(const struct tree *tree, size_t at)
{
	while (tree->tokens[at].kind == TOKEN_NEWLINE || tree->tokens[at].kind == TOKEN_COMMENT)
		at++;
	return at;
}

static void mark_symbols(uint16_t *marks, const struct tree *tree, const struct bracket_repair *repairs)
{
	struct layout layout;
	layout_init(&layout, tree->file, tree->tokens, repairs);
	for (;;) {
		struct terminal symbol = layout_next(&layout);
		const struct token *token = &tree->tokens[symbol.index];
		if (symbol.token == T_END)
			break;
		if (symbol.token == T_FOR)
			marks[symbol.index] |= MARK_FOR;
		if (symbol.token == T_NL)
			marks[symbol.index] |= token->kind == TOKEN_COMMA && token->start == symbol.span.start ? MARK_FIELD_COMMA
			                                                                                        : MARK_SEPARATED;
	}
}

static void mark_node(uint16_t *marks, const struct tree *tree, const struct node *node)
{
	if (node->kind == N_UNARY && node->op == OP_NEGATE)
		marks[node_token_index(tree, node->start)] |= MARK_NEGATIVE;
	if (node->name_end == node->name_start || node->kind == N_STRING || node->kind == N_NUMBER)
		return;
	size_t name = node_token_index(tree, node->name_start);
	marks[name] |= MARK_NAME;
	if (node->kind == N_TYPE_REF)
		marks[name] |= MARK_TYPE;
	if (node->kind == N_TYPE_REF && node_child(node, ROLE_TYPE)) {
		size_t next = skip_trivia(tree, name + 1);
		if (tree->tokens[next].kind == TOKEN_LT)
			marks[next] |= MARK_ANGLE;
	}
}

static void mark_nodes(uint16_t *marks, const struct tree *tree)
{
	for (const struct node *node = tree->root; node; node = node_following(node))
		mark_node(marks, tree, node);
}

/* Freezes the lines of a span. */
static void freeze(uint16_t *marks, const struct tree *tree, struct span span)
{
	uint32_t start = source_line_start(tree->file, span.start), end = source_line_end(tree->file, span.end);
	size_t at = node_token_index(tree, start);
	if (at && tree->tokens[at - 1].end > start) /* a string that starts on an earlier line */
		at--;
	for (; at < tree->token_count && tree->tokens[at].start <= end; at++)
		marks[at] |= MARK_FROZEN;
}

static void freeze_lines(uint16_t *marks, const struct tree *tree, const struct diags *diags)
{
	for (const struct diag *diag = diags->first; diag; diag = diag->next) {
		if (!format_is_syntax_error(diag, tree->file))
			continue;
		freeze(marks, tree, diag->span);
		for (const struct diag_related *related = diag->related; related; related = related->next)
			if (related->file == tree->file)
				freeze(marks, tree, related->span);
	}
}

/* For unbalanced brackets: the content of a declaration is a guess, so each declaration with errors is frozen as a whole. */
static void freeze_declarations(uint16_t *marks, const struct tree *tree)
{
	for (const struct node *node = tree->root->first; node; node = node->next) {
		size_t first = node_token_index(tree, node->start), last = first;
		bool is_frozen = false;
		for (; tree->tokens[last].kind != TOKEN_END && tree->tokens[last].start < node->end; last++)
			is_frozen |= (marks[last] & MARK_FROZEN) != 0;
		marks[first] |= MARK_DECLARATION;
		if (is_frozen && node->end > node->start)
			freeze(marks, tree, node_span(node));
	}
}

uint16_t *format_marks(struct arena *arena, const struct tree *tree, const struct diags *diags)
{
	struct diags discarded = {.arena = arena};
	struct syntax_errors errors = {.diags = &discarded, .file = tree->file};
	const struct bracket_repair *repairs = tree->token_count ? brackets_balance(arena, &errors, tree->tokens) : NULL;
	if (!repairs)
		return NULL;
	uint16_t *marks = arena_array(arena, uint16_t, tree->token_count);
	mark_symbols(marks, tree, repairs);
	mark_nodes(marks, tree);
	freeze_lines(marks, tree, diags);
	if (repairs->token != UINT32_MAX)
		freeze_declarations(marks, tree);
	return marks;
}

#include "format/format_parts.h"
#include "syntax/parse.h"

#include <assert.h>

void format_apply_within(struct text *out, const struct source_file *file, struct span span, struct format_edits edits)
{
	uint32_t at = span.start;
	for (size_t i = 0; i < edits.count; i++) {
		text_add(out, file->text + at, edits.items[i].span.start - at);
		text_puts(out, edits.items[i].text);
		at = edits.items[i].span.end;
	}
	text_add(out, file->text + at, span.end - at);
}

void format_apply(struct text *out, const struct source_file *file, struct format_edits edits)
{
	format_apply_within(out, file, span_of(0, file->length), edits);
}

struct format_edits format_within(struct format_edits edits, struct span span)
{
	while (edits.count && edits.items->span.start < span.start) {
		edits.items++;
		edits.count--;
	}
	while (edits.count && edits.items[edits.count - 1].span.end > span.end)
		edits.count--;
	return edits;
}

/* The text of a token that formatting must keep: all of it, except the trailing blanks of a comment. */
static struct span significant(const struct tree *tree, const struct token *token)
{
	const char *text = tree->file->text;
	uint32_t end = token->end;
	while (token->kind == TOKEN_COMMENT && (text[end - 1] == ' ' || text[end - 1] == '\t'))
		end--;
	return span_of(token->start, end);
}

static const struct token *next_significant(const struct token *token)
{
	while (token->kind == TOKEN_NEWLINE || token->kind == TOKEN_COMMA)
		token++;
	return token;
}

static bool has_same_tokens(const struct tree *left, const struct tree *right)
{
	const struct token *a = left->tokens, *b = right->tokens;
	for (;; a++, b++) {
		a = next_significant(a);
		b = next_significant(b);
		struct span left_span = significant(left, a), right_span = significant(right, b);
		uint32_t length = left_span.end - left_span.start;
		if (a->kind != b->kind || length != right_span.end - right_span.start ||
		    memcmp(left->file->text + left_span.start, right->file->text + right_span.start, length) != 0)
			return false;
		if (a->kind == TOKEN_END)
			return true;
	}
}

static bool is_same_node(const struct node *a, const struct node *b)
{
	bool has_word = a->word && b->word;
	return a->kind == b->kind && a->role == b->role && a->op == b->op && a->flags == b->flags && !a->word == !b->word &&
	       (!has_word || (a->word->length == b->word->length && memcmp(a->word->text, b->word->text, a->word->length) == 0)) &&
	       !a->first == !b->first && !a->next == !b->next;
}

static bool has_same_nodes(const struct tree *left, const struct tree *right)
{
	const struct node *a = left->root, *b = right->root;
	while (a) {
		if (!is_same_node(a, b))
			return false;
		if (a->first) {
			a = a->first;
			b = b->first;
			continue;
		}
		while (a && !a->next) {
			a = a->parent;
			b = b->parent;
		}
		if (a) {
			a = a->next;
			b = b->next;
		}
	}
	return true;
}

static uint32_t count_errors(const struct diags *diags, const struct source_file *file)
{
	uint32_t count = 0;
	for (const struct diag *diag = diags->first; diag; diag = diag->next)
		count += format_is_syntax_error(diag, file);
	return count;
}

static struct format_edits find_edits(struct arena *arena, const struct tree *tree, const struct diags *diags)
{
	struct format_outline outline;
	const uint16_t *marks = format_marks(arena, tree, diags);
	if (!marks)
		return (struct format_edits){NULL, 0};
	format_scan(&outline, tree, marks, arena);
	return format_layout(&outline);
}

/* Whether a program means the same after the edits. With syntax errors, the tree is a guess that may depend on the
 * layout; instead of comparing trees, this then checks that formatting again would change nothing. */
static bool keeps_meaning(const struct tree *tree, uint32_t errors, struct format_edits edits)
{
	struct arena arena = {0};
	struct names names;
	struct text text = {0};
	struct diags diags = {.arena = &arena};
	names_init(&names, &arena);
	format_apply(&text, tree->file, edits);
	const struct source_file *file = source_new(&arena, tree->file->name, text_string(&text), text.length);
	const struct tree *result = parse_file(&arena, &names, &diags, file);
	bool is_same = has_same_tokens(tree, result) && count_errors(&diags, file) == errors;
	if (is_same)
		is_same = errors ? find_edits(&arena, result, &diags).count == 0 : has_same_nodes(tree, result);
	text_free(&text);
	arena_free(&arena);
	return is_same;
}

struct format_edits format_tree(struct arena *arena, const struct tree *tree, const struct diags *diags)
{
	struct format_edits edits = find_edits(arena, tree, diags);
	uint32_t errors = count_errors(diags, tree->file);
	if (!edits.count || keeps_meaning(tree, errors, edits))
		return edits;
	assert(errors && "formatting has changed more than white space");
	return (struct format_edits){NULL, 0};
}

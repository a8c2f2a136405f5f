#include "format/format_parts.h"

/* An open bracket, and the indentation of its line. */
struct open_bracket {
	uint32_t indent;
	uint8_t closer;
};

struct indent_walk {
	const struct tree *tree;
	struct arena arena;
	VEC(struct open_bracket) open;
	bool trusts_indentation; /* brackets do not balance: a line that is not indented deeper than a bracket's line is outside it */
	bool is_balanced;
	const struct token *line;  /* the first token of the current line, or NULL */
	uint32_t indent;           /* of the current line */
	const struct token *last;  /* the last token that is not a comment */
};

/* The indentation of the line of an offset, up to that offset. */
static uint32_t line_indent(const struct source_file *file, uint32_t offset)
{
	uint32_t start = source_line_start(file, offset), indent = 0;
	while (start + indent < offset && (file->text[start + indent] == ' ' || file->text[start + indent] == '\t'))
		indent++;
	return indent;
}

static void read_token(struct indent_walk *walk, const struct token *token)
{
	if (token->kind == TOKEN_NEWLINE) {
		walk->line = NULL;
		return;
	}
	if (format_is_comment(&(struct format_piece){.kind = token->kind}))
		return;
	if (!walk->line) {
		walk->line = token;
		walk->indent = line_indent(walk->tree->file, token->start);
		while (walk->trusts_indentation && !token_is_closer(token->kind) && walk->open.count &&
		       walk->indent <= walk->open.items[walk->open.count - 1].indent)
			walk->open.count--;
	}
	walk->last = token;
	if (token_closer(token->kind) != TOKEN_END)
		vec_push(&walk->arena, &walk->open, ((struct open_bracket){walk->indent, (uint8_t)token_closer(token->kind)}));
	if (!token_is_closer(token->kind) && token->kind != TOKEN_STRING_TAIL)
		return;
	if (walk->open.count && walk->open.items[walk->open.count - 1].closer == token->kind)
		walk->open.count--;
	else
		walk->is_balanced = false;
}

/* Whether the line of the last token continues on the next one. */
static bool is_continued(const struct indent_walk *walk)
{
	const struct token *last = walk->last;
	if (!last)
		return false;
	switch (last->kind) {
	case TOKEN_COALESCE: case TOKEN_EQ: case TOKEN_NE: case TOKEN_LE: case TOKEN_GE: case TOKEN_PLUS: case TOKEN_MINUS:
	case TOKEN_STAR: case TOKEN_SLASH: case TOKEN_PERCENT: case TOKEN_PIPE:
		return true;
	case TOKEN_WORD:
		return last->keyword == KEYWORD_AND || last->keyword == KEYWORD_OR || last->keyword == KEYWORD_NOT ||
		       last->keyword == KEYWORD_IN;
	case TOKEN_COMMA: /* between the references of a clause, not between fields */
		return (!walk->open.count || walk->open.items[walk->open.count - 1].closer == TOKEN_RBRACE) && walk->line &&
		       walk->line->keyword > KEYWORD_LAST_RESERVED && walk->line[1].kind != TOKEN_COLON;
	default:
		return false;
	}
}

static const struct token *walk_to(struct indent_walk *walk, uint32_t offset)
{
	const struct token *token = walk->tree->tokens;
	walk->open.count = 0;
	walk->line = walk->last = NULL;
	for (; token->kind != TOKEN_END && token->start < offset; token++)
		read_token(walk, token);
	return token;
}

uint32_t format_indent_at(const struct tree *tree, uint32_t offset)
{
	struct indent_walk walk = {.tree = tree, .is_balanced = true};
	if (!tree->token_count)
		return line_indent(tree->file, offset);
	walk_to(&walk, UINT32_MAX);
	walk.trusts_indentation = !walk.is_balanced || walk.open.count;
	const struct token *next = walk_to(&walk, offset);
	bool is_inside = next > tree->tokens && next[-1].end > offset && next[-1].kind != TOKEN_NEWLINE;
	uint32_t indent = 0;
	if (is_inside)
		indent = line_indent(tree->file, offset);
	else if (walk.open.count)
		indent = walk.open.items[walk.open.count - 1].indent + (token_is_closer(next->kind) ? 0 : FORMAT_STEP);
	if (!is_inside && is_continued(&walk))
		indent += FORMAT_STEP;
	arena_free(&walk.arena);
	return indent;
}

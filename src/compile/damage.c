#include "compile/damage.h"

bool damage_is_cause(const struct diag *diag)
{
	switch (diag->code) {
	case SP1010: /* the quote before `${` is missing */
		return diag->file->text[diag->span.start] == '$';
	case SP1012: case SP1013: case SP1014: case SP1101: case SP1102:
		return true;
	default:
		return false;
	}
}

/* From the first to the last place of a diagnostic in its file. */
static struct span places_of(const struct diag *diag)
{
	struct span places = diag->span;
	for (const struct diag_related *related = diag->related; related; related = related->next) {
		if (related->file != diag->file)
			continue;
		if (related->span.start < places.start)
			places.start = related->span.start;
		if (related->span.end > places.end)
			places.end = related->span.end;
	}
	return places;
}

static uint32_t indent_of(const struct source_file *file, uint32_t offset)
{
	uint32_t indent = 0;
	while (indent < offset && (file->text[offset - indent - 1] == ' ' || file->text[offset - indent - 1] == '\t'))
		indent++;
	return indent;
}

/* Whether a line that starts with this token continues a statement, whatever its indentation. */
static bool continues_statement(const struct token *token)
{
	return token_is_closer(token->kind) || token->kind == TOKEN_LBRACE || token->keyword == KEYWORD_ELSE;
}

static bool is_declaration(const struct token *token)
{
	return token->keyword > KEYWORD_LAST_RESERVED && token->keyword < KEYWORD_LAST_DECLARATION;
}

/* The declarations around a line, by their indentation. */
struct levels {
	struct {
		uint32_t start, indent;
	} items[64];
	size_t count;
};

/* Leaves the declarations that end before a line, and enters the one that it starts. */
static void read_line(struct levels *levels, const struct token *token, uint32_t indent)
{
	bool is_start = !continues_statement(token);
	while (levels->count && levels->items[levels->count - 1].indent >= indent + !is_start)
		levels->count--;
	if (!is_start || (levels->count && !is_declaration(token)) || levels->count == sizeof levels->items / sizeof *levels->items)
		return;
	levels->items[levels->count].start = token->start;
	levels->items[levels->count++].indent = indent;
}

struct span damage_reach(const struct tree *tree, const struct diag *diag)
{
	struct span places = places_of(diag);
	struct levels levels = {.count = 0};
	bool is_first = true;
	uint32_t end = tree->file->length;
	for (const struct token *token = tree->tokens; token && token->kind != TOKEN_END; token++) {
		if (token->kind == TOKEN_NEWLINE)
			is_first = true;
		if (token->kind <= TOKEN_BAD || !is_first)
			continue;
		is_first = false;
		uint32_t indent = indent_of(tree->file, token->start), around = levels.count ? levels.items[levels.count - 1].indent : 0;
		if (token->start <= places.start) {
			read_line(&levels, token, indent);
		} else if (token->start >= places.end && indent <= around && !continues_statement(token)) {
			end = token->start - 1;
			break;
		}
	}
	return span_of(levels.count ? levels.items[levels.count - 1].start : 0, end);
}

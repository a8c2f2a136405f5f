#include "syntax/layout.h"

#include "syntax/parser.h"

enum line_context { IN_FILE, IN_BRACES, IN_COMPREHENSION, IN_PARENS, IN_NAMED_PARENS, IN_BRACKETS, IN_STRING };

static const short grammar_tokens[TOKEN_KIND_COUNT] = {
	[TOKEN_END] = T_END, [TOKEN_WORD] = T_WORD, [TOKEN_NUMBER] = T_NUMBER, [TOKEN_STRING] = T_STRING,
	[TOKEN_STRING_HEAD] = T_HEAD, [TOKEN_STRING_MID] = T_MID, [TOKEN_STRING_TAIL] = T_TAIL,
	[TOKEN_LBRACE] = T_LBRACE, [TOKEN_RBRACE] = T_RBRACE, [TOKEN_LBRACKET] = T_LBRACKET,
	[TOKEN_RBRACKET] = T_RBRACKET, [TOKEN_LPAREN] = T_LPAREN, [TOKEN_RPAREN] = T_RPAREN,
	[TOKEN_COMMA] = T_COMMA, [TOKEN_COLON] = T_COLON, [TOKEN_DOT] = T_DOT, [TOKEN_ELLIPSIS] = T_ELLIPSIS,
	[TOKEN_QUESTION] = T_QUESTION, [TOKEN_COALESCE] = T_COALESCE, [TOKEN_ASSIGN] = T_ASSIGN,
	[TOKEN_EQ] = T_EQ, [TOKEN_NE] = T_NE, [TOKEN_LT] = T_LT, [TOKEN_LE] = T_LE, [TOKEN_GT] = T_GT,
	[TOKEN_GE] = T_GE, [TOKEN_PLUS] = T_PLUS, [TOKEN_MINUS] = T_MINUS, [TOKEN_STAR] = T_STAR,
	[TOKEN_SLASH] = T_SLASH, [TOKEN_PERCENT] = T_PERCENT, [TOKEN_PIPE] = T_PIPE,
};

static const short keyword_tokens[KEYWORD_COUNT] = {
#define WORD(name, text) [KEYWORD_##name] = T_##name,
	RESERVED_WORDS(WORD) DECLARATION_WORDS(WORD) CLAUSE_WORDS(WORD) INNER_WORDS(WORD)
#undef WORD
};

void layout_init(struct layout *layout, const struct source_file *file, const struct token *tokens,
                 const struct bracket_repair *repairs)
{
	*layout = (struct layout){.file = file, .tokens = tokens, .repairs = repairs};
}

bool layout_has_named_argument(const struct layout *layout)
{
	return layout->contexts[layout->depth] == IN_NAMED_PARENS;
}

static bool is_trivia(uint8_t kind)
{
	return kind == TOKEN_COMMENT || kind == TOKEN_DOC || kind == TOKEN_BAD;
}

/* The next token on the same line after `at`; a NEWLINE or END if there is none. */
static uint32_t next_on_line(const struct layout *layout, uint32_t at)
{
	if (layout->tokens[at].kind == TOKEN_END)
		return at;
	do
		at++;
	while (is_trivia(layout->tokens[at].kind));
	return at;
}

static uint32_t next_token(const struct layout *layout, uint32_t at)
{
	do
		at = next_on_line(layout, at);
	while (layout->tokens[at].kind == TOKEN_NEWLINE);
	return at;
}

/* Whether this token is a key, if a key can be here: `word:`, `"text":`, `word?:`. */
static bool is_key(const struct layout *layout, uint32_t at)
{
	const struct token *tokens = layout->tokens;
	if (tokens[at].kind != TOKEN_WORD && tokens[at].kind != TOKEN_STRING)
		return false;
	uint32_t next = next_on_line(layout, at);
	if (tokens[next].kind == TOKEN_QUESTION)
		next = next_on_line(layout, next);
	return tokens[next].kind == TOKEN_COLON;
}

/* Whether a declaration or clause probably starts here: its keyword, followed by a name, a string or a keyword. */
static bool is_statement(const struct layout *layout, uint32_t at)
{
	const struct token *tokens = layout->tokens;
	if (tokens[at].kind != TOKEN_WORD || tokens[at].keyword < KEYWORD_LAST_RESERVED ||
	    tokens[at].keyword > KEYWORD_LAST_CLAUSE)
		return false;
	const struct token *next = &tokens[next_on_line(layout, at)];
	if (next->kind == TOKEN_WORD)
		return next->keyword == KEYWORD_NONE || next->keyword > KEYWORD_LAST_RESERVED ||
		       (tokens[at].keyword == KEYWORD_CACHE && next->keyword == KEYWORD_FOR);
	return next->kind == TOKEN_STRING || next->kind == TOKEN_STRING_HEAD ||
	       (next->kind == TOKEN_ASSIGN && tokens[at].keyword < KEYWORD_LAST_DECLARATION);
}

static bool is_binary(short token)
{
	switch (token) {
	case T_COALESCE: case T_EQ: case T_NE: case T_LT: case T_LE: case T_GT: case T_GE: case T_PLUS:
	case T_MINUS: case T_STAR: case T_SLASH: case T_PERCENT: case T_PIPE: case T_AND: case T_OR: case T_IN:
		return true;
	default:
		return false;
	}
}

/* Whether a line that starts with this token continues the previous line. */
static bool is_continuation(const struct layout *layout, uint32_t at)
{
	const struct token *token = &layout->tokens[at];
	if (token->kind == TOKEN_WORD) {
		if (token->keyword == KEYWORD_ELSE)
			return layout->previous == T_RBRACE && !is_key(layout, at);
		return is_binary(keyword_tokens[token->keyword]) && !is_key(layout, at);
	}
	switch (token->kind) {
	case TOKEN_DOT: case TOKEN_QUESTION: case TOKEN_COLON: case TOKEN_ASSIGN: case TOKEN_LBRACE:
		return true;
	default:
		return is_binary(grammar_tokens[token->kind]);
	}
}

/* Whether a line end before the token at `at` is a separator. */
static bool is_separator(const struct layout *layout, uint32_t at)
{
	enum line_context context = layout->contexts[layout->depth];
	short previous = layout->previous;
	const struct token *next = &layout->tokens[at];
	if (context > IN_BRACES)
		return previous == T_DOT;
	if (previous == T_NL || previous == 0 || (previous == T_LBRACE && context == IN_BRACES))
		return false;
	if (next->kind == TOKEN_END || next->kind == TOKEN_RBRACE)
		return true;
	if (previous == T_COLON || previous == T_ASSIGN || previous == T_DOT || previous == T_QUESTION)
		return true;
	/* a `>` can be an operator or the end of a type */
	if (previous == T_GT)
		return !is_continuation(layout, at) &&
		       (is_key(layout, at) || next->keyword > KEYWORD_LAST_RESERVED ||
		        next->kind == TOKEN_ELLIPSIS);
	if (previous == T_COMMA || previous == T_NOT || is_binary(previous))
		return is_statement(layout, at);
	return !is_continuation(layout, at);
}

/* Whether a comma in braces separates fields: it is followed by the start of a field, or by the end of the braces. */
static bool separates_fields(const struct layout *layout, uint32_t comma)
{
	uint32_t next = next_token(layout, comma);
	uint8_t kind = layout->tokens[next].kind;
	return kind == TOKEN_RBRACE || kind == TOKEN_ELLIPSIS || kind == TOKEN_END || is_key(layout, next) ||
	       (layout->tokens[next_on_line(layout, comma)].kind == TOKEN_NEWLINE && is_statement(layout, next));
}

/* Whether the content of a `{` starts with `for`, but not with the end of a `cache for "P1D"` whose first word is missing. */
static bool is_comprehension(const struct layout *layout, uint32_t brace)
{
	uint32_t next = next_token(layout, brace);
	return layout->tokens[next].kind == TOKEN_WORD && layout->tokens[next].keyword == KEYWORD_FOR && !is_key(layout, next) &&
	       layout->tokens[next_on_line(layout, next)].kind != TOKEN_STRING;
}

static void push_context(struct layout *layout, enum line_context context)
{
	layout->contexts[++layout->depth] = (uint8_t)context;
}

static void pop_context(struct layout *layout)
{
	if (layout->depth)
		layout->depth--;
}

/* Whether this word is probably the name of an argument without its colon: a blank and a list follow it. */
static bool begins_unmarked_list(const struct layout *layout, uint32_t at)
{
	const struct token *next = &layout->tokens[at + 1];
	return next->kind == TOKEN_LBRACKET && next->start > layout->tokens[at].end;
}

/* Decides whether a word is a key, a keyword or a name, from the tokens before and after it. */
static void classify_word(struct layout *layout, uint32_t at, struct terminal *symbol)
{
	enum line_context context = layout->contexts[layout->depth];
	short previous = layout->previous;
	bool starts_statement = context <= IN_BRACES && (previous == T_NL || previous == 0 ||
	                                                 previous == T_LBRACE);
	bool starts_argument = (context == IN_PARENS || context == IN_NAMED_PARENS) && (previous == T_LPAREN || previous == T_COMMA);
	uint8_t keyword = layout->tokens[at].keyword;
	symbol->token = T_WORD;
	if ((starts_statement || starts_argument) && is_key(layout, at))
		symbol->token = T_KEY;
	else if (starts_argument && context == IN_NAMED_PARENS && begins_unmarked_list(layout, at))
		symbol->token = T_KEY; /* `name [value]`, which recovery repairs */
	else if (starts_statement && layout->tokens[next_on_line(layout, at)].kind == TOKEN_ASSIGN &&
	         !(keyword > KEYWORD_LAST_RESERVED && keyword < KEYWORD_LAST_DECLARATION))
		symbol->token = T_KEY; /* `Name = value`, which recovery repairs */
	else if (previous == T_DOT)
		return;
	else if (keyword && keyword < KEYWORD_LAST_RESERVED)
		symbol->token = keyword_tokens[keyword];
	else
		symbol->keyword = keyword_tokens[keyword];
	if (starts_argument && symbol->token == T_KEY)
		layout->contexts[layout->depth] = IN_NAMED_PARENS;
}

/* Makes the symbol of a token or inserted bracket. Opens and closes the contexts of brackets. */
static struct terminal make_symbol(struct layout *layout, uint32_t at, uint8_t kind, struct span span)
{
	struct terminal symbol = {grammar_tokens[kind], 0, span, at};
	switch (kind) {
	case TOKEN_WORD: classify_word(layout, at, &symbol); break;
	case TOKEN_LBRACE: push_context(layout, is_comprehension(layout, at) ? IN_COMPREHENSION : IN_BRACES); break;
	case TOKEN_LPAREN: push_context(layout, IN_PARENS); break;
	case TOKEN_LBRACKET: push_context(layout, IN_BRACKETS); break;
	case TOKEN_STRING_HEAD: push_context(layout, IN_STRING); break;
	case TOKEN_RBRACE: case TOKEN_RPAREN: case TOKEN_RBRACKET: case TOKEN_STRING_TAIL: pop_context(layout); break;
	case TOKEN_COMMA:
		if (layout->contexts[layout->depth] == IN_BRACES && separates_fields(layout, at))
			symbol.token = T_NL;
		break;
	default: break;
	}
	layout->end = span.end;
	return symbol;
}

/* Whether a separator is needed before this token: `}` and the end of the file end the item before them. */
static bool needs_separator(const struct layout *layout, uint8_t kind)
{
	enum line_context context = layout->contexts[layout->depth];
	if (layout->previous == T_NL || layout->previous == 0)
		return false;
	if (kind == TOKEN_RBRACE)
		return context == IN_BRACES && layout->previous != T_LBRACE;
	return kind == TOKEN_END && context == IN_FILE;
}

struct terminal layout_next(struct layout *layout)
{
	const struct token *tokens = layout->tokens;
	struct terminal symbol = {T_NL, 0, {layout->end, layout->end}, layout->at};
	bool is_inserted = false;
	struct span line_end = {0, 0};
	for (;; layout->at++) {
		uint8_t kind = tokens[layout->at].kind;
		if (layout->repairs->token == layout->at) {
			is_inserted = layout->repairs->closer != TOKEN_END;
			if (is_inserted)
				break;
			layout->repairs++;
		} else if (kind == TOKEN_NEWLINE) {
			if (!line_end.end)
				line_end = span_of(tokens[layout->at].start, tokens[layout->at].end);
		} else if (!is_trivia(kind)) {
			break;
		}
	}
	uint32_t at = layout->at;
	uint8_t kind = is_inserted ? layout->repairs->closer : tokens[at].kind;
	symbol.index = at;
	if (line_end.end && !is_inserted && is_separator(layout, at))
		symbol.span = line_end;
	else if (!needs_separator(layout, kind)) {
		struct span span = is_inserted ? symbol.span : span_of(tokens[at].start, tokens[at].end);
		symbol = make_symbol(layout, at, kind, span);
		if (is_inserted)
			layout->repairs++;
		else if (kind != TOKEN_END)
			layout->at++;
	}
	layout->previous = symbol.token;
	return symbol;
}

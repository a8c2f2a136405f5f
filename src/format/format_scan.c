#include "base/utf8.h"
#include "format/format_parts.h"

/* The state of the scan. */
struct scan {
	struct format_outline *outline;
	const uint16_t *marks;
	uint32_t token;    /* index of the current token */
	uint32_t pair;     /* the innermost open pair */
	uint32_t group;    /* the first piece of the current group */
	uint32_t previous; /* the last piece that is not a comment */
	uint32_t newlines, commas;
	VEC(uint32_t) open; /* the pairs around `pair` */
};

static uint8_t closer_of(const struct format_outline *outline, const struct bracket_pair *pair)
{
	switch (outline->pieces[pair->opener].kind) {
	case TOKEN_LT: return TOKEN_GT;
	case TOKEN_STRING_MID: return TOKEN_STRING_TAIL;
	default: return (uint8_t)token_closer(outline->pieces[pair->opener].kind);
	}
}

static bool is_closer(const struct scan *scan, uint8_t kind)
{
	uint8_t closer = closer_of(scan->outline, &scan->outline->pairs.items[scan->pair]);
	return kind == closer || (kind == TOKEN_STRING_MID && closer == TOKEN_STRING_TAIL);
}

/* Whether the next token that is not a comment or line end is the `for` of a comprehension. */
static bool is_for_next(const struct scan *scan)
{
	const struct token *tokens = scan->outline->tree->tokens;
	uint32_t next = scan->token + 1;
	while (tokens[next].kind == TOKEN_NEWLINE || tokens[next].kind == TOKEN_COMMENT || tokens[next].kind == TOKEN_DOC)
		next++;
	return scan->marks[next] & MARK_FOR;
}

/* Whether a bracket after this piece belongs to it: a call, an index, a family. */
static bool can_attach(const struct format_outline *outline, uint32_t before)
{
	const struct format_piece *piece = &outline->pieces[before];
	switch (piece->kind) {
	case TOKEN_RPAREN: case TOKEN_RBRACKET: case TOKEN_RBRACE: case TOKEN_STRING: case TOKEN_STRING_TAIL: case TOKEN_NUMBER:
		return true;
	case TOKEN_GT:
		return outline->pairs.items[piece->pair].closer == before;
	default:
		return piece->marks & MARK_NAME;
	}
}

/* The sort of brackets that a `{` opens. */
static enum bracket brace_kind(const struct scan *scan)
{
	const struct format_piece *before = &scan->outline->pieces[scan->previous];
	bool is_import = before->keyword == KEYWORD_IMPORT;
	bool is_enum = scan->previous > 0 && before->kind == TOKEN_WORD && before[-1].keyword == KEYWORD_ENUM;
	return is_for_next(scan) ? BRACKET_FOR : is_import || is_enum ? BRACKET_TEXTS : BRACKET_FIELDS;
}

/* The sort of brackets that a piece opens; BRACKET_FILE if it opens none. */
static enum bracket bracket_kind(const struct scan *scan, const struct format_piece *piece)
{
	switch (piece->kind) {
	case TOKEN_LBRACE: return brace_kind(scan);
	case TOKEN_LBRACKET: return piece->is_attached ? BRACKET_GROUP : is_for_next(scan) ? BRACKET_FOR : BRACKET_LIST;
	case TOKEN_LPAREN: return piece->is_attached ? BRACKET_LIST : BRACKET_GROUP;
	case TOKEN_LT: return piece->marks & MARK_ANGLE ? BRACKET_ANGLE : BRACKET_FILE;
	case TOKEN_STRING_HEAD: case TOKEN_STRING_MID: return BRACKET_TEMPLATE;
	default: return BRACKET_FILE;
	}
}

static void open_pair(struct scan *scan, uint32_t opener, enum bracket kind)
{
	struct format_outline *outline = scan->outline;
	const struct bracket_pair *outer = outline->pairs.count ? &outline->pairs.items[scan->pair] : NULL;
	bool is_in_template = outer && (outer->is_in_template || outer->kind == BRACKET_TEMPLATE);
	struct bracket_pair pair = {.opener = opener, .kind = (uint8_t)kind, .is_multiline = kind == BRACKET_FILE,
	                      .is_in_template = is_in_template, .continuation = FORMAT_STEP};
	vec_push(outline->arena, &scan->open, scan->pair);
	scan->pair = outline->pieces[opener].opened_pair = (uint32_t)outline->pairs.count;
	vec_push(outline->arena, &outline->pairs, pair);
}

static void close_pair(struct scan *scan, uint32_t closer)
{
	scan->outline->pairs.items[scan->pair].closer = closer;
	scan->pair = scan->open.items[--scan->open.count];
}

static enum gap gap_kind(const struct scan *scan, const struct format_piece *piece, bool has_comma)
{
	const struct bracket_pair *pair = &scan->outline->pairs.items[scan->pair];
	if (is_closer(scan, piece->kind))
		return GAP_CLOSE;
	if (pair->opener == scan->previous)
		return GAP_OPEN;
	return has_comma || (piece->marks & MARK_SEPARATED) ? GAP_ITEM : GAP_INSIDE;
}

static void begin_item(struct format_outline *outline, struct bracket_pair *pair, uint32_t piece)
{
	if (pair->last_item)
		outline->pieces[pair->last_item].next_item = piece;
	else
		pair->first_item = piece;
	pair->last_item = piece;
	pair->item_count++;
	pair->ternaries = 0;
}

/* Whether a line end in a gap makes a pair of brackets multi-line. */
static bool makes_multiline(const struct bracket_pair *pair, enum gap gap, bool has_comments, bool is_empty)
{
	switch (pair->kind) {
	case BRACKET_FIELDS: case BRACKET_TEXTS: case BRACKET_LIST:
		return gap == GAP_OPEN || gap == GAP_ITEM || (gap == GAP_CLOSE && (has_comments || !is_empty));
	case BRACKET_FOR: case BRACKET_GROUP:
		return gap == GAP_OPEN || (gap == GAP_CLOSE && has_comments);
	default:
		return false;
	}
}

/* Classifies the gap before a piece, and those before its comments. */
static void classify_gap(struct scan *scan, uint32_t at)
{
	struct format_outline *outline = scan->outline;
	struct bracket_pair *pair = &outline->pairs.items[scan->pair];
	bool has_comma = false, has_line = false;
	for (uint32_t i = scan->group; i <= at; i++) {
		has_comma |= outline->pieces[i].commas > 0;
		has_line |= outline->pieces[i].newlines > 0;
	}
	enum gap gap = gap_kind(scan, &outline->pieces[at], has_comma);
	for (uint32_t i = scan->group; i <= at; i++) {
		outline->pieces[i].gap = (uint8_t)gap;
		outline->pieces[i].pair = scan->pair;
	}
	if (has_line && makes_multiline(pair, gap, scan->group < at, pair->opener == scan->previous))
		pair->is_multiline = true;
	if (gap == GAP_OPEN || gap == GAP_ITEM)
		begin_item(outline, pair, at);
	else if (pair->kind == BRACKET_FOR && !pair->body && outline->pieces[scan->previous].kind == TOKEN_COLON &&
	         outline->pieces[scan->previous].is_attached)
		pair->body = at;
}

/* Whether a piece follows the previous one without a blank. `?` and `:` do, except in `a ? b : c`. Also counts the open
 * ternaries of the pair. */
static bool is_attached(struct scan *scan, const struct format_piece *piece)
{
	struct bracket_pair *pair = &scan->outline->pairs.items[scan->pair];
	const struct token *next = &scan->outline->tree->tokens[scan->token + 1];
	switch (piece->kind) {
	case TOKEN_QUESTION:
		pair->ternaries += next->kind != TOKEN_COLON;
		return next->kind == TOKEN_COLON;
	case TOKEN_COLON:
		if (!pair->ternaries)
			return true;
		pair->ternaries--;
		return false;
	case TOKEN_LPAREN: case TOKEN_LBRACKET:
		return piece->gap == GAP_INSIDE && can_attach(scan->outline, scan->previous);
	default:
		return false;
	}
}

static uint32_t count_columns(const char *text, uint32_t start, uint32_t end)
{
	const char *line_end = memchr(text + start, '\n', end - start);
	return (uint32_t)utf8_count(text + start, line_end ? (size_t)(line_end - (text + start)) : end - start);
}

static uint32_t add_piece(struct scan *scan, const struct token *token)
{
	struct format_outline *outline = scan->outline;
	const char *text = outline->tree->file->text;
	uint32_t end = token->end;
	if (token->kind == TOKEN_COMMENT && text[token->start + 1] == '/')
		while (text[end - 1] == ' ' || text[end - 1] == '\t')
			end--;
	outline->pieces[outline->count] = (struct format_piece){
		.start = token->start, .end = end, .kind = token->kind, .keyword = token->keyword,
		.marks = scan->marks[scan->token], .newlines = (uint8_t)(scan->newlines > 2 ? 2 : scan->newlines),
		.commas = (uint8_t)(scan->commas > 2 ? 2 : scan->commas), .width = count_columns(text, token->start, end),
		.has_lines = end > token->start && memchr(text + token->start, '\n', end - token->start) != NULL,
	};
	scan->newlines = scan->commas = 0;
	return outline->count++;
}

static void read_token(struct scan *scan, const struct token *token)
{
	struct format_outline *outline = scan->outline;
	uint32_t at = add_piece(scan, token);
	struct format_piece *piece = &outline->pieces[at];
	if (format_is_comment(piece))
		return;
	if ((piece->marks & MARK_DECLARATION) || piece->kind == TOKEN_END)
		while (scan->open.count)
			scan->pair = scan->open.items[--scan->open.count];
	classify_gap(scan, at);
	if (piece->gap == GAP_CLOSE && piece->kind != TOKEN_END)
		close_pair(scan, at);
	piece->is_attached = is_attached(scan, piece);
	enum bracket bracket = bracket_kind(scan, piece);
	scan->previous = at;
	if (bracket != BRACKET_FILE)
		open_pair(scan, at, bracket);
	scan->group = at + 1;
}

static bool is_item_comma(const struct scan *scan)
{
	uint8_t kind = scan->outline->pairs.items[scan->pair].kind;
	return kind == BRACKET_LIST || kind == BRACKET_TEXTS || (scan->marks[scan->token] & MARK_FIELD_COMMA);
}

/* Computes each piece's column as if the file were one line, and the next line end that stays. */
static void measure(struct format_outline *outline)
{
	for (uint32_t i = 1; i < outline->count; i++) {
		const struct format_piece *before = &outline->pieces[i - 1];
		outline->pieces[i].column = before->column + before->width + format_blanks(outline, i) + (outline->pieces[i].commas > 0);
	}
	outline->pieces[outline->count - 1].next_break = outline->count - 1;
	for (uint32_t i = outline->count - 1; i-- > 0;)
		outline->pieces[i].next_break = outline->pieces[i].has_lines || format_keeps_line(outline, i + 1)
		                                       ? i : outline->pieces[i + 1].next_break;
}

void format_scan(struct format_outline *outline, const struct tree *tree, const uint16_t *marks, struct arena *arena)
{
	const struct source_file *file = tree->file;
	const char *line_end = memchr(file->text, '\n', file->length);
	*outline = (struct format_outline){.tree = tree, .arena = arena, .count = 1};
	outline->line_end = line_end && line_end > file->text && line_end[-1] == '\r' ? "\r\n" : "\n";
	outline->pieces = arena_array(arena, struct format_piece, tree->token_count + 1);
	uint32_t first = memcmp(file->text, "\xEF\xBB\xBF", file->length < 3 ? 0 : 3) == 0 && file->length >= 3 ? 3 : 0;
	outline->pieces[0] = (struct format_piece){.start = first, .end = first, .gap = GAP_OPEN};
	struct scan scan = {.outline = outline, .marks = marks, .group = 1};
	open_pair(&scan, 0, BRACKET_FILE);
	scan.open.count = 0;
	for (; scan.token < tree->token_count; scan.token++) {
		const struct token *token = &tree->tokens[scan.token];
		if (token->kind == TOKEN_NEWLINE)
			scan.newlines++;
		else if (token->kind == TOKEN_COMMA && is_item_comma(&scan))
			scan.commas++;
		else
			read_token(&scan, token);
	}
	measure(outline);
}

#include "base/utf8.h"
#include "format/format_parts.h"

/* While pieces are made. */
struct scan {
	struct sketch *sketch;
	const uint16_t *marks;
	uint32_t token;           /* index of the token being read */
	uint32_t frame;           /* the innermost open one */
	uint32_t group;           /* the first of the comments right before; the piece being made when there are none */
	uint32_t previous;        /* the last piece that is no comment */
	uint32_t newlines, commas;
	VEC(uint32_t) open;       /* frames around `frame` */
};

static uint8_t closer_of(const struct sketch *sketch, const struct bracket_pair *frame)
{
	switch (sketch->pieces[frame->opener].kind) {
	case TOKEN_LBRACE: return TOKEN_RBRACE;
	case TOKEN_LBRACKET: return TOKEN_RBRACKET;
	case TOKEN_LPAREN: return TOKEN_RPAREN;
	case TOKEN_LT: return TOKEN_GT;
	case TOKEN_STRING_HEAD: case TOKEN_STRING_MID: return TOKEN_STRING_TAIL;
	default: return TOKEN_END;
	}
}

static bool is_closer(const struct scan *scan, uint8_t kind)
{
	uint8_t closer = closer_of(scan->sketch, &scan->sketch->frames.items[scan->frame]);
	return kind == closer || (kind == TOKEN_STRING_MID && closer == TOKEN_STRING_TAIL);
}

/* The mark of the next token that is no comment or line end. */
static bool is_for_next(const struct scan *scan)
{
	const struct token *tokens = scan->sketch->tree->tokens;
	uint32_t next = scan->token + 1;
	while (tokens[next].kind == TOKEN_NEWLINE || tokens[next].kind == TOKEN_COMMENT || tokens[next].kind == TOKEN_DOC)
		next++;
	return scan->marks[next] & MARK_FOR;
}

/* Whether a bracket here belongs to what stands before it: a call, an index, a family. */
static bool can_hug(const struct sketch *sketch, uint32_t before)
{
	const struct format_piece *piece = &sketch->pieces[before];
	switch (piece->kind) {
	case TOKEN_RPAREN: case TOKEN_RBRACKET: case TOKEN_RBRACE: case TOKEN_STRING: case TOKEN_STRING_TAIL: case TOKEN_NUMBER:
		return true;
	case TOKEN_GT:
		return sketch->frames.items[piece->frame].closer == before;
	default:
		return piece->marks & MARK_NAME;
	}
}

static enum bracket brace_kind(const struct scan *scan)
{
	const struct format_piece *before = &scan->sketch->pieces[scan->previous];
	bool is_import = before->keyword == KEYWORD_IMPORT;
	bool is_enum = scan->previous > 0 && before->kind == TOKEN_WORD && before[-1].keyword == KEYWORD_ENUM;
	return is_for_next(scan) ? BRACKET_FOR : is_import || is_enum ? BRACKET_TEXTS : BRACKET_FIELDS;
}

/* The bracket that a piece opens; BRACKET_FILE for none. */
static enum bracket bracket_kind(const struct scan *scan, const struct format_piece *piece)
{
	switch (piece->kind) {
	case TOKEN_LBRACE: return brace_kind(scan);
	case TOKEN_LBRACKET: return piece->hugs ? BRACKET_GROUP : is_for_next(scan) ? BRACKET_FOR : BRACKET_LIST;
	case TOKEN_LPAREN: return piece->hugs ? BRACKET_LIST : BRACKET_GROUP;
	case TOKEN_LT: return piece->marks & MARK_ANGLE ? BRACKET_ANGLE : BRACKET_FILE;
	case TOKEN_STRING_HEAD: case TOKEN_STRING_MID: return BRACKET_TEMPLATE;
	default: return BRACKET_FILE;
	}
}

static void open_frame(struct scan *scan, uint32_t opener, enum bracket kind)
{
	struct sketch *sketch = scan->sketch;
	const struct bracket_pair *outer = sketch->frames.count ? &sketch->frames.items[scan->frame] : NULL;
	bool is_in_template = outer && (outer->is_in_template || outer->kind == BRACKET_TEMPLATE);
	struct bracket_pair frame = {.opener = opener, .kind = (uint8_t)kind, .is_open = kind == BRACKET_FILE,
	                      .is_in_template = is_in_template, .continuation = FORMAT_STEP};
	vec_push(sketch->arena, &scan->open, scan->frame);
	scan->frame = sketch->pieces[opener].own = (uint32_t)sketch->frames.count;
	vec_push(sketch->arena, &sketch->frames, frame);
}

static void close_frame(struct scan *scan, uint32_t closer)
{
	scan->sketch->frames.items[scan->frame].closer = closer;
	scan->frame = scan->open.items[--scan->open.count];
}

static enum gap gap_kind(const struct scan *scan, const struct format_piece *piece, bool has_comma)
{
	const struct bracket_pair *frame = &scan->sketch->frames.items[scan->frame];
	if (is_closer(scan, piece->kind))
		return GAP_CLOSE;
	if (frame->opener == scan->previous)
		return GAP_OPEN;
	return has_comma || (piece->marks & MARK_SEPARATED) ? GAP_ITEM : GAP_INSIDE;
}

static void begin_item(struct sketch *sketch, struct bracket_pair *frame, uint32_t piece)
{
	if (frame->last_item)
		sketch->pieces[frame->last_item].next_item = piece;
	else
		frame->first_item = piece;
	frame->last_item = piece;
	frame->item_count++;
	frame->ternaries = 0;
}

/* Whether a line end in a gap puts a pair of brackets on several lines. */
static bool opens(const struct bracket_pair *frame, enum gap gap, bool has_comments, bool is_empty)
{
	switch (frame->kind) {
	case BRACKET_FIELDS: case BRACKET_TEXTS: case BRACKET_LIST:
		return gap == GAP_OPEN || gap == GAP_ITEM || (gap == GAP_CLOSE && (has_comments || !is_empty));
	case BRACKET_FOR: case BRACKET_GROUP:
		return gap == GAP_OPEN || (gap == GAP_CLOSE && has_comments);
	default:
		return false;
	}
}

/* Settles what the gap before a piece is, and those before its comments. */
static void place(struct scan *scan, uint32_t at)
{
	struct sketch *sketch = scan->sketch;
	struct bracket_pair *frame = &sketch->frames.items[scan->frame];
	bool has_comma = false, has_line = false;
	for (uint32_t i = scan->group; i <= at; i++) {
		has_comma |= sketch->pieces[i].commas > 0;
		has_line |= sketch->pieces[i].newlines > 0;
	}
	enum gap gap = gap_kind(scan, &sketch->pieces[at], has_comma);
	for (uint32_t i = scan->group; i <= at; i++) {
		sketch->pieces[i].gap = (uint8_t)gap;
		sketch->pieces[i].frame = scan->frame;
	}
	if (has_line && opens(frame, gap, scan->group < at, frame->opener == scan->previous))
		frame->is_open = true;
	if (gap == GAP_OPEN || gap == GAP_ITEM)
		begin_item(sketch, frame, at);
	else if (frame->kind == BRACKET_FOR && !frame->body && sketch->pieces[scan->previous].kind == TOKEN_COLON &&
	         sketch->pieces[scan->previous].hugs)
		frame->body = at;
}

/* `?` and `:` stand alone in `a ? b : c`, and else touch what is before them. */
static bool hugs(struct scan *scan, const struct format_piece *piece)
{
	struct bracket_pair *frame = &scan->sketch->frames.items[scan->frame];
	const struct token *next = &scan->sketch->tree->tokens[scan->token + 1];
	switch (piece->kind) {
	case TOKEN_QUESTION:
		frame->ternaries += next->kind != TOKEN_COLON;
		return next->kind == TOKEN_COLON;
	case TOKEN_COLON:
		if (!frame->ternaries)
			return true;
		frame->ternaries--;
		return false;
	case TOKEN_LPAREN: case TOKEN_LBRACKET:
		return piece->gap == GAP_INSIDE && can_hug(scan->sketch, scan->previous);
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
	struct sketch *sketch = scan->sketch;
	const char *text = sketch->tree->file->text;
	uint32_t end = token->end;
	if (token->kind == TOKEN_COMMENT && text[token->start + 1] == '/')
		while (text[end - 1] == ' ' || text[end - 1] == '\t')
			end--;
	sketch->pieces[sketch->count] = (struct format_piece){
		.start = token->start, .end = end, .kind = token->kind, .keyword = token->keyword,
		.marks = scan->marks[scan->token], .newlines = (uint8_t)(scan->newlines > 2 ? 2 : scan->newlines),
		.commas = (uint8_t)(scan->commas > 2 ? 2 : scan->commas), .width = count_columns(text, token->start, end),
		.has_lines = end > token->start && memchr(text + token->start, '\n', end - token->start) != NULL,
	};
	scan->newlines = scan->commas = 0;
	return sketch->count++;
}

static void read_token(struct scan *scan, const struct token *token)
{
	struct sketch *sketch = scan->sketch;
	uint32_t at = add_piece(scan, token);
	struct format_piece *piece = &sketch->pieces[at];
	if (format_is_comment(piece))
		return;
	if ((piece->marks & MARK_DECLARATION) || piece->kind == TOKEN_END)
		while (scan->open.count)
			scan->frame = scan->open.items[--scan->open.count];
	place(scan, at);
	if (piece->gap == GAP_CLOSE && piece->kind != TOKEN_END)
		close_frame(scan, at);
	piece->hugs = hugs(scan, piece);
	enum bracket bracket = bracket_kind(scan, piece);
	scan->previous = at;
	if (bracket != BRACKET_FILE)
		open_frame(scan, at, bracket);
	scan->group = at + 1;
}

static bool is_item_comma(const struct scan *scan)
{
	uint8_t kind = scan->sketch->frames.items[scan->frame].kind;
	return kind == BRACKET_LIST || kind == BRACKET_TEXTS || (scan->marks[scan->token] & MARK_FIELD_COMMA);
}

/* Where everything would stand without any line end but those that stay. */
static void measure(struct sketch *sketch)
{
	for (uint32_t i = 1; i < sketch->count; i++) {
		const struct format_piece *before = &sketch->pieces[i - 1];
		sketch->pieces[i].column = before->column + before->width + format_blanks(sketch, i) + (sketch->pieces[i].commas > 0);
	}
	sketch->pieces[sketch->count - 1].next_break = sketch->count - 1;
	for (uint32_t i = sketch->count - 1; i-- > 0;)
		sketch->pieces[i].next_break = sketch->pieces[i].has_lines || format_keeps_line(sketch, i + 1)
		                                       ? i : sketch->pieces[i + 1].next_break;
}

void format_scan(struct sketch *sketch, const struct tree *tree, const uint16_t *marks, struct arena *arena)
{
	const struct source_file *file = tree->file;
	const char *line_end = memchr(file->text, '\n', file->length);
	*sketch = (struct sketch){.tree = tree, .arena = arena, .count = 1};
	sketch->line_end = line_end && line_end > file->text && line_end[-1] == '\r' ? "\r\n" : "\n";
	sketch->pieces = arena_array(arena, struct format_piece, tree->token_count + 1);
	uint32_t first = memcmp(file->text, "\xEF\xBB\xBF", file->length < 3 ? 0 : 3) == 0 && file->length >= 3 ? 3 : 0;
	sketch->pieces[0] = (struct format_piece){.start = first, .end = first, .gap = GAP_OPEN};
	struct scan scan = {.sketch = sketch, .marks = marks, .group = 1};
	open_frame(&scan, 0, BRACKET_FILE);
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
	measure(sketch);
}

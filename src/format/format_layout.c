#include "base/utf8.h"
#include "format/format_parts.h"

/* While gaps are made. */
struct layouter {
	struct sketch *sketch;
	struct text gap;          /* the one being made */
	VEC(struct format_edit) edits;
	uint32_t column;
	uint32_t line_indent;     /* of the line as it was begun here */
	uint32_t text_indent;     /* of the line of text, which a string of several lines may have begun */
	uint32_t line_start;      /* twice the piece before which the line begins, and one more if it begins inside of that */
};

/* A text may not become another token when blanks between two go. */
static bool must_part(const struct format_piece *before, const struct format_piece *piece)
{
	return before->kind == TOKEN_NUMBER && (piece->kind == TOKEN_DOT || piece->kind == TOKEN_ELLIPSIS);
}

static uint32_t blanks_inside(const struct format_piece *before, const struct format_piece *piece)
{
	if (must_part(before, piece))
		return 1;
	if (before->kind == TOKEN_DOT || before->kind == TOKEN_ELLIPSIS || (before->marks & MARK_NEGATIVE))
		return 0;
	if (piece->kind == TOKEN_DOT || piece->kind == TOKEN_COMMA || piece->hugs)
		return 0;
	return !(piece->kind == TOKEN_LT && (piece->marks & MARK_ANGLE));
}

uint32_t format_blanks(const struct sketch *sketch, uint32_t at)
{
	const struct format_piece *piece = &sketch->pieces[at], *before = piece - 1;
	const struct bracket_pair *frame = &sketch->frames.items[piece->frame];
	bool is_edge = frame->opener == at - 1 || (piece->gap == GAP_CLOSE && !format_is_comment(piece));
	if (is_edge && at > 1 && format_is_line_comment(sketch, piece))
		return 1;
	if (is_edge)
		return at > 1 && sketch->pieces[frame->opener].kind == TOKEN_LBRACE &&
		       !(frame->opener == at - 1 && piece->gap == GAP_CLOSE && !format_is_comment(piece));
	if (format_is_comment(piece) || format_is_comment(before) || piece->gap == GAP_ITEM)
		return 1;
	return blanks_inside(before, piece);
}

/* What goes on the line before it wherever the author wrote it: the `{` of a block, `else`. */
static bool joins(const struct format_piece *before, const struct format_piece *piece)
{
	return piece->kind == TOKEN_LBRACE || (piece->keyword == KEYWORD_ELSE && before->kind == TOKEN_RBRACE);
}

bool format_keeps_line(const struct sketch *sketch, uint32_t at)
{
	const struct format_piece *piece = &sketch->pieces[at], *before = piece - 1;
	const struct bracket_pair *frame = &sketch->frames.items[piece->frame];
	if (at > 1 && format_is_line_comment(sketch, before))
		return true;
	bool is_comment = format_is_comment(piece);
	if (piece->gap == GAP_CLOSE && frame->is_open && !is_comment)
		return at > 1;
	if (piece->gap == GAP_OPEN && frame->is_open && at > 1 && frame->opener == at - 1 && !is_comment)
		return true;
	if (!piece->newlines || at == 1)
		return false;
	if (is_comment || piece->gap == GAP_ITEM)
		return true;
	if (piece->gap != GAP_INSIDE)
		return frame->is_open;
	if (format_is_comment(before))
		return true;
	return !joins(before, piece) && (piece->kind == TOKEN_DOT || format_blanks(sketch, at) > 0);
}

/* How far a line is indented that begins with a piece of the group that ends at `last`. */
static uint32_t indent_at(const struct layouter *layouter, uint32_t at, uint32_t last)
{
	const struct format_piece *piece = &layouter->sketch->pieces[last];
	const struct bracket_pair *frame = &layouter->sketch->frames.items[piece->frame];
	bool continues = piece->gap == GAP_INSIDE ? piece->kind != TOKEN_LBRACE && piece->keyword != KEYWORD_ELSE : !frame->is_open;
	if (continues)
		return frame->continuation;
	return piece->gap == GAP_CLOSE && at == last ? frame->base : frame->indent;
}

static void add_lines(struct layouter *layouter, uint32_t at, uint32_t last)
{
	const struct format_piece *piece = &layouter->sketch->pieces[at];
	const struct bracket_pair *frame = &layouter->sketch->frames.items[piece->frame];
	bool is_edge = frame->opener == at - 1 || (piece->gap == GAP_CLOSE && at == last);
	text_puts(&layouter->gap, layouter->sketch->line_end);
	if (piece->newlines > 1 && !is_edge)
		text_puts(&layouter->gap, layouter->sketch->line_end);
	text_repeat(&layouter->gap, ' ', indent_at(layouter, at, last));
}

/* The column behind a text, and the indentation of its last line. */
static void advance(struct layouter *layouter, const char *text, size_t length, uint32_t line_start, bool is_gap)
{
	for (const char *at = text, *end = text + length; at < end; at++) {
		if (*at != '\n') {
			layouter->column += !utf8_continues(*at);
			continue;
		}
		uint32_t blanks = 0;
		while (at + 1 + blanks < end && (at[1 + blanks] == ' ' || at[1 + blanks] == '\t'))
			blanks++;
		layouter->column = 0;
		layouter->text_indent = blanks;
		layouter->line_start = line_start;
		if (is_gap)
			layouter->line_indent = blanks;
	}
}

/* Whether a gap stays as it is. */
static bool is_frozen(const struct sketch *sketch, uint32_t at)
{
	const struct format_piece *piece = &sketch->pieces[at];
	return (piece->marks & MARK_FROZEN) || piece->commas > 1;
}

/* Replaces the text of a span by what was made, as far as they differ. */
static void add_edit(struct layouter *layouter, struct span span)
{
	const char *source = layouter->sketch->tree->file->text, *made = text_string(&layouter->gap);
	size_t length = layouter->gap.length;
	while (span.start < span.end && length && source[span.start] == *made) {
		span.start++;
		made++;
		length--;
	}
	while (span.start < span.end && length && source[span.end - 1] == made[length - 1]) {
		span.end--;
		length--;
	}
	struct format_edit edit = {span, NULL};
	if (!length && span.start == span.end)
		return;
	edit.text = arena_copy(layouter->sketch->arena, made, length);
	vec_push(layouter->sketch->arena, &layouter->edits, edit);
}

/* Puts what was made into the gap before a piece. One in or behind a line with errors stays, up to the end of the line. */
static void put_gap(struct layouter *layouter, uint32_t at, uint32_t last)
{
	struct sketch *sketch = layouter->sketch;
	const struct format_piece *piece = &sketch->pieces[at], *before = piece - 1;
	const char *source = sketch->tree->file->text + before->end;
	size_t length = piece->start - before->end;
	if (is_frozen(sketch, at) || (before->marks & MARK_FROZEN)) {
		const char *line = is_frozen(sketch, at) ? NULL : memchr(source, '\n', length);
		if (line && memchr(line, ',', length - (size_t)(line - source)))
			line = NULL;
		layouter->gap.length = 0;
		text_add(&layouter->gap, source, line ? (size_t)(line - source) - (line > source && line[-1] == '\r') : length);
		if (line)
			add_lines(layouter, at, last);
	}
	add_edit(layouter, span_of(before->end, piece->start));
	advance(layouter, text_string(&layouter->gap), layouter->gap.length, 2 * at, true);
}

/* The piece at the end of whose first line a line ends that goes on from `at`, but for comments. */
static uint32_t line_end(const struct sketch *sketch, uint32_t at)
{
	uint32_t end = sketch->pieces[at].next_break;
	while (end > at && format_is_comment(&sketch->pieces[end]))
		end--;
	return end;
}

static uint32_t width_between(const struct sketch *sketch, uint32_t first, uint32_t last)
{
	return sketch->pieces[last].column + sketch->pieces[last].width - sketch->pieces[first].column;
}

static bool is_operator(const struct format_piece *piece)
{
	if (piece->kind == TOKEN_WORD)
		return piece->keyword == KEYWORD_AND || piece->keyword == KEYWORD_OR || piece->keyword == KEYWORD_NOT;
	return ((piece->kind == TOKEN_QUESTION || piece->kind == TOKEN_COLON) && !piece->hugs) || piece->kind == TOKEN_COALESCE ||
	       piece->kind >= TOKEN_EQ;
}

/* Whether a pair of brackets holds what can stand on lines of its own. One item alone goes on in its own brackets; the
 * limits of a type, and the arguments of a call that is an operand, would be harder to read. */
static bool can_split(const struct sketch *sketch, const struct bracket_pair *frame)
{
	const struct format_piece *opener = &sketch->pieces[frame->opener], *behind = &sketch->pieces[frame->closer + 1];
	if (!frame->closer || !frame->item_count || frame->is_in_template || (opener->marks & MARK_FROZEN))
		return false;
	if (frame->kind != BRACKET_LIST)
		return frame->kind == BRACKET_FIELDS || frame->kind == BRACKET_TEXTS || frame->kind == BRACKET_FOR;
	if (frame->item_count == 1)
		return false;
	if (opener->kind != TOKEN_LPAREN)
		return true;
	bool is_of_type = opener[-1].kind == TOKEN_GT || (opener[-1].marks & MARK_TYPE);
	bool is_operand = frame->opener > 1 && is_operator(&opener[-2]);
	return !is_of_type && !is_operand && (behind->gap != GAP_INSIDE || behind->kind == TOKEN_LBRACE || behind->kind == TOKEN_ASSIGN);
}

/* Whether brackets on one line are to go on several, as they do not end within the width. */
static bool is_too_wide(const struct layouter *layouter, const struct bracket_pair *frame)
{
	const struct sketch *sketch = layouter->sketch;
	if (!can_split(sketch, frame))
		return false;
	uint32_t end = line_end(sketch, frame->opener);
	if (end > frame->closer)
		end = frame->closer;
	uint32_t comma = end == frame->closer && sketch->pieces[end + 1].commas;
	return layouter->column - 1 + width_between(sketch, frame->opener, end) + comma > FORMAT_WIDTH;
}

/* Whether one of an author's lines that hold several items is too wide. */
static bool has_wide_line(const struct sketch *sketch, const struct bracket_pair *frame)
{
	if (frame->kind != BRACKET_LIST && frame->kind != BRACKET_FIELDS && frame->kind != BRACKET_TEXTS)
		return false;
	for (uint32_t item = frame->first_item, next; item; item = next) {
		uint32_t end = line_end(sketch, item);
		next = sketch->pieces[item].next_item;
		if (!next || next > end)
			continue;
		if (frame->indent + width_between(sketch, item, end) + 1 > FORMAT_WIDTH)
			return true;
		while (next && next <= end)
			next = sketch->pieces[next].next_item;
	}
	return false;
}

static void open_frame(struct layouter *layouter, struct bracket_pair *frame)
{
	frame->base = layouter->line_indent;
	if (layouter->text_indent > frame->base && (frame->is_in_template || frame->kind == BRACKET_TEMPLATE))
		frame->base = layouter->text_indent; /* a line in `${ }` is indented deeper than the text of its string */
	if (!frame->is_open && is_too_wide(layouter, frame))
		frame->is_open = frame->is_split = true;
	frame->indent = frame->base + (frame->is_open ? FORMAT_STEP : 0);
	frame->continuation = frame->indent + (frame->is_open && frame->kind == BRACKET_GROUP ? 0 : FORMAT_STEP);
	if (frame->is_open && !frame->is_split)
		frame->is_split = has_wide_line(layouter->sketch, frame);
}

/* Where in a group the comma stands that is there or is added: where it was, but not behind a comment that ends its line. */
static uint32_t comma_place(const struct sketch *sketch, uint32_t first, uint32_t last)
{
	for (uint32_t at = first; at <= last; at++)
		if (sketch->pieces[at].commas && (at == first || !format_is_line_comment(sketch, &sketch->pieces[at - 1])))
			return at;
	return first;
}

/* Whether what a comprehension makes of an element is to stand on a line of its own. */
static bool has_wide_body(const struct layouter *layouter, const struct bracket_pair *frame)
{
	const struct sketch *sketch = layouter->sketch;
	uint32_t end = line_end(sketch, frame->body);
	return frame->closer && sketch->pieces[frame->body].kind != TOKEN_LBRACE &&
	       layouter->column + 1 + width_between(sketch, frame->body, end < frame->closer ? end : frame->closer - 1) > FORMAT_WIDTH;
}

/* The gap of a group in which a line begins that was not the author's, or 0. */
static uint32_t new_line_place(const struct layouter *layouter, uint32_t first, uint32_t last)
{
	const struct sketch *sketch = layouter->sketch;
	const struct format_piece *piece = &sketch->pieces[last];
	const struct bracket_pair *frame = &sketch->frames.items[piece->frame];
	if (!frame->is_open || last == 1)
		return 0;
	if (piece->gap == GAP_INSIDE)
		return frame->body == last && has_wide_body(layouter, frame) ? first : 0;
	if (piece->gap == GAP_CLOSE)
		return last;
	for (uint32_t at = first; at <= last; at++)
		if (format_keeps_line(sketch, at))
			return 0;
	if (piece->gap == GAP_OPEN)
		return frame->kind == BRACKET_FILE ? 0 : first;
	return frame->is_split || layouter->line_start > 2 * frame->last_item ? comma_place(sketch, first, last) : 0;
}

/* The gap of a group that has a comma, or 0. */
static uint32_t comma_of(const struct layouter *layouter, uint32_t first, uint32_t last, uint32_t new_line)
{
	const struct sketch *sketch = layouter->sketch;
	const struct format_piece *piece = &sketch->pieces[last];
	const struct bracket_pair *frame = &sketch->frames.items[piece->frame];
	bool is_list = frame->kind == BRACKET_LIST || frame->kind == BRACKET_TEXTS;
	bool is_open_end = frame->kind == BRACKET_TEXTS && sketch->pieces[first - 1].kind == TOKEN_ELLIPSIS;
	bool has_line = new_line != 0;
	for (uint32_t at = first; at <= last; at++) {
		has_line |= format_keeps_line(sketch, at);
		if (sketch->pieces[at].commas && is_frozen(sketch, at))
			return 0;
	}
	bool has_comma = piece->gap == GAP_ITEM    ? is_list || !has_line
	                 : piece->gap == GAP_CLOSE ? is_list && frame->is_open && frame->item_count && !is_open_end
	                                           : false;
	return has_comma ? comma_place(sketch, first, last) : 0;
}

/* The gaps before a piece and before the comments in front of it. */
static void put_group(struct layouter *layouter, uint32_t first, uint32_t last)
{
	struct sketch *sketch = layouter->sketch;
	const struct format_piece *piece = &sketch->pieces[last];
	struct bracket_pair *frame = &sketch->frames.items[piece->frame];
	uint32_t new_line = new_line_place(layouter, first, last), comma = comma_of(layouter, first, last, new_line);
	for (uint32_t at = first; at <= last; at++) {
		const struct format_piece *here = &sketch->pieces[at];
		const char *text = sketch->tree->file->text + here->start;
		layouter->gap.length = 0;
		if (at == comma)
			text_putc(&layouter->gap, ',');
		if (at == new_line || format_keeps_line(sketch, at))
			add_lines(layouter, at, last);
		else
			text_repeat(&layouter->gap, ' ', format_blanks(sketch, at));
		put_gap(layouter, at, last);
		advance(layouter, text, here->end - here->start, 2 * at + 1, false);
	}
	if (piece->gap == GAP_OPEN || piece->gap == GAP_ITEM)
		frame->last_item = last;
	if (piece->own)
		open_frame(layouter, &sketch->frames.items[piece->own]);
}

struct format_edits format_layout(struct sketch *sketch)
{
	struct layouter layouter = {.sketch = sketch};
	for (uint32_t first = 1, last; first < sketch->count; first = last + 1) {
		for (last = first; format_is_comment(&sketch->pieces[last]); last++)
			;
		put_group(&layouter, first, last);
	}
	text_free(&layouter.gap);
	return (struct format_edits){layouter.edits.items, layouter.edits.count};
}

#include "base/utf8.h"
#include "format/format_parts.h"

/* The state while gaps are written. */
struct gap_writer {
	struct format_outline *outline;
	struct text gap;          /* the current one */
	VEC(struct format_edit) edits;
	uint32_t column;
	uint32_t line_indent;     /* of the current line, as started by a gap */
	uint32_t text_indent;     /* of the current line, which may have started within a multi-line string */
	uint32_t line_start;      /* where the line starts: 2 * piece if before the piece, 2 * piece + 1 if within it */
};

/* Whether two pieces would be lexed differently without a blank between them: `1 .x`. */
static bool needs_blank(const struct format_piece *before, const struct format_piece *piece)
{
	return before->kind == TOKEN_NUMBER && (piece->kind == TOKEN_DOT || piece->kind == TOKEN_ELLIPSIS);
}

static uint32_t blanks_inside(const struct format_piece *before, const struct format_piece *piece)
{
	if (needs_blank(before, piece))
		return 1;
	if (before->kind == TOKEN_DOT || before->kind == TOKEN_ELLIPSIS || (before->marks & MARK_NEGATIVE))
		return 0;
	if (piece->kind == TOKEN_DOT || piece->kind == TOKEN_COMMA || piece->is_attached)
		return 0;
	return !(piece->kind == TOKEN_LT && (piece->marks & MARK_ANGLE));
}

uint32_t format_blanks(const struct format_outline *outline, uint32_t at)
{
	const struct format_piece *piece = &outline->pieces[at], *before = piece - 1;
	const struct bracket_pair *pair = &outline->pairs.items[piece->pair];
	bool is_edge = pair->opener == at - 1 || (piece->gap == GAP_CLOSE && !format_is_comment(piece));
	if (is_edge && at > 1 && format_is_line_comment(outline, piece))
		return 1;
	if (is_edge)
		return at > 1 && outline->pieces[pair->opener].kind == TOKEN_LBRACE &&
		       !(pair->opener == at - 1 && piece->gap == GAP_CLOSE && !format_is_comment(piece));
	if (format_is_comment(piece) || format_is_comment(before) || piece->gap == GAP_ITEM)
		return 1;
	return blanks_inside(before, piece);
}

/* Whether a piece is moved up to the previous line if the author put it on a line of its own: the `{` of a block, `else`. */
static bool joins_line(const struct format_piece *before, const struct format_piece *piece)
{
	return piece->kind == TOKEN_LBRACE || (piece->keyword == KEYWORD_ELSE && before->kind == TOKEN_RBRACE);
}

bool format_keeps_line(const struct format_outline *outline, uint32_t at)
{
	const struct format_piece *piece = &outline->pieces[at], *before = piece - 1;
	const struct bracket_pair *pair = &outline->pairs.items[piece->pair];
	if (at > 1 && format_is_line_comment(outline, before))
		return true;
	bool is_comment = format_is_comment(piece);
	if (piece->gap == GAP_CLOSE && pair->is_multiline && !is_comment)
		return at > 1;
	if (piece->gap == GAP_OPEN && pair->is_multiline && at > 1 && pair->opener == at - 1 && !is_comment)
		return true;
	if (!piece->newlines || at == 1)
		return false;
	if (is_comment || piece->gap == GAP_ITEM)
		return true;
	if (piece->gap != GAP_INSIDE)
		return pair->is_multiline;
	if (format_is_comment(before))
		return true;
	return !joins_line(before, piece) && (piece->kind == TOKEN_DOT || format_blanks(outline, at) > 0);
}

/* The indentation of a line that starts with piece `at` of the group that ends with `last`. */
static uint32_t indent_at(const struct gap_writer *writer, uint32_t at, uint32_t last)
{
	const struct format_piece *piece = &writer->outline->pieces[last];
	const struct bracket_pair *pair = &writer->outline->pairs.items[piece->pair];
	bool continues = piece->gap == GAP_INSIDE ? piece->kind != TOKEN_LBRACE && piece->keyword != KEYWORD_ELSE : !pair->is_multiline;
	if (continues)
		return pair->continuation;
	return piece->gap == GAP_CLOSE && at == last ? pair->base : pair->indent;
}

static void add_lines(struct gap_writer *writer, uint32_t at, uint32_t last)
{
	const struct format_piece *piece = &writer->outline->pieces[at];
	const struct bracket_pair *pair = &writer->outline->pairs.items[piece->pair];
	bool is_edge = pair->opener == at - 1 || (piece->gap == GAP_CLOSE && at == last);
	text_puts(&writer->gap, writer->outline->line_end);
	if (piece->newlines > 1 && !is_edge)
		text_puts(&writer->gap, writer->outline->line_end);
	text_repeat(&writer->gap, ' ', indent_at(writer, at, last));
}

/* Updates the column and the indentation of the current line after writing a text. */
static void advance(struct gap_writer *writer, const char *text, size_t length, uint32_t line_start, bool is_gap)
{
	for (const char *at = text, *end = text + length; at < end; at++) {
		if (*at != '\n') {
			writer->column += !utf8_continues(*at);
			continue;
		}
		uint32_t blanks = 0;
		while (at + 1 + blanks < end && (at[1 + blanks] == ' ' || at[1 + blanks] == '\t'))
			blanks++;
		writer->column = 0;
		writer->text_indent = blanks;
		writer->line_start = line_start;
		if (is_gap)
			writer->line_indent = blanks;
	}
}

/* Whether a gap stays unchanged. */
static bool is_frozen(const struct format_outline *outline, uint32_t at)
{
	const struct format_piece *piece = &outline->pieces[at];
	return (piece->marks & MARK_FROZEN) || piece->commas > 1;
}

/* Adds an edit that replaces the part of a span that differs from the new text. */
static void add_edit(struct gap_writer *writer, struct span span)
{
	const char *source = writer->outline->tree->file->text, *made = text_string(&writer->gap);
	size_t length = writer->gap.length;
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
	edit.text = arena_copy(writer->outline->arena, made, length);
	vec_push(writer->outline->arena, &writer->edits, edit);
}

/* Adds the new text of the gap before a piece. A gap in a frozen line stays unchanged. A gap that follows one stays
 * unchanged up to the end of the line. */
static void put_gap(struct gap_writer *writer, uint32_t at, uint32_t last)
{
	struct format_outline *outline = writer->outline;
	const struct format_piece *piece = &outline->pieces[at], *before = piece - 1;
	const char *source = outline->tree->file->text + before->end;
	size_t length = piece->start - before->end;
	if (is_frozen(outline, at) || (before->marks & MARK_FROZEN)) {
		const char *line = is_frozen(outline, at) ? NULL : memchr(source, '\n', length);
		if (line && memchr(line, ',', length - (size_t)(line - source)))
			line = NULL;
		writer->gap.length = 0;
		text_add(&writer->gap, source, line ? (size_t)(line - source) - (line > source && line[-1] == '\r') : length);
		if (line)
			add_lines(writer, at, last);
	}
	add_edit(writer, span_of(before->end, piece->start));
	advance(writer, text_string(&writer->gap), writer->gap.length, 2 * at, true);
}

/* The last piece of the line that piece `at` is in, without comments at its end. */
static uint32_t line_end(const struct format_outline *outline, uint32_t at)
{
	uint32_t end = outline->pieces[at].next_break;
	while (end > at && format_is_comment(&outline->pieces[end]))
		end--;
	return end;
}

static uint32_t width_between(const struct format_outline *outline, uint32_t first, uint32_t last)
{
	return outline->pieces[last].column + outline->pieces[last].width - outline->pieces[first].column;
}

static bool is_operator(const struct format_piece *piece)
{
	if (piece->kind == TOKEN_WORD)
		return piece->keyword == KEYWORD_AND || piece->keyword == KEYWORD_OR || piece->keyword == KEYWORD_NOT;
	return ((piece->kind == TOKEN_QUESTION || piece->kind == TOKEN_COLON) && !piece->is_attached) || piece->kind == TOKEN_COALESCE ||
	       piece->kind >= TOKEN_EQ;
}

/* Whether the content of a pair of brackets can be split into lines. A list with one item is not split: the item breaks
 * in its own brackets. The constraints of a type, and the arguments of a call that is an operand, are not split: they
 * would be harder to read. */
static bool can_split(const struct format_outline *outline, const struct bracket_pair *pair)
{
	const struct format_piece *opener = &outline->pieces[pair->opener], *after = &outline->pieces[pair->closer + 1];
	if (!pair->closer || !pair->item_count || pair->is_in_template || (opener->marks & MARK_FROZEN))
		return false;
	if (pair->kind != BRACKET_LIST)
		return pair->kind == BRACKET_FIELDS || pair->kind == BRACKET_TEXTS || pair->kind == BRACKET_FOR;
	if (pair->item_count == 1)
		return false;
	if (opener->kind != TOKEN_LPAREN)
		return true;
	bool is_of_type = opener[-1].kind == TOKEN_GT || (opener[-1].marks & MARK_TYPE);
	bool is_operand = pair->opener > 1 && is_operator(&opener[-2]);
	return !is_of_type && !is_operand && (after->gap != GAP_INSIDE || after->kind == TOKEN_LBRACE || after->kind == TOKEN_ASSIGN);
}

/* Whether brackets on one line must become multi-line, because they end beyond FORMAT_WIDTH. */
static bool is_too_wide(const struct gap_writer *writer, const struct bracket_pair *pair)
{
	const struct format_outline *outline = writer->outline;
	if (!can_split(outline, pair))
		return false;
	uint32_t end = line_end(outline, pair->opener);
	if (end > pair->closer)
		end = pair->closer;
	uint32_t comma = end == pair->closer && outline->pieces[end + 1].commas;
	return writer->column - 1 + width_between(outline, pair->opener, end) + comma > FORMAT_WIDTH;
}

/* Whether one of the author's lines with several items is too wide. */
static bool has_wide_line(const struct format_outline *outline, const struct bracket_pair *pair)
{
	if (pair->kind != BRACKET_LIST && pair->kind != BRACKET_FIELDS && pair->kind != BRACKET_TEXTS)
		return false;
	for (uint32_t item = pair->first_item, next; item; item = next) {
		uint32_t end = line_end(outline, item);
		next = outline->pieces[item].next_item;
		if (!next || next > end)
			continue;
		if (pair->indent + width_between(outline, item, end) + 1 > FORMAT_WIDTH)
			return true;
		while (next && next <= end)
			next = outline->pieces[next].next_item;
	}
	return false;
}

static void open_pair(struct gap_writer *writer, struct bracket_pair *pair)
{
	pair->base = writer->line_indent;
	if (writer->text_indent > pair->base && (pair->is_in_template || pair->kind == BRACKET_TEMPLATE))
		pair->base = writer->text_indent; /* a line in `${ }` is indented deeper than the text of its string */
	if (!pair->is_multiline && is_too_wide(writer, pair))
		pair->is_multiline = pair->is_split = true;
	pair->indent = pair->base + (pair->is_multiline ? FORMAT_STEP : 0);
	pair->continuation = pair->indent + (pair->is_multiline && pair->kind == BRACKET_GROUP ? 0 : FORMAT_STEP);
	if (pair->is_multiline && !pair->is_split)
		pair->is_split = has_wide_line(writer->outline, pair);
}

/* The piece of a group before which to write a comma: where the comma was, but not after a comment that ends its line. */
static uint32_t comma_gap(const struct format_outline *outline, uint32_t first, uint32_t last)
{
	for (uint32_t at = first; at <= last; at++)
		if (outline->pieces[at].commas && (at == first || !format_is_line_comment(outline, &outline->pieces[at - 1])))
			return at;
	return first;
}

/* Whether the body of a comprehension must start on a line of its own. */
static bool has_wide_body(const struct gap_writer *writer, const struct bracket_pair *pair)
{
	const struct format_outline *outline = writer->outline;
	uint32_t end = line_end(outline, pair->body);
	return pair->closer && outline->pieces[pair->body].kind != TOKEN_LBRACE &&
	       writer->column + 1 + width_between(outline, pair->body, end < pair->closer ? end : pair->closer - 1) > FORMAT_WIDTH;
}

/* The piece of a group before which to start a line that the author did not start, or 0. */
static uint32_t find_break_gap(const struct gap_writer *writer, uint32_t first, uint32_t last)
{
	const struct format_outline *outline = writer->outline;
	const struct format_piece *piece = &outline->pieces[last];
	const struct bracket_pair *pair = &outline->pairs.items[piece->pair];
	if (!pair->is_multiline || last == 1)
		return 0;
	if (piece->gap == GAP_INSIDE)
		return pair->body == last && has_wide_body(writer, pair) ? first : 0;
	if (piece->gap == GAP_CLOSE)
		return last;
	for (uint32_t at = first; at <= last; at++)
		if (format_keeps_line(outline, at))
			return 0;
	if (piece->gap == GAP_OPEN)
		return pair->kind == BRACKET_FILE ? 0 : first;
	return pair->is_split || writer->line_start > 2 * pair->last_item ? comma_gap(outline, first, last) : 0;
}

/* The piece of a group whose gap gets a comma, or 0. */
static uint32_t find_comma_gap(const struct gap_writer *writer, uint32_t first, uint32_t last, uint32_t new_line)
{
	const struct format_outline *outline = writer->outline;
	const struct format_piece *piece = &outline->pieces[last];
	const struct bracket_pair *pair = &outline->pairs.items[piece->pair];
	bool is_list = pair->kind == BRACKET_LIST || pair->kind == BRACKET_TEXTS;
	bool is_open_end = pair->kind == BRACKET_TEXTS && outline->pieces[first - 1].kind == TOKEN_ELLIPSIS;
	bool has_line = new_line != 0;
	for (uint32_t at = first; at <= last; at++) {
		has_line |= format_keeps_line(outline, at);
		if (outline->pieces[at].commas && is_frozen(outline, at))
			return 0;
	}
	bool has_comma = piece->gap == GAP_ITEM    ? is_list || !has_line
	                 : piece->gap == GAP_CLOSE ? is_list && pair->is_multiline && pair->item_count && !is_open_end
	                                           : false;
	return has_comma ? comma_gap(outline, first, last) : 0;
}

/* Writes the gaps of the group from piece `first` to piece `last`, and moves the state past their text. */
static void put_group(struct gap_writer *writer, uint32_t first, uint32_t last)
{
	struct format_outline *outline = writer->outline;
	const struct format_piece *piece = &outline->pieces[last];
	struct bracket_pair *pair = &outline->pairs.items[piece->pair];
	uint32_t new_line = find_break_gap(writer, first, last), comma = find_comma_gap(writer, first, last, new_line);
	for (uint32_t at = first; at <= last; at++) {
		const struct format_piece *here = &outline->pieces[at];
		const char *text = outline->tree->file->text + here->start;
		writer->gap.length = 0;
		if (at == comma)
			text_putc(&writer->gap, ',');
		if (at == new_line || format_keeps_line(outline, at))
			add_lines(writer, at, last);
		else
			text_repeat(&writer->gap, ' ', format_blanks(outline, at));
		put_gap(writer, at, last);
		advance(writer, text, here->end - here->start, 2 * at + 1, false);
	}
	if (piece->gap == GAP_OPEN || piece->gap == GAP_ITEM)
		pair->last_item = last;
	if (piece->opened_pair)
		open_pair(writer, &outline->pairs.items[piece->opened_pair]);
}

struct format_edits format_layout(struct format_outline *outline)
{
	struct gap_writer writer = {.outline = outline};
	for (uint32_t first = 1, last; first < outline->count; first = last + 1) {
		for (last = first; format_is_comment(&outline->pieces[last]); last++)
			;
		put_group(&writer, first, last);
	}
	text_free(&writer.gap);
	return (struct format_edits){writer.edits.items, writer.edits.count};
}

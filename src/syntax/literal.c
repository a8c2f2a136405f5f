#include "syntax/literal.h"

#include "base/text.h"
#include "base/utf8.h"

#include <string.h>

/* Decodes `\u{…}`; `at` is after the backslash. An invalid escape is taken literally. */
static const char *decode_code_point(const char *at, const char *end, char **out)
{
	uint32_t value = 0;
	const char *digit = at + 2;
	for (; digit < end && digit < at + 8 && strchr("0123456789abcdefABCDEF", *digit); digit++)
		value = value * 16 + (uint32_t)(*digit <= '9' ? *digit - '0' : (*digit | 32) - 'a' + 10);
	if (at + 1 >= end || at[1] != '{' || digit == at + 2 || digit >= end || *digit != '}') {
		*(*out)++ = '\\';
		*(*out)++ = 'u';
		return at + 1;
	}
	*out += utf8_encode(*out, value ? value : 0xFFFD); /* the lexer has reported an invalid code point */
	return digit + 1;
}

static const char *decode_escape(const char *at, const char *end, char **out)
{
	static const char escapes[] = "n\nt\tr\r\"\"\\\\$$";
	if (at < end && *at == 'u')
		return decode_code_point(at, end, out);
	for (const char *pair = escapes; *pair && at < end; pair += 2)
		if (*pair == *at) {
			*(*out)++ = pair[1];
			return at + 1;
		}
	*(*out)++ = '\\';
	return at;
}

/* Decodes escapes. In a multi-line string, also removes up to `indent` blanks from the start of each line. */
static char *decode(char *out, const char *at, const char *end, size_t indent)
{
	while (at < end) {
		if (*at == '\\') {
			at = decode_escape(at + 1, end, &out);
			continue;
		}
		if (*at == '\r' && at + 1 < end && at[1] == '\n')
			at++;
		bool is_line_end = *at == '\n';
		*out++ = *at++;
		for (size_t i = 0; is_line_end && i < indent && at < end && (*at == ' ' || *at == '\t'); i++)
			at++;
	}
	return out;
}

/* The content of a string token, without quotes, `}` and `${`; `is_open` if it ends with a `${`. */
static struct span content(const char *text, struct span span, bool is_triple, bool is_open)
{
	uint32_t start = span.start, end = span.end;
	uint32_t quotes = is_triple ? 3 : 1;
	if (start == end)
		return span;
	start += text[start] == '}' ? 1 : quotes;
	if (is_open)
		end -= 2;
	else if (end >= start + quotes && memcmp(text + end - quotes, "\"\"\"", quotes) == 0)
		end -= quotes;
	return span_of(start < end ? start : end, end);
}

/* The indentation that all lines that start in this content share, at most `indent`. Blank lines do not count, except
 * the last line, which holds the closing quotes. */
static size_t common_indent(const char *at, const char *end, size_t indent)
{
	while ((at = memchr(at, '\n', (size_t)(end - at)))) {
		size_t blanks = 0;
		for (at++; at + blanks < end && (at[blanks] == ' ' || at[blanks] == '\t');)
			blanks++;
		bool is_blank = at + blanks < end && (at[blanks] == '\n' || at[blanks] == '\r');
		if (!is_blank && blanks < indent)
			indent = blanks;
	}
	return indent;
}

static bool is_triple_quoted(const char *text, struct span span)
{
	return span.end - span.start >= 3 && memcmp(text + span.start, "\"\"\"", 3) == 0;
}

/* Skips the line end after the opening quotes of a multi-line string, and the indentation after it. */
static const char *skip_first_line(const char *at, const char *end, size_t indent)
{
	const char *line = at;
	while (line < end && (*line == ' ' || *line == '\t' || *line == '\r'))
		line++;
	if (line == end || *line != '\n')
		return at;
	line++;
	for (size_t i = 0; i < indent && line < end && (*line == ' ' || *line == '\t'); i++)
		line++;
	return line;
}

static const struct word *decode_word(struct arena *arena, struct names *names, const char *at, const char *end,
                                      size_t indent)
{
	if (indent == 0 && !memchr(at, '\\', (size_t)(end - at)) && !memchr(at, '\r', (size_t)(end - at)))
		return names_intern(names, at, (size_t)(end - at));
	char buffer[256];
	size_t room = (size_t)(end - at) + 4;
	bool is_small = room <= sizeof buffer;
	char *out = is_small ? buffer : arena_alloc(arena, room);
	char *stop = decode(out, at, end, indent);
	return names_intern(names, out, (size_t)(stop - out));
}

const struct word *literal_string(struct arena *arena, struct names *names, const char *text, struct span span)
{
	bool is_triple = is_triple_quoted(text, span);
	struct span inner = content(text, span, is_triple, false);
	const char *at = text + inner.start, *end = text + inner.end;
	size_t indent = 0;
	if (is_triple) {
		indent = common_indent(at, end, SIZE_MAX);
		at = skip_first_line(at, end, indent);
	}
	return decode_word(arena, names, at, end, indent);
}

void literal_template(struct arena *arena, struct names *names, const char *text, struct node *node)
{
	bool is_triple = is_triple_quoted(text, node_span(node->first));
	size_t indent = is_triple ? SIZE_MAX : 0;
	/* text and expressions alternate; the first and last parts are text */
	for (struct node *part = node->first; part && is_triple; part = part->next ? part->next->next : NULL) {
		struct span inner = content(text, node_span(part), is_triple, part->next);
		indent = common_indent(text + inner.start, text + inner.end, indent);
	}
	for (struct node *part = node->first; part; part = part->next ? part->next->next : NULL) {
		struct span inner = content(text, node_span(part), is_triple, part->next);
		const char *at = text + inner.start, *end = text + inner.end;
		if (is_triple && part == node->first)
			at = skip_first_line(at, end, indent);
		part->name_start = part->start;
		part->name_end = part->end;
		part->word = decode_word(arena, names, at, end, indent);
	}
}

const struct word *literal_number(struct arena *arena, struct names *names, const char *text, struct span span)
{
	size_t length = span.end - span.start, kept = 0;
	if (!memchr(text + span.start, '_', length))
		return names_intern(names, text + span.start, length);
	char *digits = arena_alloc(arena, length);
	for (uint32_t at = span.start; at < span.end; at++)
		if (text[at] != '_')
			digits[kept++] = text[at];
	return names_intern(names, digits, kept);
}

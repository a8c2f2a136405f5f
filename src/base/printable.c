#include "base/printable.h"

#include "base/utf8.h"

#include <string.h>

enum { REPLACEMENT = 0xFFFD };

size_t printable_decode(const char *bytes, size_t left, uint32_t *code_point)
{
	/* only the first sequence must be valid, and it has at most four bytes; a later one may be cut */
	if (utf8_find_invalid(bytes, left < 4 ? left : 4))
		return utf8_decode(bytes, code_point);
	*code_point = REPLACEMENT;
	return 1;
}

bool printable_is_control(uint32_t c)
{
	return c < 0x20 || (c >= 0x7F && c < 0xA0) || /* C0, DEL, C1 */
	       c == 0x200E || c == 0x200F ||          /* left-to-right and right-to-left marks */
	       (c >= 0x2028 && c <= 0x202E) ||        /* line ends, embeddings, overrides */
	       (c >= 0x2066 && c <= 0x2069);          /* isolates */
}

void printable_put(struct text *text, const char *string)
{
	uint32_t c;
	for (size_t left = strlen(string), n; left; string += n, left -= n) {
		n = printable_decode(string, left, &c);
		text_put_utf8(text, printable_is_control(c) ? REPLACEMENT : c);
	}
}

void printable_put_utf8(struct text *text, const char *string)
{
	uint32_t c;
	for (size_t left = strlen(string), n; left; string += n, left -= n) {
		n = printable_decode(string, left, &c);
		text_put_utf8(text, c);
	}
}

size_t printable_columns(const char *string)
{
	size_t columns = 0;
	uint32_t c;
	for (size_t left = strlen(string), n; left; string += n, left -= n) {
		n = printable_decode(string, left, &c);
		columns += printable_is_control(c) ? 1 : (size_t)utf8_columns(c);
	}
	return columns;
}

size_t printable_put_cut(struct text *text, const char *string, size_t width)
{
	size_t used = 0, left = strlen(string);
	bool is_cut = printable_columns(string) > width;
	while (left) {
		uint32_t c;
		size_t length = printable_decode(string, left, &c);
		size_t more = printable_is_control(c) ? 1 : (size_t)utf8_columns(c);
		if (is_cut && used + more + 1 > width)
			break;
		text_put_utf8(text, printable_is_control(c) ? REPLACEMENT : c);
		used += more;
		string += length;
		left -= length;
	}
	if (is_cut)
		text_puts(text, "…");
	return used + is_cut;
}

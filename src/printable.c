#include "printable.h"

#include <string.h>

enum { REPLACEMENT = 0xFFFD };

size_t printable_decode(const char *bytes, size_t left, uint32_t *code_point)
{
	/* four bytes hold the longest sequence; what follows it may be cut there without harm */
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

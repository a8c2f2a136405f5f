/* UTF-8: code points encoded, decoded, counted and validated. */
#ifndef SP_UTF8_H
#define SP_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Whether a byte continues a code point, that is, does not begin one. */
static inline bool utf8_continues(char byte)
{
	return ((unsigned char)byte & 0xC0) == 0x80;
}

/* Encodes one code point into `out`, 1 to 4 bytes, and gives their number. One that is not a scalar value becomes U+FFFD. */
size_t utf8_encode(char *out, uint32_t code_point);

/* The number of code points in valid UTF-8. */
size_t utf8_count(const char *bytes, size_t length);

/* Decodes one code point of valid UTF-8 at `bytes` and gives its length in bytes (1 to 4). */
size_t utf8_decode(const char *bytes, uint32_t *code_point);

/* The offset of the first byte that is not valid UTF-8, or `length` when all is. Overlong forms, surrogates
 * and code points above U+10FFFF are not valid (RFC 3629). */
size_t utf8_find_invalid(const char *bytes, size_t length);

/* How many terminal columns a code point takes: 0 for combining marks, 2 for East Asian wide ones, else 1. */
int utf8_columns(uint32_t code_point);

#endif

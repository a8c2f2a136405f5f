/* UTF-8: encodes, decodes, counts and validates code points. */
#ifndef SP_UTF8_H
#define SP_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Whether a byte is a continuation byte, that is, not the first of a code point. */
static inline bool utf8_continues(char byte)
{
	return ((unsigned char)byte & 0xC0) == 0x80;
}

/* Encodes one code point into `out` and returns its length, 1 to 4 bytes. U+FFFD is written if it is not a scalar value. */
size_t utf8_encode(char *out, uint32_t code_point);

/* The number of code points in valid UTF-8. */
size_t utf8_count(const char *bytes, size_t length);

/* Decodes one code point of valid UTF-8 and returns its length, 1 to 4 bytes. */
size_t utf8_decode(const char *bytes, uint32_t *code_point);

/* The offset of the first byte that is not valid UTF-8, or `length` if all are. Overlong forms, surrogates and code
 * points above U+10FFFF are invalid (RFC 3629). */
size_t utf8_find_invalid(const char *bytes, size_t length);

/* The number of terminal columns of a code point: 0 for combining marks, 2 for wide East Asian characters, else 1. */
int utf8_columns(uint32_t code_point);

#endif

/* Growing text on the heap: what is printed, emitted or joined is built in one and written whole.
 *
 * The owner calls text_free. Nothing here knows files or terminals. */
#ifndef SP_TEXT_H
#define SP_TEXT_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

/* Zero-initialise to get an empty text. `bytes` is NUL-terminated once anything was added. */
struct text {
	char *bytes;
	size_t length, room;
};

void text_add(struct text *text, const char *bytes, size_t length);
void text_puts(struct text *text, const char *string);
void text_putc(struct text *text, char c);
/* Room for `length` bytes behind the text, for a caller that writes them itself and then adds to `length`; the NUL is
 * the caller's, too. */
char *text_room(struct text *text, size_t length);

void text_repeat(struct text *text, char c, size_t times);
void text_printf(struct text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Adds a code point as UTF-8; one that is not a scalar value becomes U+FFFD. */
void text_put_utf8(struct text *text, uint32_t code_point);

/* The string, never NULL. */
const char *text_string(const struct text *text);

void text_free(struct text *text);

/* Decodes one code point of valid UTF-8 at `bytes` and gives its length in bytes (1 to 4). */
size_t utf8_decode(const char *bytes, uint32_t *code_point);

/* The offset of the first byte that is not valid UTF-8, or `length` when all is. Overlong forms, surrogates
 * and code points above U+10FFFF are not valid (RFC 3629). */
size_t utf8_find_invalid(const char *bytes, size_t length);

/* How many terminal columns a code point takes: 0 for combining marks, 2 for East Asian wide ones, else 1. */
int utf8_columns(uint32_t code_point);

#endif

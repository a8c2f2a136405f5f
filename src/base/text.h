/* A growing string on the heap, in which output is built before it is written.
 *
 * The owner calls text_free. Nothing here knows files or terminals. */
#ifndef SP_TEXT_H
#define SP_TEXT_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

/* Zero-initialize to get an empty text. `bytes` is NULL at first, and NUL-terminated once anything was added. */
struct text {
	char *bytes;
	size_t length, room;
};

void text_add(struct text *text, const char *bytes, size_t length);
void text_puts(struct text *text, const char *string);
void text_putc(struct text *text, char c);
/* Makes room for `length` bytes and a NUL, and returns where they start: at the end of the text. The caller writes them
 * and then increases `text->length`. */
char *text_room(struct text *text, size_t length);

void text_repeat(struct text *text, char c, size_t times);
void text_printf(struct text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Appends a code point as UTF-8; U+FFFD if it is not a scalar value. */
void text_put_utf8(struct text *text, uint32_t code_point);

/* Appends "a, b or c": the words that `word` gives for 0, 1 and so on until NULL; `note` follows the first. */
void text_put_choices(struct text *text, const char *(*word)(size_t index), const char *note);

/* The text as a C string; never NULL. */
const char *text_string(const struct text *text);

void text_free(struct text *text);

#endif

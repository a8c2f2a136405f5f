/* Makes text safe to show. Whatever the input bytes, the output is valid UTF-8. A character that could move the
 * cursor, reorder a line or hide in it becomes U+FFFD.
 *
 * File names, and messages and excerpts that quote a program, are written with these functions. */
#ifndef SP_PRINTABLE_H
#define SP_PRINTABLE_H

#include "base/text.h"

#include <stdbool.h>

/* Decodes one code point from `left` bytes (at least one) and returns its length. A byte that is not UTF-8 decodes as
 * U+FFFD. */
size_t printable_decode(const char *bytes, size_t left, uint32_t *code_point);

/* Whether a code point must not be written unchanged: a control character or a bidirectional control. */
bool printable_is_control(uint32_t code_point);

/* Appends a string for display on one line: controls (see printable_is_control), including line ends, become U+FFFD. */
void printable_put(struct text *text, const char *string);

/* Appends a string as valid UTF-8 and keeps control characters, for formats that escape them. */
void printable_put_utf8(struct text *text, const char *string);

/* The number of terminal columns that printable_put fills. */
size_t printable_columns(const char *string);

/* Like printable_put, but a string wider than `width` columns (at least 1) is cut and ends with `…`. Returns the
 * columns used. */
size_t printable_put_cut(struct text *text, const char *string, size_t width);

#endif

/* Text made fit to be shown: whatever the bytes are, the result is valid UTF-8, and what could move a
 * terminal's cursor, reorder a line or hide in it appears as U+FFFD.
 *
 * File names, messages that quote a program, and programs themselves pass through here on their way out. */
#ifndef SP_PRINTABLE_H
#define SP_PRINTABLE_H

#include "base/text.h"

#include <stdbool.h>

/* Decodes one code point of any bytes, `left` of them and at least one, and gives its length; a byte that is
 * not UTF-8 counts as U+FFFD. */
size_t printable_decode(const char *bytes, size_t left, uint32_t *code_point);

/* Whether a code point is a control or a bidirectional override, that is, not to be written as it is. */
bool printable_is_control(uint32_t code_point);

/* Adds a string as it is shown on one line: controls, line ends too, become U+FFFD. */
void printable_put(struct text *text, const char *string);

/* Adds a string with its controls, for formats that escape them. */
void printable_put_utf8(struct text *text, const char *string);

/* How many terminal columns printable_put takes. */
size_t printable_columns(const char *string);

/* As printable_put, but what takes more than `width` columns, one at least, ends in `…`; gives the columns that it takes. */
size_t printable_put_cut(struct text *text, const char *string, size_t width);

#endif

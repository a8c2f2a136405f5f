/* Columns of a table in a terminal or log. */
#ifndef SP_COLUMNS_H
#define SP_COLUMNS_H

#include "base/text.h"

/* Appends the spaces that fill a column of `width` after `used` terminal columns. */
void columns_pad(struct text *out, size_t used, size_t width);

/* Appends a string as printable_put does, padded to `width`. */
void columns_put(struct text *out, const char *string, size_t width);

/* Removes spaces at the end, and appends a line end. */
void columns_end_line(struct text *out);

#endif

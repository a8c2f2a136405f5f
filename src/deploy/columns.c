#include "deploy/columns.h"

#include "base/printable.h"

void columns_pad(struct text *out, size_t used, size_t width)
{
	text_repeat(out, ' ', used < width ? width - used : 0);
}

void columns_put(struct text *out, const char *string, size_t width)
{
	printable_put(out, string);
	columns_pad(out, printable_columns(string), width);
}

void columns_end_line(struct text *out)
{
	while (out->length && out->bytes[out->length - 1] == ' ')
		out->length--;
	text_putc(out, '\n');
}

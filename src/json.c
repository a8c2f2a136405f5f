#include "json.h"

#include <stdbool.h>

static const bool needs_escape[256] = {
	1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
	['"'] = 1, ['\\'] = 1, [0x7f] = 1,
};

void json_add_string(struct text *out, const char *bytes, size_t length)
{
	text_putc(out, '"');
	size_t plain = 0; /* where the part that needs no escape begins */
	for (size_t i = 0; i < length; i++) {
		unsigned char c = (unsigned char)bytes[i];
		if (!needs_escape[c])
			continue;
		text_add(out, bytes + plain, i - plain);
		plain = i + 1;
		if (c == '"' || c == '\\')
			text_printf(out, "\\%c", c);
		else if (c == '\n')
			text_puts(out, "\\n");
		else if (c == '\t')
			text_puts(out, "\\t");
		else if (c == '\r')
			text_puts(out, "\\r");
		else
			text_printf(out, "\\u%04x", c);
	}
	text_add(out, bytes + plain, length - plain);
	text_putc(out, '"');
}

#include "base/json.h"

#include <stdbool.h>
#include <string.h>

static const bool needs_escape[256] = {
	1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
	['"'] = 1, ['\\'] = 1, [0x7f] = 1,
};

static void add_escaped(struct text *out, const char *bytes, size_t length)
{
	static const char short_escapes[] = "\"\"\\\\\nn\tt\rr"; /* pairs: a byte, and the letter of its escape */
	size_t plain = 0;                                        /* start of the current run of bytes that need no escape */
	for (size_t i = 0; i < length; i++) {
		unsigned char c = (unsigned char)bytes[i];
		if (!needs_escape[c])
			continue;
		text_add(out, bytes + plain, i - plain);
		plain = i + 1;
		const char *pair = short_escapes;
		while (*pair && *pair != (char)c)
			pair += 2;
		if (*pair)
			text_printf(out, "\\%c", pair[1]);
		else
			text_printf(out, "\\u%04x", c);
	}
	text_add(out, bytes + plain, length - plain);
}

void json_add_string(struct text *out, const char *bytes, size_t length)
{
	size_t plain = 0;
	while (plain < length && !needs_escape[(unsigned char)bytes[plain]])
		plain++;
	char *at = text_room(out, length + 2);
	*at = '"';
	if (plain == length) { /* nearly always */
		if (length)
			memcpy(at + 1, bytes, length);
		at[length + 1] = '"';
		at[length + 2] = '\0';
		out->length += length + 2;
		return;
	}
	out->length++;
	add_escaped(out, bytes, length);
	text_putc(out, '"');
}

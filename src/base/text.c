#include "base/text.h"

#include "base/arena.h"
#include "base/utf8.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void grow(struct text *text, size_t more)
{
	size_t room = text->room ? text->room : 256;
	while (room - text->length <= more)
		room *= 2;
	char *bytes = realloc(text->bytes, room);
	if (!bytes)
		arena_exhausted();
	text->bytes = bytes;
	text->room = room;
}

static inline void reserve(struct text *text, size_t more)
{
	if (text->room - text->length <= more)
		grow(text, more);
}

char *text_room(struct text *text, size_t length)
{
	reserve(text, length);
	return text->bytes + text->length;
}

void text_add(struct text *text, const char *bytes, size_t length)
{
	reserve(text, length);
	if (length)
		memcpy(text->bytes + text->length, bytes, length);
	text->length += length;
	text->bytes[text->length] = '\0';
}

void text_puts(struct text *text, const char *string)
{
	text_add(text, string, strlen(string));
}

void text_putc(struct text *text, char c)
{
	reserve(text, 1);
	text->bytes[text->length++] = c;
	text->bytes[text->length] = '\0';
}

void text_repeat(struct text *text, char c, size_t times)
{
	reserve(text, times);
	memset(text->bytes + text->length, c, times);
	text->length += times;
	text->bytes[text->length] = '\0';
}

void text_printf(struct text *text, const char *format, ...)
{
	va_list args, args_copy;
	va_start(args, format);
	va_copy(args_copy, args);
	int length = vsnprintf(NULL, 0, format, args);
	va_end(args);
	reserve(text, (size_t)length + 1);
	vsnprintf(text->bytes + text->length, (size_t)length + 1, format, args_copy);
	va_end(args_copy);
	text->length += (size_t)length;
}

void text_put_utf8(struct text *text, uint32_t code_point)
{
	char bytes[4];
	text_add(text, bytes, utf8_encode(bytes, code_point));
}

void text_put_choices(struct text *text, const char *(*word)(size_t index), const char *note)
{
	for (size_t i = 0; word(i); i++)
		text_printf(text, "%s%s%s", i == 0 ? "" : word(i + 1) ? ", " : " or ", word(i), i == 0 ? note : "");
}

const char *text_string(const struct text *text)
{
	return text->bytes ? text->bytes : "";
}

void text_free(struct text *text)
{
	free(text->bytes);
	*text = (struct text){0};
}

#include "base/text.h"

#include "base/arena.h"

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
	va_list args, again;
	va_start(args, format);
	va_copy(again, args);
	int length = vsnprintf(NULL, 0, format, args);
	va_end(args);
	reserve(text, (size_t)length + 1);
	vsnprintf(text->bytes + text->length, (size_t)length + 1, format, again);
	va_end(again);
	text->length += (size_t)length;
}

void text_put_utf8(struct text *text, uint32_t c)
{
	if (c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF))
		c = 0xFFFD;
	char out[4];
	size_t n = 0;
	if (c < 0x80) {
		out[n++] = (char)c;
	} else if (c < 0x800) {
		out[n++] = (char)(0xC0 | c >> 6);
	} else if (c < 0x10000) {
		out[n++] = (char)(0xE0 | c >> 12);
		out[n++] = (char)(0x80 | (c >> 6 & 0x3F));
	} else {
		out[n++] = (char)(0xF0 | c >> 18);
		out[n++] = (char)(0x80 | (c >> 12 & 0x3F));
		out[n++] = (char)(0x80 | (c >> 6 & 0x3F));
	}
	if (c >= 0x80)
		out[n++] = (char)(0x80 | (c & 0x3F));
	text_add(text, out, n);
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

size_t utf8_decode(const char *bytes, uint32_t *code_point)
{
	const unsigned char *b = (const unsigned char *)bytes;
	if (b[0] < 0x80) {
		*code_point = b[0];
		return 1;
	}
	if (b[0] < 0xE0) {
		*code_point = (uint32_t)(b[0] & 0x1F) << 6 | (b[1] & 0x3F);
		return 2;
	}
	if (b[0] < 0xF0) {
		*code_point = (uint32_t)(b[0] & 0x0F) << 12 | (uint32_t)(b[1] & 0x3F) << 6 | (b[2] & 0x3F);
		return 3;
	}
	*code_point = (uint32_t)(b[0] & 0x07) << 18 | (uint32_t)(b[1] & 0x3F) << 12 |
	              (uint32_t)(b[2] & 0x3F) << 6 | (b[3] & 0x3F);
	return 4;
}

/* The length of the valid sequence at b, or 0. The second byte's range rules out overlong forms and surrogates. */
static size_t sequence_length(const unsigned char *b, size_t left)
{
	if (b[0] < 0x80)
		return 1;
	if (b[0] < 0xC2 || b[0] > 0xF4)
		return 0;
	size_t length = b[0] < 0xE0 ? 2 : b[0] < 0xF0 ? 3 : 4;
	if (left < length)
		return 0;
	unsigned char low = b[0] == 0xE0 ? 0xA0 : b[0] == 0xF0 ? 0x90 : 0x80;
	unsigned char high = b[0] == 0xED ? 0x9F : b[0] == 0xF4 ? 0x8F : 0xBF;
	if (b[1] < low || b[1] > high)
		return 0;
	for (size_t i = 2; i < length; i++)
		if ((b[i] & 0xC0) != 0x80)
			return 0;
	return length;
}

size_t utf8_find_invalid(const char *bytes, size_t length)
{
	const unsigned char *b = (const unsigned char *)bytes;
	size_t at = 0;
	while (at < length) {
		if (b[at] < 0x80) {
			at++;
			continue;
		}
		size_t n = sequence_length(b + at, length - at);
		if (!n)
			break;
		at += n;
	}
	return at;
}

/* Ranges of East Asian Width W and F, and of combining marks, at the grain that diagnostics need
 * (Unicode, EastAsianWidth and general category Mn). */
int utf8_columns(uint32_t c)
{
	static const struct {
		uint32_t first, last;
		int columns;
	} ranges[] = {
		{0x0300, 0x036F, 0},   {0x0483, 0x0489, 0},   {0x0591, 0x05BD, 0},   {0x0610, 0x061A, 0},
		{0x064B, 0x065F, 0},   {0x1100, 0x115F, 2},   {0x1AB0, 0x1AFF, 0},   {0x1DC0, 0x1DFF, 0},
		{0x200B, 0x200F, 0},   {0x20D0, 0x20FF, 0},   {0x2E80, 0x303E, 2},   {0x3041, 0xA4CF, 2},
		{0xAC00, 0xD7A3, 2},   {0xF900, 0xFAFF, 2},   {0xFE00, 0xFE0F, 0},   {0xFE20, 0xFE2F, 0},
		{0xFE30, 0xFE6F, 2},   {0xFF00, 0xFF60, 2},   {0xFFE0, 0xFFE6, 2},   {0x1F300, 0x1F64F, 2},
		{0x1F680, 0x1F6FF, 2}, {0x1F900, 0x1F9FF, 2}, {0x20000, 0x3FFFD, 2},
	};
	for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
		if (c >= ranges[i].first && c <= ranges[i].last)
			return ranges[i].columns;
	return 1;
}

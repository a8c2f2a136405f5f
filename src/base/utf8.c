#include "base/utf8.h"

size_t utf8_encode(char *out, uint32_t c)
{
	if (c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF))
		c = 0xFFFD;
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
	return n;
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

/* The length of the valid sequence at `b`, or 0. The range of the second byte excludes overlong forms and surrogates. */
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
		if (!utf8_continues((char)b[i]))
			return 0;
	return length;
}

size_t utf8_count(const char *bytes, size_t length)
{
	size_t count = 0;
	for (size_t i = 0; i < length; i++)
		count += !utf8_continues(bytes[i]);
	return count;
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

/* Ranges of East Asian Width W and F, and of combining marks, as precise as diagnostics need (Unicode:
 * EastAsianWidth, and general category Mn). */
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

#include "base/uri.h"

#include <string.h>
#include <strings.h>

static int hex_digit(char c)
{
	static const char digits[] = "0123456789abcdef";
	const char *at = c ? strchr(digits, c >= 'A' && c <= 'F' ? c - 'A' + 'a' : c) : NULL;
	return at ? (int)(at - digits) : -1;
}

bool uri_to_path(struct text *path, const char *uri)
{
	if (strncasecmp(uri, "file:", 5) != 0)
		return false;
	uri += 5;
	if (strncmp(uri, "//", 2) == 0) {
		uri += 2;
		if (strncasecmp(uri, "localhost/", 10) == 0)
			uri += 9;
	}
	if (*uri != '/')
		return false;
	size_t before = path->length;
	for (; *uri && *uri != '?' && *uri != '#'; uri++) {
		int high = *uri == '%' ? hex_digit(uri[1]) : -1, low = high < 0 ? -1 : hex_digit(uri[2]);
		char byte = low < 0 ? *uri : (char)(high * 16 + low);
		if (!byte) {
			path->length = before;
			path->bytes[before] = '\0';
			return false;
		}
		text_putc(path, byte);
		uri += low < 0 ? 0 : 2;
	}
	return true;
}

void uri_add_path(struct text *uri, const char *path)
{
	static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/";
	for (; *path; path++)
		if (strchr(plain, *path))
			text_putc(uri, *path);
		else
			text_printf(uri, "%%%02X", (unsigned char)*path);
}

void uri_from_path(struct text *uri, const char *path)
{
	text_puts(uri, "file://");
	uri_add_path(uri, path);
}

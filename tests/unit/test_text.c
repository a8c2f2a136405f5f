/* text, UTF-8 and JSON strings, byte for byte. */
#include "base/json.h"
#include "base/utf8.h"
#include "tap.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static void is_text(struct text *text, const char *expected, const char *name)
{
	tap_is(text_string(text), expected, name);
	text_free(text);
}

static void test_building(void)
{
	struct text text = {0};
	tap_is(text_string(&text), "", "a text without bytes is the empty string");
	text_add(&text, NULL, 0);
	tap_is(text_string(&text), "", "adding nothing adds nothing");
	text_puts(&text, "");
	text_putc(&text, 'a');
	text_repeat(&text, '-', 3);
	text_repeat(&text, '-', 0);
	text_printf(&text, "%s%d", "b", 7);
	is_text(&text, "a---b7", "parts are appended in order");

	for (unsigned i = 0; i < 1000; i++)
		text_printf(&text, "%u", i % 10);
	tap_ok(text.length == 1000 && strlen(text.bytes) == 1000, "a long text grows and ends with NUL");
	text_free(&text);
	tap_ok(!text.bytes && !text.length, "a freed text is empty");
	text_printf(&text, "%*s", 5000, "x");
	tap_ok(text.length == 5000, "one text_printf may be longer than the allocated room");
	text_free(&text);
}

static void test_code_points(void)
{
	static const struct {
		uint32_t code_point;
		const char *bytes;
	} points[] = {
		{0x24, "$"}, {0x7F, "\x7F"}, {0x80, "\xC2\x80"}, {0x7FF, "\xDF\xBF"}, {0x800, "\xE0\xA0\x80"},
		{0xFFFD, "\xEF\xBF\xBD"}, {0x10000, "\xF0\x90\x80\x80"}, {0x10FFFF, "\xF4\x8F\xBF\xBF"},
	};
	for (size_t i = 0; i < COUNT(points); i++) {
		struct text text = {0};
		uint32_t back;
		text_put_utf8(&text, points[i].code_point);
		size_t length = utf8_decode(text.bytes, &back);
		tap_ok(back == points[i].code_point && length == text.length, "a code point is encoded and decoded");
		is_text(&text, points[i].bytes, "a code point is encoded as RFC 3629 says");
	}
	struct text text = {0};
	text_put_utf8(&text, 0xD800);
	text_put_utf8(&text, 0x110000);
	is_text(&text, "\xEF\xBF\xBD\xEF\xBF\xBD", "a code point that is not a scalar value becomes U+FFFD");
}

static void test_validity(void)
{
	static const struct {
		const char *bytes, *name;
		size_t invalid;
	} cases[] = {
		{"abc\xC3\xA9", "valid text has no invalid byte", 5},        {"a\x80", "a lone continuation byte is invalid", 1},
		{"a\xC3", "a truncated sequence is invalid", 1},    {"\xC0\x80", "an overlong NUL is invalid", 0},
		{"\xE0\x9F\xBF", "an overlong form is invalid", 0}, {"\xED\xA0\x80", "a surrogate is invalid", 0},
		{"\xF4\x90\x80\x80", "a code point above U+10FFFF is invalid", 0}, {"ab\xFF", "a byte that UTF-8 never uses is invalid", 2},
		{"", "empty text is valid", 0},
	};
	for (size_t i = 0; i < COUNT(cases); i++)
		tap_ok(utf8_find_invalid(cases[i].bytes, strlen(cases[i].bytes)) == cases[i].invalid, cases[i].name);
	tap_ok(utf8_find_invalid("a\0b", 3) == 3, "a NUL is valid");
	tap_ok(utf8_columns('a') == 1 && utf8_columns(0x301) == 0 && utf8_columns(0x65E5) == 2, "characters take one, no or two columns of a terminal");
}

static void test_json(void)
{
	static const struct {
		const char *text, *json, *name;
		size_t length;
	} cases[] = {
		{"", "\"\"", "an empty string has only quotes", 0},
		{"a\"b\\c/", "\"a\\\"b\\\\c/\"", "quotes and backslashes are escaped, slashes are not", 6},
		{"\n\t\r", "\"\\n\\t\\r\"", "newline, tab and carriage return have short escapes", 3},
		{"\x01\x1F\x7F", "\"\\u0001\\u001f\\u007f\"", "other control characters are escaped by number", 3},
		{"a\0b", "\"a\\u0000b\"", "a NUL is escaped", 3},
		{"\xC3\xA9\xF0\x9F\x98\x80", "\"\xC3\xA9\xF0\x9F\x98\x80\"", "UTF-8 is not escaped", 6},
		{"\"", "\"\\\"\"", "a string may consist of one escape", 1},
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct text text = {0};
		json_add_string(&text, cases[i].text, cases[i].length);
		is_text(&text, cases[i].json, cases[i].name);
	}
}

int main(void)
{
	test_building();
	test_code_points();
	test_validity();
	test_json();
	return tap_done();
}

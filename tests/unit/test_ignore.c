/* ignore: which paths the patterns of an ignore file match. tests/cli/ignore.sh compares with git. */
#include "eval/assets/ignore.h"
#include "tap.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* A path that ends with a `/` is a folder. The expected verdict: `-` excluded, `+` included, `*` included by a pattern for every
 * name, `?` unknown. */
static const struct {
	const char *name, *lines, *path;
	char expected;
} cases[] = {
	{"no line", "", "a", '?'},
	{"a comment", "#a", "#a", '?'},
	{"an escaped #", "\\#a", "#a", '-'},
	{"an escaped !", "\\!a", "!a", '-'},
	{"a name at any depth", "a", "x/y/a", '-'},
	{"a name is not a part of a name", "a", "ab", '?'},
	{"a leading slash anchors", "/a", "x/a", '?'},
	{"a leading slash matches at the top", "/a", "a", '-'},
	{"a slash in the middle anchors", "x/a", "y/x/a", '?'},
	{"a trailing slash does not anchor", "a/", "x/a/", '-'},
	{"a trailing slash matches only folders", "a/", "a", '?'},
	{"the last match decides", "*.py\n!a.py", "a.py", '+'},
	{"the last match decides, in the other order", "!a.py\n*.py", "a.py", '-'},
	{"a pattern that includes every name", "*\n!*/", "a/", '*'},
	{"a star does not match a slash", "x/*", "x/y/z", '?'},
	{"a star matches nothing", "a*b", "ab", '-'},
	{"several stars", "a*b*c", "axbybzc", '-'},
	{"a question mark matches one byte", "a?c", "abc", '-'},
	{"a question mark does not match a slash", "x/a?c", "x/a/c", '?'},
	{"a set", "[a-c]x", "bx", '-'},
	{"a negated set", "[!a-c]x", "bx", '?'},
	{"a set negated by ^", "[^a-c]x", "dx", '-'},
	{"a ] first in a set", "[]a]", "]", '-'},
	{"a - last in a set", "[a-]", "-", '-'},
	{"a class", "[[:digit:]]", "7", '-'},
	{"an unknown class", "[[:number:]]", "7", '?'},
	{"a set without an end", "[a", "[a", '?'},
	{"an escape in a set", "[\\]]", "]", '-'},
	{"an escaped star", "\\*", "a", '?'},
	{"an escape at the end", "a\\", "a\\", '?'},
	{"trailing spaces", "a  ", "a", '-'},
	{"an escaped trailing space", "a\\ ", "a ", '-'},
	{"an escaped space before others", "a\\   ", "a ", '-'},
	{"leading spaces", " a", " a", '-'},
	{"a tab is not trimmed", "a\t", "a", '?'},
	{"the line ends of Windows", "a\r\nb\r\n", "a", '-'},
	{"a byte order mark", "\xEF\xBB\xBF" "a", "a", '-'},
	{"the last line without an end", "b\na", "a", '-'},
	{"two stars first, and no folder", "**/a", "a", '-'},
	{"two stars first, and folders", "**/a/b", "x/y/a/b", '-'},
	{"two stars last", "a/**", "a/x/y", '-'},
	{"two stars last do not match the folder", "a/**", "a/", '?'},
	{"two stars in the middle, and no folder", "a/**/b", "a/b", '-'},
	{"two stars in the middle, and folders", "a/**/b", "a/x/y/b", '-'},
	{"two pairs of stars", "**/a/**/b", "a/x/a/y/b", '-'},
	{"two stars in a name", "x/*a**b", "x/ca/b", '?'},
	{"only a slash", "/", "a/", '?'},
	{"only a !", "!", "a", '?'},
	{"many stars are fast", "*a*a*a*a*a*a*a*a*a*a*a*a*b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", '?'},
};

static void test_cases(void)
{
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct arena arena = {0};
		struct ignore_rules rules = {0};
		char title[200], path[200];
		size_t length = strlen(cases[i].path);
		bool is_folder = cases[i].path[length - 1] == '/';
		ignore_add_lines(&arena, &rules, cases[i].lines, strlen(cases[i].lines));
		snprintf(path, sizeof path, "%.*s", (int)length - is_folder, cases[i].path);
		char verdict = "?-+*"[ignore_find(&rules, path, is_folder)];
		snprintf(title, sizeof title, "%s: %c", cases[i].name, verdict);
		tap_ok(verdict == cases[i].expected, title);
		arena_free(&arena);
	}
}

/* The pattern of a path matches this path, and neither another one nor the same name elsewhere. */
static void test_pattern_of_path(void)
{
	static const char *const paths[] = {"a", "a/b.json", "a*", "a?[b]", "a\\b", "a  ", "!a", "#a"};
	bool is_good = true;
	for (size_t i = 0; i < COUNT(paths); i++) {
		struct arena arena = {0};
		struct ignore_rules rules = {0};
		const char *pattern = ignore_pattern_of(&arena, paths[i]);
		ignore_add_lines(&arena, &rules, pattern, strlen(pattern));
		is_good &= ignore_find(&rules, paths[i], false) == IGNORE_EXCLUDED;
		is_good &= ignore_find(&rules, arena_printf(&arena, "x/%s", paths[i]), false) == IGNORE_UNKNOWN;
		is_good &= ignore_find(&rules, arena_printf(&arena, "%sx", paths[i]), false) == IGNORE_UNKNOWN;
		arena_free(&arena);
	}
	tap_ok(is_good, "the pattern of a path matches only this path");
}

int main(void)
{
	test_cases();
	test_pattern_of_path();
	return tap_done();
}

/* Assertions for unit tests. Each prints one line of the Test Anything Protocol. */
#ifndef SP_TAP_H
#define SP_TAP_H

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static int tap_count, tap_failures;

static inline bool tap_ok(bool passed, const char *name)
{
	printf("%sok %d - %s\n", passed ? "" : "not ", ++tap_count, name);
	tap_failures += !passed;
	return passed;
}

static inline void tap_print_commented(const char *title, const char *text)
{
	printf("# %s:\n#   ", title);
	for (; *text; text++) {
		putchar(*text);
		if (*text == '\n')
			fputs("#   ", stdout);
	}
	putchar('\n');
}

/* Asserts that two strings are equal. NULL equals only NULL. */
static inline bool tap_is(const char *got, const char *expected, const char *name)
{
	bool equal = got && expected ? strcmp(got, expected) == 0 : got == expected;
	if (!tap_ok(equal, name)) {
		tap_print_commented("got", got ? got : "(null)");
		tap_print_commented("expected", expected ? expected : "(null)");
	}
	return equal;
}

/* Prints the plan and returns the exit status of the test. */
static inline int tap_done(void)
{
	printf("1..%d\n", tap_count);
	return tap_failures > 0;
}

#endif

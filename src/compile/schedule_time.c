#include "compile/schedule.h"

#include <ctype.h>
#include <stdlib.h>

/* A field of a cron expression. */
struct cron_field {
	const char *noun;
	long min, max;
	const char *names;   /* the names of its values from `min` on, three letters each; or NULL */
	const char *symbols; /* which of the symbols `? L W # /` it takes */
};

static const struct cron_field cron_fields[] = {
	{"the minute", 0, 59, NULL, "/"},
	{"the hour", 0, 23, NULL, "/"},
	{"the day of the month", 1, 31, NULL, "/?LW"},
	{"the month", 1, 12, "JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC", "/"},
	{"the day of the week", 1, 7, "SUNMONTUEWEDTHUFRISAT", "?L#"},
	{"the year", 1970, 2199, NULL, "/"},
};

enum { CRON_FIELDS = sizeof cron_fields / sizeof *cron_fields, DAY_OF_MONTH = 2, DAY_OF_WEEK = 4 };

/* Skips a value, a number or name, at `at`. The result is what follows; NULL when there is no value in range. */
static const char *skip_value(const struct cron_field *field, const char *at)
{
	char *end;
	if (isdigit((unsigned char)*at)) {
		long number = strtol(at, &end, 10);
		return number >= field->min && number <= field->max && end - at <= 4 ? end : NULL;
	}
	for (const char *name = field->names; name && *name; name += 3)
		if (toupper((unsigned char)at[0]) == name[0] && toupper((unsigned char)at[1]) == name[1] &&
		    toupper((unsigned char)at[2]) == name[2])
			return at + 3;
	return NULL;
}

static bool takes(const struct cron_field *field, char c)
{
	return c && strchr(field->symbols, c);
}

/* Skips a `/n` after a value, range or `*`, if there is one. NULL when it is wrong. */
static const char *skip_interval(const struct cron_field *field, const char *at)
{
	if (*at != '/' || !takes(field, '/'))
		return at;
	char *end;
	long every = isdigit((unsigned char)at[1]) ? strtol(at + 1, &end, 10) : 0;
	return every >= 1 && every <= field->max && end - at <= 5 ? end : NULL;
}

/* Skips an item of a comma-separated list; NULL when it is wrong. `L` is the last day, `6L` the last Friday, `6#2` the second Friday,
 * `3W` the weekday nearest to the third day of the month. */
static const char *skip_item(const struct cron_field *field, const char *at)
{
	if (*at == '*')
		return skip_interval(field, at + 1);
	if (*at == 'L' && takes(field, 'L'))
		return at + 1;
	at = skip_value(field, at);
	if (!at)
		return NULL;
	bool is_week = takes(field, '#');
	if ((*at == 'W' && takes(field, 'W')) || (*at == 'L' && is_week))
		return at + 1;
	if (*at == '#' && is_week)
		return at[1] >= '1' && at[1] <= '5' ? at + 2 : NULL;
	if (*at == '-')
		at = skip_value(field, at + 1);
	return at ? skip_interval(field, at) : NULL;
}

static bool is_cron_field(const struct cron_field *field, const char *text)
{
	if (*text == '?')
		return takes(field, '?') && !text[1];
	const char *at = skip_item(field, text);
	while (at && *at == ',')
		at = skip_item(field, at + 1);
	return at && !*at;
}

static const char *cron_flaw(struct arena *arena, const char *text, size_t length)
{
	const char *fields[CRON_FIELDS] = {0};
	size_t count = 0;
	char *copy = arena_copy(arena, text, length);
	for (char *at = copy; *at;) {
		at += strspn(at, " \t");
		size_t width = strcspn(at, " \t");
		if (width && count < CRON_FIELDS)
			fields[count] = at;
		count += width > 0;
		at += width;
		if (*at)
			*at++ = '\0';
	}
	if (count != CRON_FIELDS)
		return arena_printf(arena, "`cron` has 6 fields, not %zu: minutes, hours, day of the month, month, day of the week, year",
		                    count);
	for (size_t i = 0; i < CRON_FIELDS; i++)
		if (!is_cron_field(&cron_fields[i], fields[i]))
			return arena_printf(arena, "%s must be from %ld to %ld%s, not \"%s\"", cron_fields[i].noun, cron_fields[i].min,
			                    cron_fields[i].max, cron_fields[i].names ? " or a name of three letters" : "", fields[i]);
	bool has_day = *fields[DAY_OF_MONTH] != '?', has_weekday = *fields[DAY_OF_WEEK] != '?';
	if (has_day == has_weekday)
		return has_day ? "only one of the day of the month and the day of the week can be set: write `?` for the other"
		               : "one of the day of the month and the day of the week must be set: write `?` only for the other";
	return NULL;
}

/* EventBridge Scheduler accepts a unit in singular and plural with any number. */
static const char *rate_flaw(const char *text, size_t length)
{
	static const char *const units[] = {"minute", "minutes", "hour", "hours", "day", "days"};
	size_t digits = strspn(text, "0123456789"), blanks = strspn(text + digits, " ");
	const char *unit = text + digits + blanks;
	if (!digits || strspn(text, "0") == digits)
		return "`rate` takes a number from 1, and a unit";
	for (size_t i = 0; i < sizeof units / sizeof *units && blanks; i++)
		if (strlen(units[i]) == (size_t)(text + length - unit) && strncmp(unit, units[i], strlen(units[i])) == 0)
			return NULL;
	return "the unit of `rate` must be minutes, hours or days";
}

/* Whether a text begins with a form, in which 9 matches any digit. */
static bool fits(const char *text, const char *form)
{
	for (; *form; form++, text++)
		if (*form == '9' ? !isdigit((unsigned char)*text) : *text != *form)
			return false;
	return true;
}

const char *schedule_flaw(struct arena *arena, const char *expression)
{
	size_t length = strlen(expression);
	int64_t seconds;
	const char *open = strchr(expression, '('), *inside = open ? open + 1 : NULL;
	if (!open || expression[length - 1] != ')')
		return "it must be `at(...)`, `rate(...)` or `cron(...)`";
	size_t inner = length - (size_t)(inside - expression) - 1;
	if (strncmp(expression, "cron(", 5) == 0)
		return cron_flaw(arena, inside, inner);
	if (strncmp(expression, "rate(", 5) == 0)
		return rate_flaw(inside, inner);
	if (strncmp(expression, "at(", 3) != 0)
		return "it must be `at(...)`, `rate(...)` or `cron(...)`";
	if (inner != 19 || !fits(inside, "9999-99-99T99:99:99"))
		return "`at` takes a date and time like 2026-01-31T08:00:00";
	return schedule_seconds(inside, &seconds) ? NULL : "there is no such date and time";
}

static int number_at(const char *text, int digits)
{
	int number = 0;
	while (digits--)
		number = number * 10 + (*text++ - '0');
	return number;
}

bool schedule_seconds(const char *text, int64_t *seconds)
{
	static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	int year = number_at(text, 4), month = number_at(text + 5, 2), day = number_at(text + 8, 2);
	int hour = number_at(text + 11, 2), minute = number_at(text + 14, 2), second = number_at(text + 17, 2);
	bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
	if (year < 1970 || month < 1 || month > 12 || hour > 23 || minute > 59 || second > 59)
		return false;
	if (day < 1 || day > lengths[month - 1] + (month == 2 && is_leap))
		return false;
	int64_t days = day - 1;
	for (int m = 1; m < month; m++)
		days += lengths[m - 1] + (m == 2 && is_leap);
	int before = year - 1; /* leap days are counted up to the end of this year */
	days += (int64_t)365 * (year - 1970) + (before / 4 - before / 100 + before / 400) - (1969 / 4 - 1969 / 100 + 1969 / 400);
	*seconds = ((days * 24 + hour) * 60 + minute) * 60 + second;
	return true;
}

#include "aws/aws_time.h"

#include "aws/aws.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static int64_t real_now(void *context)
{
	(void)context;
	struct timespec now;
	clock_gettime(CLOCK_REALTIME, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void real_sleep(void *context, int64_t milliseconds)
{
	(void)context;
	struct timespec left = {milliseconds / 1000, milliseconds % 1000 * 1000000};
	nanosleep(&left, NULL);
}

static uint64_t real_random(void *context)
{
	(void)context;
	uint64_t value = 0;
	int file = open("/dev/urandom", O_RDONLY | O_CLOEXEC);
	bool is_read = file >= 0 && read(file, &value, sizeof value) == (ssize_t)sizeof value;
	if (file >= 0)
		close(file);
	/* Without that device, the time and the process ID do: tokens must be unique, not secret. */
	return is_read ? value : (uint64_t)real_now(NULL) * 0x9E3779B97F4A7C15u ^ ((uint64_t)getpid() << 40);
}

const struct aws_clock aws_real_clock = {NULL, real_now, real_sleep, real_random};

/* Days from 1970 to a date of the Gregorian calendar. Years are counted from March, so that the leap day is the last day. */
static int64_t days_to(int64_t year, int month, int day)
{
	year -= month <= 2;
	int64_t era = year / 400, in_era = year - era * 400;
	int64_t in_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
	return era * 146097 + in_era * 365 + in_era / 4 - in_era / 100 + in_year - 719468;
}

static int64_t milliseconds_of(int year, int month, int day, int hour, int minute, int second)
{
	if (year < 1970 || month < 1 || month > 12 || day < 1 || day > 31 || hour > 24 || minute > 59 ||
	    second > 60)
		return -1;
	return ((days_to(year, month, day) * 24 + hour) * 60 + minute) * 60000 + second * 1000;
}

int64_t aws_time_parse(const char *text)
{
	int year, month, day, hour, minute, second, used = 0;
	if (sscanf(text, "%4d-%2d-%2d%*1[Tt ]%2d:%2d:%2d%n", &year, &month, &day, &hour, &minute, &second, &used) !=
	            6 ||
	    !used)
		return -1;
	int64_t time = milliseconds_of(year, month, day, hour, minute, second);
	text += used;
	if (*text == '.')
		text += 1 + strspn(text + 1, "0123456789");
	int offset_hours = 0, offset_minutes = 0;
	char sign = *text;
	if ((sign == '+' || sign == '-') && sscanf(text + 1, "%2d:%2d", &offset_hours, &offset_minutes) == 2)
		return time < 0 ? -1
		                : time - (sign == '-' ? -1 : 1) * (offset_hours * 60 + offset_minutes) * 60000LL;
	return strcmp(text, "Z") == 0 || strcmp(text, "z") == 0 || strcmp(text, "UTC") == 0 || !*text ? time : -1;
}

int64_t aws_time_parse_http(const char *text)
{
	static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
	char name[4];
	int day, year, hour, minute, second;
	if (sscanf(text, "%*3s, %2d %3s %4d %2d:%2d:%2d GMT", &day, name, &year, &hour, &minute, &second) != 6)
		return -1;
	const char *found = strlen(name) == 3 ? strstr(months, name) : NULL;
	if (!found || (found - months) % 3)
		return -1;
	return milliseconds_of(year, (int)(found - months) / 3 + 1, day, hour, minute, second);
}

static bool format_time(int64_t milliseconds, const char *format, char out[AWS_TIME_ROOM])
{
	time_t seconds = (time_t)(milliseconds / 1000);
	struct tm utc;
	if (gmtime_r(&seconds, &utc) && strftime(out, AWS_TIME_ROOM, format, &utc))
		return true;
	*out = '\0';
	return false;
}

bool aws_time_write_basic(int64_t milliseconds, char out[AWS_TIME_ROOM])
{
	return format_time(milliseconds, "%Y%m%dT%H%M%SZ", out);
}

bool aws_time_write_extended(int64_t milliseconds, char out[AWS_TIME_ROOM])
{
	return format_time(milliseconds, "%Y-%m-%dT%H:%M:%SZ", out);
}

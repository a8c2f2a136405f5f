/* The dates that AWS reads and writes, as milliseconds since 1970 in UTC. */
#ifndef SP_AWS_TIME_H
#define SP_AWS_TIME_H

#include <stdbool.h>
#include <stdint.h>

/* Reads an ISO 8601 time in UTC or with an offset; -1 if it is not one. */
int64_t aws_time_parse(const char *text);

/* The same for a Date header (RFC 9110). */
int64_t aws_time_parse_http(const char *text);

enum { AWS_TIME_ROOM = 40 };

/* Writes `20150830T123600Z`. False, with an empty text, if the time is out of range. */
bool aws_time_write_basic(int64_t milliseconds, char out[AWS_TIME_ROOM]);

/* The same for `2015-08-30T12:36:00Z`. */
bool aws_time_write_extended(int64_t milliseconds, char out[AWS_TIME_ROOM]);

#endif

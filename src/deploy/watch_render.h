/* An execution as text: a table for a terminal, lines for a log, JSON for programs. Nothing here prints or reads the clock. */
#ifndef SP_WATCH_RENDER_H
#define SP_WATCH_RENDER_H

#include "deploy/watch.h"

struct watch_style {
	size_t width;  /* terminal columns; 0: unlimited */
	bool color;
};

/* Appends the table: a line for the execution; then for each step a line, the reason for its failure, and its logs unless it has
 * succeeded. If something has not ended, its duration is measured up to `now`, in milliseconds since 1970. */
void watch_put_table(struct text *out, const struct watch *watch, const struct watch_style *style, int64_t now);

/* Appends a line for the execution if its status differs from that in `before`, and a line for each step whose status or number
 * of attempts differs. If `before` is NULL, everything that has started counts as different. */
void watch_put_changes(struct text *out, const struct watch *watch, const struct watch *before);

/* Appends one JSON object. Its members have AWS's names where AWS has one. */
void watch_put_json(struct text *out, const struct watch *watch);

/* The number of terminal rows that a text occupies, with lines wrapped at `width` columns; 0: not wrapped. */
size_t watch_count_rows(const char *text, size_t width);

#endif

/* An execution as text: a table for a terminal, lines for a log, JSON for programs. Nothing here prints or knows the time. */
#ifndef SP_WATCH_RENDER_H
#define SP_WATCH_RENDER_H

#include "deploy/watch.h"

struct watch_style {
	size_t width;  /* columns; 0: as many as it takes */
	bool color;
};

/* Appends the table: a line for the execution, one for each step, and below it what there is to say of it: why it failed,
 * where it logs while it runs or when it failed. Steps that go on have the time until `now`, in milliseconds. */
void watch_put_table(struct text *out, const struct watch *watch, const struct watch_style *style, int64_t now);

/* Appends a line for each step whose state is another than `before`, NULL for all, and one for the execution. */
void watch_put_changes(struct text *out, const struct watch *watch, const struct watch *before);

/* Appends one JSON object, with the members' names that AWS has where it has one. */
void watch_put_json(struct text *out, const struct watch *watch);

/* How many rows of a terminal a text takes whose lines may be longer than its width. */
size_t watch_rows(const char *text, size_t width);

#endif

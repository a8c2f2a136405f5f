#include "deploy/watch_render.h"

#include "base/json_tree.h"
#include "base/printable.h"
#include "base/utf8.h"
#include "deploy/columns.h"
#include "deploy/execution.h"

#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

enum { NAME_WIDTH_MIN = 4, NAME_WIDTH_MAX = 40, STATUS_WIDTH = 10, TIME_WIDTH = 8, INDENT = 4 };

/* The columns of a line without the name: the indent, the status, the time, and the gaps between them. */
enum { WIDTH_WITHOUT_NAME = 2 + 2 + STATUS_WIDTH + 2 + TIME_WIDTH };

/* --- parts of lines --- */

/* "45s", "3m 12s", "1h 02m". */
static void put_duration(struct text *out, int64_t milliseconds)
{
	long long seconds = milliseconds > 0 ? milliseconds / 1000 : 0;
	if (seconds < 60)
		text_printf(out, "%llds", seconds);
	else if (seconds < 3600)
		text_printf(out, "%lldm %02llds", seconds / 60, seconds % 60);
	else
		text_printf(out, "%lldh %02lldm", seconds / 3600, seconds / 60 % 60);
}

static const char *color_of(const char *status)
{
	static const char *const colors[][2] = {{"Succeeded", "\033[32m"}, {"Failed", "\033[1;31m"}, {"Stopped", "\033[33m"},
	                                        {"Stopping", "\033[33m"},  {"waiting", "\033[2m"}};
	for (size_t i = 0; i < sizeof colors / sizeof *colors; i++)
		if (strcmp(colors[i][0], status) == 0)
			return colors[i][1];
	return "\033[36m";
}

static void put_status(struct text *out, const char *status, size_t width, const struct watch_style *style)
{
	if (style->color)
		text_puts(out, color_of(status));
	printable_put(out, status);
	if (style->color)
		text_puts(out, "\033[0m");
	columns_pad(out, printable_columns(status), width);
}

/* Appends the logs of a step that has started but not succeeded. The URL is never wrapped. */
static void put_logs(struct text *out, const struct watch_step *step)
{
	if (!*step->logs || !*step->status || strcmp(step->status, "Succeeded") == 0)
		return;
	text_repeat(out, ' ', INDENT);
	printable_put(out, step->logs);
	text_putc(out, '\n');
}

/* Appends a string on indented lines, broken at white space. A word that is too long is not broken. */
static void put_wrapped(struct text *out, const char *string, size_t width)
{
	size_t room = width > INDENT ? width - INDENT : 0, column = 0;
	text_repeat(out, ' ', INDENT);
	for (const char *at = string; *at;) {
		size_t length = strcspn(at, " \n\t");
		char *word = strndup(at, length);
		if (!word)
			arena_exhausted();
		size_t columns = printable_columns(word);
		if (room && column && column + 1 + columns > room) {
			text_putc(out, '\n');
			text_repeat(out, ' ', INDENT);
			column = 0;
		}
		if (column && columns) {
			text_putc(out, ' ');
			column++;
		}
		printable_put(out, word);
		column += columns;
		free(word);
		at += length;
		at += strspn(at, " \n\t");
	}
	text_putc(out, '\n');
}

/* --- the table --- */

static const char *shown_status(const struct watch_step *step)
{
	return *step->status ? step->status : "waiting";
}

static size_t name_width(const struct watch *watch, size_t width)
{
	size_t longest = NAME_WIDTH_MIN, limit = NAME_WIDTH_MAX;
	for (size_t i = 0; i < watch->steps.count; i++) {
		size_t columns = printable_columns(watch->steps.items[i].name);
		longest = columns > longest ? columns : longest;
	}
	if (width && width < WIDTH_WITHOUT_NAME + limit)
		limit = width > WIDTH_WITHOUT_NAME + NAME_WIDTH_MIN ? width - WIDTH_WITHOUT_NAME : NAME_WIDTH_MIN;
	return longest < limit ? longest : limit;
}

/* The remark after the time: a reused result, the outcome of a condition, or the number of attempts. */
static void put_note(struct text *out, const struct watch_step *step)
{
	if (*step->reused_from)
		text_printf(out, "reused from %s", execution_id(step->reused_from));
	else if (*step->outcome)
		text_printf(out, "outcome %s", step->outcome);
	else if (step->attempts > 1)
		text_printf(out, "attempt %d", step->attempts);
}

static void put_step(struct text *out, const struct watch_step *step, size_t name_columns, const struct watch_style *style, int64_t now)
{
	struct text time = {0}, note = {0};
	if (step->started)
		put_duration(&time, (step->ended ? step->ended : now) - step->started);
	put_note(&note, step);
	text_puts(out, "  ");
	columns_pad(out, printable_put_cut(out, step->name, name_columns), name_columns);
	text_puts(out, "  ");
	put_status(out, shown_status(step), STATUS_WIDTH, style);
	text_puts(out, "  ");
	if (note.length) {
		size_t used = name_columns + WIDTH_WITHOUT_NAME + 2;
		bool is_below = style->width && used + note.length > style->width;
		columns_put(out, text_string(&time), is_below ? 0 : TIME_WIDTH + 2);
		if (is_below) {
			text_putc(out, '\n');
			text_repeat(out, ' ', INDENT);
		}
		printable_put(out, note.bytes);
	} else {
		text_puts(out, text_string(&time));
	}
	columns_end_line(out);
	if (*step->reason)
		put_wrapped(out, step->reason, style->width);
	put_logs(out, step);
	text_free(&time);
	text_free(&note);
}

void watch_put_table(struct text *out, const struct watch *watch, const struct watch_style *style, int64_t now)
{
	size_t name_columns = name_width(watch, style->width);
	printable_put(out, watch->pipeline);
	text_printf(out, " %s  ", execution_id(watch->arn));
	put_status(out, watch->status, 0, style);
	if (watch->started) {
		text_puts(out, "  ");
		put_duration(out, (watch->ended ? watch->ended : now) - watch->started);
	}
	text_putc(out, '\n');
	for (size_t i = 0; i < watch->steps.count; i++)
		put_step(out, &watch->steps.items[i], name_columns, style, now);
	if (*watch->reason)
		put_wrapped(out, watch->reason, style->width);
}

size_t watch_count_rows(const char *text, size_t width)
{
	size_t rows = 0;
	while (*text) {
		size_t columns = 0;
		for (; *text && *text != '\n'; text++) {
			if (*text == '\033')
				text += strcspn(text, "m");
			else
				columns += !utf8_continues(*text);
		}
		text += *text == '\n';
		rows += width && columns > width ? (columns + width - 1) / width : 1;
	}
	return rows;
}

/* --- lines --- */

static void put_step_change(struct text *out, const struct watch_step *step)
{
	execution_put_time(out, step->ended ? step->ended : step->started);
	text_putc(out, ' ');
	printable_put(out, step->name);
	text_puts(out, ": ");
	printable_put(out, step->status);
	if (step->ended) {
		text_puts(out, " after ");
		put_duration(out, step->ended - step->started);
	}
	struct text note = {0};
	put_note(&note, step);
	if (note.length) {
		text_puts(out, ", ");
		printable_put(out, note.bytes);
	}
	text_free(&note);
	if (*step->reason) {
		text_puts(out, ": ");
		printable_put(out, step->reason);
	}
	text_putc(out, '\n');
	put_logs(out, step);
}

static void put_execution_change(struct text *out, const struct watch *watch)
{
	execution_put_time(out, watch->ended ? watch->ended : watch->started);
	text_putc(out, ' ');
	printable_put(out, watch->pipeline);
	text_printf(out, " %s: ", execution_id(watch->arn));
	printable_put(out, watch->status);
	if (watch->ended) {
		text_puts(out, " after ");
		put_duration(out, watch->ended - watch->started);
	}
	if (*watch->reason) {
		text_puts(out, ": ");
		printable_put(out, watch->reason);
	}
	text_putc(out, '\n');
}

/* The line for the execution comes first, except that its end is reported after the steps. */
void watch_put_changes(struct text *out, const struct watch *watch, const struct watch *before)
{
	bool is_changed = !before || strcmp(before->status, watch->status) != 0;
	if (is_changed && watch_is_active(watch))
		put_execution_change(out, watch);
	for (size_t i = 0; i < watch->steps.count; i++) {
		const struct watch_step *step = &watch->steps.items[i], *old = before ? watch_find(before, step->name) : NULL;
		bool is_old = old ? strcmp(old->status, step->status) == 0 && old->attempts == step->attempts : !*step->status;
		if (!is_old)
			put_step_change(out, step);
	}
	if (is_changed && !watch_is_active(watch))
		put_execution_change(out, watch);
}

/* --- JSON --- */

void watch_put_json(struct text *out, const struct watch *watch)
{
	cJSON *root = cJSON_CreateObject();
	execution_add_text(root, "PipelineExecutionArn", watch->arn);
	execution_add_text(root, "PipelineExecutionStatus", watch->status);
	execution_add_text(root, "FailureReason", watch->reason);
	execution_add_time(root, "CreationTime", watch->started);
	execution_add_time(root, "EndTime", watch->ended);
	cJSON *steps = cJSON_AddArrayToObject(root, "PipelineExecutionSteps");
	for (size_t i = 0; i < watch->steps.count; i++) {
		const struct watch_step *step = &watch->steps.items[i];
		cJSON *item = cJSON_CreateObject();
		execution_add_text(item, "StepName", step->name);
		execution_add_text(item, "StepStatus", shown_status(step));
		execution_add_time(item, "StartTime", step->started);
		execution_add_time(item, "EndTime", step->ended);
		execution_add_text(item, "ReusedFrom", step->reused_from);
		execution_add_text(item, "Outcome", step->outcome);
		execution_add_text(item, "FailureReason", step->reason);
		execution_add_text(item, "Logs", step->logs);
		cJSON_AddItemToArray(steps, item);
	}
	json_put_line(out, root);
}

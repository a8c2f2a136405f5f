#include "diff/diff_parts.h"

#include "base/printable.h"
#include "emit/emit_value.h"

/* --- for people --- */

enum diff_style { PAINT_ADDED, PAINT_REMOVED, PAINT_CHANGED, PAINT_PLACE, PAINT_TITLE, PAINT_OFF };

static const char *const paints[] = {
	[PAINT_ADDED] = "\033[32m",  [PAINT_REMOVED] = "\033[31m", [PAINT_CHANGED] = "\033[33m",
	[PAINT_PLACE] = "\033[34m", [PAINT_TITLE] = "\033[1m",    [PAINT_OFF] = "\033[0m",
};

static const enum diff_style paint_of[] = {
	[DIFF_ADDED] = PAINT_ADDED, [DIFF_REMOVED] = PAINT_REMOVED, [DIFF_CHANGED] = PAINT_CHANGED,
	[DIFF_MOVED] = PAINT_CHANGED, [DIFF_RENAMED] = PAINT_CHANGED,
};

/* The output, and the line being written. The line is made printable at its end: names and values of the other side may contain
 * any characters. */
struct diff_page {
	struct text *out;
	const struct diff *diff;
	bool has_color;
	struct text line;
};

static void paint(struct diff_page *page, enum diff_style paint)
{
	if (page->has_color)
		text_puts(page->out, paints[paint]);
}

static struct text *start_line(struct diff_page *page)
{
	page->line.length = 0;
	text_puts(&page->line, "");
	return &page->line;
}

static void end_line(struct diff_page *page, enum diff_style color, const struct node *at)
{
	paint(page, color);
	printable_put(page->out, text_string(&page->line));
	paint(page, PAINT_OFF);
	if (at) {
		const struct source_file *file = program_file(page->diff->program, at);
		struct text place = {0};
		text_printf(&place, "%s:%u", file->name, (unsigned)source_place(file, at->start).line);
		paint(page, PAINT_PLACE);
		text_puts(page->out, "  (");
		printable_put(page->out, place.bytes);
		text_putc(page->out, ')');
		paint(page, PAINT_OFF);
		text_free(&place);
	}
	text_putc(page->out, '\n');
}

static void put_value(struct text *out, const struct diff *diff, const struct difference *difference,
                      const struct value *value)
{
	bool is_cache = names_is(difference->member, "CacheConfig"), is_type = names_is(difference->member, "Type");
	if (strcmp(difference->field, "if") == 0) {
		diff_put_conditions(out, diff, value);
	} else if (is_cache && value->kind == VALUE_OBJECT) {
		const struct value *expiry = diff_member(value, "ExpireAfter");
		text_puts(out, expiry ? "for " : "on");
		if (expiry)
			diff_put_value(out, diff, expiry);
	} else if (is_type && value->kind == VALUE_STRING) {
		text_puts(out, value->word->text);
	} else {
		diff_put_value(out, diff, value);
	}
}

static char sign_of(enum diff_change change)
{
	return change == DIFF_ADDED ? '+' : change == DIFF_REMOVED ? '-' : '~';
}

/* Whether the name of the field says everything: a step of `depends on` has no value. */
static bool is_name_only(const struct difference *difference)
{
	enum node_op trigger;
	const struct value *value = difference->new ? difference->new : difference->old;
	return names_is(difference->member, "DependsOn") && value && diff_dependency(value, &trigger);
}

static void put_change(struct diff_page *page, const struct difference *difference)
{
	struct text *line = start_line(page);
	bool is_cache = names_is(difference->member, "CacheConfig"); /* an absent cache is shown as "off" */
	char sign = is_cache ? '~' : sign_of(difference->change);
	text_printf(line, "%s  %c %s", difference->subject == DIFF_PIPELINE ? "" : "    ", sign, difference->field);
	if (is_name_only(difference) && difference->change != DIFF_CHANGED) {
		end_line(page, paint_of[difference->change], difference->at);
		return;
	}
	text_puts(line, ": ");
	if (is_cache && !difference->old)
		text_puts(line, "off -> ");
	if (difference->old)
		put_value(line, page->diff, difference, difference->old);
	if (difference->old && difference->new)
		text_puts(line, " -> ");
	if (difference->new)
		put_value(line, page->diff, difference, difference->new);
	if (is_cache && !difference->new)
		text_puts(line, " -> off");
	end_line(page, is_cache ? PAINT_CHANGED : paint_of[difference->change], difference->at);
}

static void put_lines(struct diff_page *page, const struct diff_lines *lines, char sign, enum diff_style color)
{
	enum { MAX_LINES = 20 };
	for (size_t i = 0; i < lines->count && i < MAX_LINES; i++) {
		text_printf(start_line(page), "            %c %s", sign, lines->items[i]);
		end_line(page, color, NULL);
	}
	if (lines->count > MAX_LINES) {
		text_printf(start_line(page), "            %c %zu more lines", sign, lines->count - MAX_LINES);
		end_line(page, color, NULL);
	}
}

/* Writes which files at a URI changed. They are shown at the first difference with these URIs only. */
static void put_files(struct diff_page *page, const struct difference *difference)
{
	for (const struct difference *earlier = page->diff->differences.items; earlier < difference; earlier++)
		if (earlier->files.count && earlier->old->word == difference->old->word && earlier->new->word == difference->new->word)
			return;
	for (size_t i = 0; i < difference->files.count; i++) {
		const struct file_change *file = &difference->files.items[i];
		text_printf(start_line(page), "          %c %s", sign_of(file->change), file->name);
		end_line(page, paint_of[file->change], NULL);
		for (size_t j = 0; j < file->hunks.count; j++) {
			const struct file_hunk *hunk = &file->hunks.items[j];
			text_printf(start_line(page), "            line %zu", hunk->line);
			end_line(page, PAINT_PLACE, NULL);
			put_lines(page, &hunk->old, '-', paint_of[DIFF_REMOVED]);
			put_lines(page, &hunk->new, '+', paint_of[DIFF_ADDED]);
		}
	}
}

/* Appends "the if branch of Check" for "Check.IfSteps". */
static void put_branch(struct text *out, const struct diff *diff, const struct value *branch)
{
	const char *text = branch->word->text, *dot = strrchr(text, '.');
	if (!dot) {
		text_puts(out, "outside conditions");
		return;
	}
	const struct word *name = names_intern(&diff->program->world->names, text, (size_t)(dot - text));
	text_printf(out, "the %s branch of %s", strcmp(dot, ".IfSteps") == 0 ? "if" : "else", diff_step_name(diff, name));
}

/* Writes the line that says that a step is moved or renamed. */
static void put_step_change(struct diff_page *page, const struct difference *difference)
{
	struct text *line = start_line(page);
	if (difference->change == DIFF_RENAMED) {
		text_printf(line, "      ~ was named %s", difference->old->word->text);
	} else {
		text_puts(line, "      ~ moved from ");
		put_branch(line, page->diff, difference->old);
		text_puts(line, " to ");
		put_branch(line, page->diff, difference->new);
	}
	end_line(page, PAINT_CHANGED, NULL);
}

/* Appends the declaration of a parameter after its name: `: String in ["fast", "exact"] = "fast"`. */
static void put_parameter(struct text *line, const struct diff *diff, const struct value *parameter)
{
	const struct value *type = diff_member(parameter, "Type"), *initial = diff_member(parameter, "DefaultValue");
	const struct value *allowed = diff_member(parameter, "EnumValues");
	text_printf(line, ": %s", type && type->kind == VALUE_STRING ? type->word->text : "String");
	if (allowed) {
		text_puts(line, " in ");
		diff_put_value(line, diff, allowed);
	}
	if (initial) {
		text_puts(line, " = ");
		diff_put_value(line, diff, initial);
	}
}

/* Writes the first line of a parameter or step. The lines of its changes follow. */
static void put_head(struct diff_page *page, const struct difference *difference)
{
	const struct diff *diff = page->diff;
	bool is_step = difference->subject == DIFF_STEP;
	bool is_new_or_gone = !difference->field && (difference->change == DIFF_ADDED || difference->change == DIFF_REMOVED);
	struct text *line = start_line(page);
	const struct node *at = difference->at;
	const char *name = is_step ? diff_step_name(diff, difference->name) : diff_parameter_name(diff, difference->name);
	text_printf(line, "  %c %s", is_new_or_gone ? sign_of(difference->change) : '~', name);
	if (is_step && strcmp(name, difference->name->text) != 0)
		text_printf(line, " \"%s\"", difference->name->text);
	if (is_step && difference->step->type)
		text_printf(line, ": %s", difference->step->type->text);
	else if (is_new_or_gone && !is_step)
		put_parameter(line, diff, difference->new ? difference->new : difference->old);
	if (is_step && !is_new_or_gone)
		at = diff_step_node(diff->program, difference->step);
	end_line(page, is_new_or_gone ? paint_of[difference->change] : PAINT_TITLE, at);
}

static void put_title(struct diff_page *page, const char *title)
{
	text_puts(start_line(page), title);
	end_line(page, PAINT_TITLE, NULL);
}

static void put_lost(struct diff_page *page)
{
	const struct diff *diff = page->diff;
	if (diff->lost.count)
		put_title(page, "cache (predicted): these steps will run again");
	for (size_t i = 0; i < diff->lost.count; i++) {
		const struct lost_cache *lost = &diff->lost.items[i];
		text_printf(start_line(page), "  %s: %s", diff_step_name(diff, lost->step->name), lost->why);
		end_line(page, PAINT_CHANGED, lost->at);
	}
}

void diff_render_text(struct text *out, const struct diff *diff, bool has_color)
{
	static const char *const titles[] = {"pipeline", "parameters", "steps"};
	struct diff_page page = {.out = out, .diff = diff, .has_color = has_color};
	if (diff_is_empty(diff))
		text_puts(out, "no differences\n");
	for (size_t i = 0; i < diff->differences.count; i++) {
		const struct difference *difference = &diff->differences.items[i], *last = i ? difference - 1 : NULL;
		bool is_first = !last || last->subject != difference->subject;
		if (is_first)
			put_title(&page, titles[difference->subject]);
		bool is_same = last && !is_first && last->name == difference->name && last->step == difference->step;
		if (difference->subject != DIFF_PIPELINE && !is_same)
			put_head(&page, difference);
		if (difference->field)
			put_change(&page, difference);
		if (difference->files.count)
			put_files(&page, difference);
		else if (difference->change == DIFF_MOVED || difference->change == DIFF_RENAMED)
			put_step_change(&page, difference);
	}
	put_lost(&page);
	text_free(&page.line);
}

/* --- for programs --- */

/* A file name may be any bytes, and JSON is UTF-8. */
static void write_file_name(struct emit_writer *writer, const char *name)
{
	struct text text = {0};
	printable_put_utf8(&text, name);
	emit_string(writer, text_string(&text));
	text_free(&text);
}

static void write_place(struct emit_writer *writer, const struct diff *diff, const struct node *at)
{
	if (!at)
		return;
	const struct source_file *file = program_file(diff->program, at);
	emit_key(writer, "file");
	write_file_name(writer, file->name);
	emit_key(writer, "line");
	text_printf(writer->out, "%u", (unsigned)source_place(file, at->start).line);
}

static const char *const change_names[] = {"added", "removed", "changed", "moved", "renamed"};

static void write_lines(struct emit_writer *writer, const char *key, const struct diff_lines *lines)
{
	emit_key(writer, key);
	emit_open(writer, '[');
	for (size_t i = 0; i < lines->count; i++) {
		emit_item(writer);
		emit_string(writer, lines->items[i]);
	}
	emit_close(writer, ']');
}

static void write_file(struct emit_writer *writer, const struct file_change *file)
{
	emit_item(writer);
	emit_open(writer, '{');
	emit_key(writer, "change");
	emit_string(writer, change_names[file->change]);
	emit_key(writer, "name");
	emit_string(writer, file->name);
	if (file->hunks.count) {
		emit_key(writer, "lines");
		emit_open(writer, '[');
		for (size_t i = 0; i < file->hunks.count; i++) {
			emit_item(writer);
			emit_open(writer, '{');
			emit_key(writer, "line");
			text_printf(writer->out, "%zu", file->hunks.items[i].line);
			write_lines(writer, "old", &file->hunks.items[i].old);
			write_lines(writer, "new", &file->hunks.items[i].new);
			emit_close(writer, '}');
		}
		emit_close(writer, ']');
	}
	emit_close(writer, '}');
}

static void write_difference(struct emit_writer *writer, const struct diff *diff, const struct difference *difference)
{
	static const char *const subjects[] = {"pipeline", "parameter", "step"};
	emit_item(writer);
	emit_open(writer, '{');
	emit_key(writer, "change");
	emit_string(writer, change_names[difference->change]);
	emit_key(writer, "of");
	emit_string(writer, subjects[difference->subject]);
	if (difference->name) {
		emit_key(writer, "name");
		emit_word(writer, difference->name);
	}
	if (difference->field) {
		emit_key(writer, "field");
		emit_string(writer, difference->field);
	}
	if (difference->old) {
		emit_key(writer, "old");
		emit_value(writer, difference->old);
	}
	if (difference->new) {
		emit_key(writer, "new");
		emit_value(writer, difference->new);
	}
	if (difference->files.count) {
		emit_key(writer, "files");
		emit_open(writer, '[');
		for (size_t i = 0; i < difference->files.count; i++)
			write_file(writer, &difference->files.items[i]);
		emit_close(writer, ']');
	}
	write_place(writer, diff, difference->at);
	emit_close(writer, '}');
}

static void write_lost(struct emit_writer *writer, const struct diff *diff, const struct lost_cache *lost)
{
	emit_item(writer);
	emit_open(writer, '{');
	emit_key(writer, "step");
	emit_word(writer, lost->step->name);
	emit_key(writer, "why");
	emit_string(writer, lost->why);
	write_place(writer, diff, lost->at);
	emit_close(writer, '}');
}

void diff_render_json(struct text *out, const struct diff *diff)
{
	struct emit_writer writer = {.out = out};
	emit_open(&writer, '{');
	emit_key(&writer, "pipeline");
	emit_word(&writer, diff->name);
	emit_key(&writer, "against");
	write_file_name(&writer, diff->against);
	emit_key(&writer, "differences");
	emit_open(&writer, '[');
	for (size_t i = 0; i < diff->differences.count; i++)
		write_difference(&writer, diff, &diff->differences.items[i]);
	emit_close(&writer, ']');
	emit_key(&writer, "cache");
	emit_open(&writer, '[');
	for (size_t i = 0; i < diff->lost.count; i++)
		write_lost(&writer, diff, &diff->lost.items[i]);
	emit_close(&writer, ']');
	emit_close(&writer, '}');
	text_putc(out, '\n');
}

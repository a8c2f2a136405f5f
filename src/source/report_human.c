#include "source/report_human.h"

#include "base/printable.h"
#include "base/utf8.h"

#include <stdio.h>
#include <string.h>

enum {
	TAB_WIDTH = 4,
	LONG_LINE = 1000, /* bytes read on each side of a mark: a line may be as long as a file */
	MIN_WIDTH = 20,   /* least columns of source shown, however narrow the terminal */
	CONTEXT = 4,      /* columns shown before a mark that leaves no room for more */
};

/* The styles of the parts of a report, by escape sequences of the terminal. */
enum report_style { STYLE_NOTE = SEVERITY_NOTE, STYLE_WARNING, STYLE_ERROR, STYLE_GUTTER, STYLE_TITLE, STYLE_OFF };

static const char *const style_escapes[] = {
	[STYLE_NOTE] = "\033[1;36m",   [STYLE_WARNING] = "\033[1;33m", [STYLE_ERROR] = "\033[1;31m",
	[STYLE_GUTTER] = "\033[1;34m", [STYLE_TITLE] = "\033[1m",      [STYLE_OFF] = "\033[0m",
};

/* What all lines of one diagnostic share. */
struct report_page {
	struct text *out;
	bool color;
	int gutter;   /* digits of the largest line number */
	size_t width; /* columns for source text; 0: unlimited */
};

static void paint(const struct report_page *page, enum report_style style)
{
	if (page->color)
		text_puts(page->out, style_escapes[style]);
}

/* A code point of a source line, as shown. */
struct glyph {
	uint32_t code_point;
	size_t bytes, columns;
};

static struct glyph glyph_at(const char *bytes, size_t left, size_t column)
{
	struct glyph glyph;
	glyph.bytes = printable_decode(bytes, left, &glyph.code_point);
	if (glyph.code_point == '\t') {
		glyph.columns = TAB_WIDTH - column % TAB_WIDTH;
	} else if (glyph.code_point == 0xFEFF) { /* byte order mark: invisible */
		glyph.columns = 0;
	} else if (printable_is_control(glyph.code_point)) {
		glyph.code_point = 0xFFFD;
		glyph.columns = 1;
	} else {
		glyph.columns = (size_t)utf8_columns(glyph.code_point);
	}
	return glyph;
}

/* A source line with a mark under it. Columns are counted from 0 at the start of the line. */
struct excerpt {
	const struct source_file *file;
	struct span line;
	size_t columns;        /* width of the line */
	size_t mark, mark_end; /* the marked columns, at least one */
	size_t from, to;       /* the columns shown; the first and the last are replaced by `…` where the line continues */
};

static size_t column_of(const struct excerpt *excerpt, uint32_t offset)
{
	size_t column = 0;
	for (uint32_t at = excerpt->line.start; at < offset && at < excerpt->line.end;) {
		struct glyph glyph = glyph_at(excerpt->file->text + at, excerpt->line.end - at, column);
		column += glyph.columns;
		at += (uint32_t)glyph.bytes;
	}
	return column;
}

/* Chooses the part of a long line to show: the mark and its label are in the middle, if they fit. */
static void excerpt_clip(struct excerpt *excerpt, size_t width, const char *label)
{
	size_t wanted_end = excerpt->mark_end + (label ? 1 + printable_columns(label) : 0);
	size_t wanted = wanted_end - excerpt->mark;
	size_t before = wanted + 2 * CONTEXT < width ? (width - wanted) / 2 : CONTEXT;
	size_t end = wanted_end > excerpt->columns ? wanted_end : excerpt->columns;

	excerpt->from = excerpt->mark > before ? excerpt->mark - before : 0;
	if (excerpt->from + width > end)
		excerpt->from = end - width;
	excerpt->to = excerpt->from + width;
	if (excerpt->mark_end > excerpt->to)
		excerpt->mark_end = excerpt->to;
}

/* Drops the parts of the line that are far from the mark. Returns whether any were dropped. */
static bool excerpt_narrow(struct excerpt *excerpt, struct span mark)
{
	struct span whole = excerpt->line, *line = &excerpt->line;
	if (mark.start > whole.start + LONG_LINE)
		line->start = mark.start - LONG_LINE;
	if (whole.end > LONG_LINE && mark.start < whole.end - LONG_LINE)
		line->end = mark.start + LONG_LINE;
	while (line->start < mark.start && utf8_continues(excerpt->file->text[line->start]))
		line->start++;
	while (line->end < whole.end && utf8_continues(excerpt->file->text[line->end]))
		line->end++;
	return line->start > whole.start || line->end < whole.end;
}

static struct excerpt excerpt_make(const struct source_file *file, struct span span, size_t width,
                                   const char *label)
{
	struct place start = source_place(file, span.start);
	struct excerpt excerpt = {.file = file, .line = source_line(file, start.line)};
	bool is_narrowed = excerpt_narrow(&excerpt, span);
	excerpt.mark = column_of(&excerpt, span.start);
	excerpt.mark_end = column_of(&excerpt, span.end);
	if (excerpt.mark_end <= excerpt.mark)
		excerpt.mark_end = excerpt.mark + 1;
	while (excerpt.line.end > excerpt.line.start && strchr(" \t", file->text[excerpt.line.end - 1]))
		excerpt.line.end--;
	excerpt.columns = excerpt.to = column_of(&excerpt, excerpt.line.end);
	if (width && excerpt.columns > width)
		excerpt_clip(&excerpt, width, label);
	else if (is_narrowed && excerpt.columns > MIN_WIDTH)
		excerpt_clip(&excerpt, excerpt.columns - 2, NULL);
	return excerpt;
}

static size_t overlap(size_t from, size_t to, size_t low, size_t high)
{
	size_t start = from > low ? from : low, end = to < high ? to : high;
	return end > start ? end - start : 0;
}

static void put_excerpt(struct text *out, const struct excerpt *excerpt)
{
	bool cut_left = excerpt->from > 0, cut_right = excerpt->columns > excerpt->to;
	size_t low = excerpt->from + cut_left, high = excerpt->to - cut_right, column = 0;

	if (cut_left)
		text_puts(out, "…");
	for (uint32_t at = excerpt->line.start; at < excerpt->line.end && column <= high;) {
		struct glyph glyph = glyph_at(excerpt->file->text + at, excerpt->line.end - at, column);
		size_t end = column + glyph.columns, seen = overlap(column, end, low, high);
		/* a combining mark, whose character is shown */
		bool combines_with_shown = !glyph.columns && (column > low || !low) && glyph.code_point != 0xFEFF;
		if (glyph.code_point == '\t' || seen < glyph.columns)
			text_repeat(out, ' ', seen); /* a tab, or padding where the cut splits a wide character */
		else if (seen || combines_with_shown)
			text_put_utf8(out, glyph.code_point);
		column = end;
		at += (uint32_t)glyph.bytes;
	}
	if (cut_right)
		text_puts(out, "…");
}

/* Writes the gutter of a source line; without a number if `line` is 0. */
static void put_gutter(const struct report_page *page, uint32_t line)
{
	paint(page, STYLE_GUTTER);
	if (line)
		text_printf(page->out, "%*u |", page->gutter, (unsigned)line);
	else
		text_printf(page->out, "%*s |", page->gutter, "");
	paint(page, STYLE_OFF);
}

static void put_snippet(const struct report_page *page, const struct source_file *file, struct span span, char mark,
                        enum report_style mark_style, const char *label)
{
	struct place start = source_place(file, span.start);
	struct excerpt excerpt = excerpt_make(file, span, page->width, label);

	paint(page, STYLE_GUTTER);
	text_printf(page->out, "%*s--> ", page->gutter, "");
	paint(page, STYLE_OFF);
	printable_put(page->out, file->name);
	text_printf(page->out, ":%u:%u\n", (unsigned)start.line, (unsigned)start.column);

	put_gutter(page, 0);
	text_putc(page->out, '\n');
	put_gutter(page, start.line);
	if (excerpt.columns)
		text_putc(page->out, ' ');
	put_excerpt(page->out, &excerpt);
	text_putc(page->out, '\n');

	put_gutter(page, 0);
	text_repeat(page->out, ' ', 1 + excerpt.mark - excerpt.from);
	paint(page, mark_style);
	text_repeat(page->out, mark, excerpt.mark_end - excerpt.mark);
	if (label) {
		text_putc(page->out, ' ');
		printable_put(page->out, label);
	}
	paint(page, STYLE_OFF);
	text_putc(page->out, '\n');
}

/* Writes `word: message`, with the word in color. */
static void put_remark(const struct report_page *page, const char *word, const char *message)
{
	paint(page, STYLE_NOTE);
	text_puts(page->out, word);
	paint(page, STYLE_OFF);
	text_puts(page->out, ": ");
	printable_put(page->out, message);
	text_putc(page->out, '\n');
}

static void put_diag(const struct report_page *page, const struct diag *diag)
{
	enum report_style severity = (enum report_style)diag->severity;
	paint(page, severity);
	text_printf(page->out, "%s[%s]", diag_severity_name(diag->severity), diag_code_name(diag->code));
	paint(page, STYLE_OFF);
	paint(page, STYLE_TITLE);
	text_puts(page->out, ": ");
	printable_put(page->out, diag->message);
	paint(page, STYLE_OFF);
	text_putc(page->out, '\n');
	put_snippet(page, diag->file, diag->span, '^', severity, diag->label);

	for (const struct diag_related *note = diag->related; note; note = note->next) {
		put_gutter(page, 0);
		text_putc(page->out, '\n');
		put_remark(page, "note", note->message);
		put_snippet(page, note->file, note->span, '-', STYLE_GUTTER, NULL);
	}
	if (diag->help) {
		put_gutter(page, 0);
		text_putc(page->out, '\n');
		put_remark(page, "help", diag->help);
	}
	text_putc(page->out, '\n');
}

static int gutter_width(const struct diag *diag)
{
	uint32_t last = source_place(diag->file, diag->span.start).line;
	for (const struct diag_related *note = diag->related; note; note = note->next) {
		uint32_t line = source_place(note->file, note->span.start).line;
		last = line > last ? line : last;
	}
	return snprintf(NULL, 0, "%u", (unsigned)last);
}

static size_t source_width(unsigned width, int gutter)
{
	size_t frame = (size_t)gutter + strlen(" | ");
	if (!width)
		return 0;
	return width < frame + MIN_WIDTH ? MIN_WIDTH : width - frame;
}

static void put_count(struct text *out, uint32_t count, const char *noun)
{
	text_printf(out, "%u %s%s", (unsigned)count, noun, count == 1 ? "" : "s");
}

void report_human(struct text *out, const struct diags *diags, const struct report_options *options)
{
	for (const struct diag *diag = diags->first; diag; diag = diag->next) {
		struct report_page page = {.out = out, .color = options->color, .gutter = gutter_width(diag)};
		page.width = source_width(options->width, page.gutter);
		put_diag(&page, diag);
	}
	if (diags->errors)
		put_count(out, diags->errors, "error");
	if (diags->errors && diags->warnings)
		text_puts(out, ", ");
	if (diags->warnings)
		put_count(out, diags->warnings, "warning");
	if (diags->errors || diags->warnings)
		text_putc(out, '\n');
}

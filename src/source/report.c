#include "source/report.h"

#include "base/printable.h"
#include "source/report_human.h"
#include "source/report_json.h"

static void put_location(struct text *out, const struct source_file *file, struct span span)
{
	struct place place = source_place(file, span.start);
	printable_put(out, file->name);
	text_printf(out, ":%u:%u: ", (unsigned)place.line, (unsigned)place.column);
}

static void put_gcc_note(struct text *out, const struct source_file *file, struct span span,
                         const char *message)
{
	put_location(out, file, span);
	text_puts(out, "note: ");
	printable_put(out, message);
	text_putc(out, '\n');
}

static void report_gcc(struct text *out, const struct diags *diags, const struct report_options *options)
{
	(void)options;
	for (const struct diag *diag = diags->first; diag; diag = diag->next) {
		put_location(out, diag->file, diag->span);
		text_printf(out, "%s: ", diag_severity_name(diag->severity));
		printable_put(out, diag->message);
		text_printf(out, " [%s]\n", diag_code_name(diag->code));
		for (const struct diag_related *note = diag->related; note; note = note->next)
			put_gcc_note(out, note->file, note->span, note->message);
		if (diag->help)
			put_gcc_note(out, diag->file, diag->span, diag->help);
	}
}

/* Percent-encodes the `special` characters, as GitHub's runner requires. A bare `:` or `,` would end the value of a
 * property. */
static void put_escaped(struct text *out, const char *string, const char *special)
{
	struct text clean = {0};
	printable_put_utf8(&clean, string);
	for (const char *at = text_string(&clean); *at; at++) {
		bool escape = false;
		for (const char *s = special; *s; s++)
			escape = escape || *s == *at;
		if (escape)
			text_printf(out, "%%%02X", (unsigned)*at);
		else
			text_putc(out, *at);
	}
	text_free(&clean);
}

#define MESSAGE_SPECIAL "%\r\n"
#define PROPERTY_SPECIAL MESSAGE_SPECIAL ":,"

/* GitHub accepts columns only if start and end are on one line. */
static void put_github_properties(struct text *out, const struct diag *diag)
{
	struct place start = source_place(diag->file, diag->span.start);
	struct place end = source_place(diag->file, diag->span.end);
	text_puts(out, "file=");
	put_escaped(out, diag->file->name, PROPERTY_SPECIAL);
	text_printf(out, ",line=%u", (unsigned)start.line);
	if (start.line == end.line)
		text_printf(out, ",col=%u", (unsigned)start.column);
	text_printf(out, ",endLine=%u", (unsigned)end.line);
	if (start.line == end.line)
		text_printf(out, ",endColumn=%u", (unsigned)end.column);
	text_printf(out, ",title=%s", diag_code_name(diag->code));
}

static void report_github(struct text *out, const struct diags *diags, const struct report_options *options)
{
	static const char *const commands[] = {
		[SEVERITY_NOTE] = "notice", [SEVERITY_WARNING] = "warning", [SEVERITY_ERROR] = "error"};
	(void)options;
	for (const struct diag *diag = diags->first; diag; diag = diag->next) {
		text_printf(out, "::%s ", commands[diag->severity]);
		put_github_properties(out, diag);
		text_puts(out, "::");
		put_escaped(out, diag->message, MESSAGE_SPECIAL);
		for (const struct diag_related *note = diag->related; note; note = note->next) {
			struct place place = source_place(note->file, note->span.start);
			text_puts(out, "%0Anote: ");
			put_escaped(out, note->message, MESSAGE_SPECIAL);
			text_puts(out, " (");
			put_escaped(out, note->file->name, MESSAGE_SPECIAL);
			text_printf(out, ":%u:%u)", (unsigned)place.line, (unsigned)place.column);
		}
		if (diag->help) {
			text_puts(out, "%0Ahelp: ");
			put_escaped(out, diag->help, MESSAGE_SPECIAL);
		}
		text_putc(out, '\n');
	}
}

void report_render(struct text *out, const struct diags *diags, const struct report_options *options)
{
	static void (*const renderers[])(struct text *, const struct diags *, const struct report_options *) = {
		[REPORT_HUMAN] = report_human, [REPORT_JSON] = report_json,     [REPORT_SARIF] = report_sarif,
		[REPORT_GCC] = report_gcc,     [REPORT_GITHUB] = report_github,
	};
	renderers[options->format](out, diags, options);
}

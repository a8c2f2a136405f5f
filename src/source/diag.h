/* Diagnostics: what is wrong with a program, kept as data.
 *
 * A pass reports through diag_report and goes on. The list is sorted and rid of repetitions once, by
 * diag_finish; report.h renders it. The codes are in diag_codes.def and are stable. Nothing here prints. */
#ifndef SP_DIAG_H
#define SP_DIAG_H

#include "source/source.h"

enum severity { SEVERITY_NOTE, SEVERITY_WARNING, SEVERITY_ERROR };

enum diag_code {
#define DIAG(code, severity, title) code,
#include "source/diag_codes.def"
#undef DIAG
	DIAG_CODE_COUNT
};

/* Another place that helps to understand the first. */
struct diag_related {
	struct diag_related *next;
	const struct source_file *file;
	struct span span;
	const char *message;
};

/* One edit that repairs the mistake: the span's text is replaced. All edits of a diagnostic go together. */
struct diag_edit {
	struct diag_edit *next;
	struct span span;
	const char *replacement;
};

struct diag {
	struct diag *next;
	enum diag_code code;
	enum severity severity;
	const struct source_file *file;
	struct span span;
	const char *message; /* the title line */
	const char *label;   /* beside the underline; may be NULL */
	const char *help;    /* one line; may be NULL */
	struct diag_related *related;
	struct diag_edit *edits;
	bool is_fix_safe;    /* the edits change nothing that the pipeline does: `--fix` applies them */
	uint32_t order;      /* of reporting: equal places keep it */
	struct arena *arena;
};

struct diags {
	struct arena *arena;
	struct diag *first, *last;
	uint32_t count, errors, warnings;
};

/* Adds a diagnostic with the code's own severity. The result is never NULL and takes the additions below. */
struct diag *diag_report(struct diags *diags, enum diag_code code, const struct source_file *file,
                         struct span span, const char *format, ...) __attribute__((format(printf, 5, 6)));

void diag_label(struct diag *diag, const char *format, ...) __attribute__((format(printf, 2, 3)));
void diag_help(struct diag *diag, const char *format, ...) __attribute__((format(printf, 2, 3)));
void diag_related(struct diag *diag, const struct source_file *file, struct span span, const char *format, ...)
	__attribute__((format(printf, 4, 5)));
void diag_edit(struct diag *diag, struct span span, const char *replacement);

/* Sorts by file (in order of first report), place and order, and drops repetitions (same code, place, message). */
void diag_finish(struct diags *diags);

/* Appends copies of a finished list to another one, into that one's arena; files are shared. The result is as finished
 * as its parts when each part is of other files. */
void diag_append(struct diags *diags, const struct diags *more);

/* "SP2003". */
const char *diag_code_name(enum diag_code code);

/* The short title of a code, as in doc/diagnostics.md. */
const char *diag_code_title(enum diag_code code);

enum severity diag_code_severity(enum diag_code code);

/* "note", "warning", "error". */
const char *diag_severity_name(enum severity severity);

#endif

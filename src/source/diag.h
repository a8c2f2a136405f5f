/* Diagnostics: the errors, warnings and notes about a program, as data.
 *
 * A pass reports with diag_report and continues. diag_finish sorts the list and drops duplicates; report.h renders it.
 * The codes are in diag_codes.def and are stable. Nothing here prints. */
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

/* Another place that helps to explain the diagnostic. */
struct diag_related {
	struct diag_related *next;
	const struct source_file *file;
	struct span span;
	const char *message;
};

/* One edit of a quick fix: the text of the span is replaced. All edits of a diagnostic form one fix. */
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
	const char *label;   /* text beside the underline; may be NULL */
	const char *help;    /* one line of advice; may be NULL */
	struct diag_related *related;
	struct diag_edit *edits;
	bool is_fix_safe;    /* the edits do not change what the pipeline does: `--fix` applies them */
	uint32_t order;      /* order of reporting: diagnostics at the same place keep it */
	struct arena *arena;
};

struct diags {
	struct arena *arena;
	struct diag *first, *last;
	uint32_t count, errors, warnings;
};

/* Adds a diagnostic with the severity of its code. The result is never NULL; the functions below add details to it. */
struct diag *diag_report(struct diags *diags, enum diag_code code, const struct source_file *file,
                         struct span span, const char *format, ...) __attribute__((format(printf, 5, 6)));

void diag_label(struct diag *diag, const char *format, ...) __attribute__((format(printf, 2, 3)));
void diag_help(struct diag *diag, const char *format, ...) __attribute__((format(printf, 2, 3)));
void diag_related(struct diag *diag, const struct source_file *file, struct span span, const char *format, ...)
	__attribute__((format(printf, 4, 5)));
void diag_edit(struct diag *diag, struct span span, const char *replacement);

/* Sorts by file (in the order of their first reports), place and order of reporting. Of neighbors with the same code,
 * place and message, only the first is kept. More can be reported afterwards; then the list must be finished again. */
void diag_finish(struct diags *diags);

/* Appends copies of the diagnostics of a finished list. The copies live in the arena of `diags`; the files are
 * shared. If no file has diagnostics in both lists, the result is finished, too. */
void diag_append(struct diags *diags, const struct diags *more);

/* "SP2003". */
const char *diag_code_name(enum diag_code code);

/* The short title of a code, as in doc/diagnostics.md. */
const char *diag_code_title(enum diag_code code);

enum severity diag_code_severity(enum diag_code code);

/* "note", "warning", "error". */
const char *diag_severity_name(enum severity severity);

#endif

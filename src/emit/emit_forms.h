/* The output forms that a program compiles to: the values of --emit. The command line, its help and the language server read
 * this table. */
#ifndef SP_EMIT_FORMS_H
#define SP_EMIT_FORMS_H

#include "eval/program.h"

/* The files that a make rule names. */
struct emit_rule_files {
	const char *target;  /* what make builds */
	const char *source;  /* the program's own file; NULL: standard input */
};

struct emit_form {
	const char *name;
	const char *language; /* of the text, as a language ID of LSP; NULL: the language server does not offer the form */
	/* Appends the form of a program without errors. May add diagnostics, and then sorts them again (diag_finish). Only
	 * the make rule needs `files`; for the others it may be NULL. */
	void (*write)(struct text *out, struct program *program, const struct emit_rule_files *files);
	bool is_template;     /* sends a long definition through S3 */
	bool is_make_rule;    /* -o names the rule's target, and the rule goes to standard output */
};

/* The first is the default. */
extern const struct emit_form emit_forms[];

/* The name of a form by its position; NULL after the last. */
const char *emit_form_name(size_t index);

/* The form with this name, or NULL. */
const struct emit_form *emit_find_form(const char *name);

/* Appends a form to the empty `out`. Also reports a definition that is too long for a request, unless the form is a
 * template. */
void emit_write_form(struct text *out, const struct emit_form *form, struct program *program, const struct emit_rule_files *files);

#endif

/* The stages of the compiler that can be printed: the values of --dump. The command line and its help read this table. */
#ifndef SP_DUMP_FORMS_H
#define SP_DUMP_FORMS_H

#include "eval/program.h"

struct dump_form {
	const char *name;
	/* Exactly one is set. write_tree takes the tree of any text, also with syntax errors, and needs no library. write_program takes
	 * a program without errors. */
	void (*write_tree)(struct text *out, const struct tree *tree);
	void (*write_program)(struct text *out, const struct program *program);
};

extern const struct dump_form dump_forms[];

/* The name of a form by its position; NULL after the last. */
const char *dump_form_name(size_t index);

#endif

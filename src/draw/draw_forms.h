/* The forms of a drawing: the values of --graph --as. The command line, its help and the language server read this table. */
#ifndef SP_DRAW_FORMS_H
#define SP_DRAW_FORMS_H

#include "draw/draw.h"

struct draw_form {
	const char *name;
	const char *language; /* of the text, as a language ID of LSP */
	/* Appends the drawing of a program without errors. False, with a reason in `complaint` and nothing in `out`, when it
	 * cannot be drawn. */
	bool (*draw)(struct text *out, const struct program *program, const struct draw_options *options, struct text *complaint);
};

/* The first is the default. */
extern const struct draw_form draw_forms[];

/* The name of a form by its position; NULL after the last. */
const char *draw_form_name(size_t index);

/* The form with this name, or NULL. */
const struct draw_form *draw_find_form(const char *name);

#endif

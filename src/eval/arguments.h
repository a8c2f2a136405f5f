/* Arguments: what a call passes to the parameters of a function, kind or component. */
#ifndef SP_ARGUMENTS_H
#define SP_ARGUMENTS_H

#include "eval/eval.h"

/* How many parameters an N_FUNCTION, N_KIND or N_COMPONENT has. */
size_t arguments_count(const struct node *declaration);

/* Puts the expressions of a call into the order of the parameters. `expressions` has `count` elements, NULL at first; those of
 * parameters without an argument stay NULL. A reference without parentheses (N_NAME) passes no arguments. False after a report. */
bool arguments_place(struct eval *eval, const struct node *call, const struct node *declaration,
                     const struct node **expressions, size_t count);

/* Reports a parameter that lacks an argument and has no default. */
void arguments_report_missing(struct eval *eval, const struct node *call, const struct node *declaration,
                              const struct node *parameter);

/* The origin of expressions in the text of a declaration of `module` that `call` calls from `outer`. */
struct origin arguments_enter(struct program *program, struct origin outer, const struct node *call, const struct node *declaration,
                              const struct module *module);

/* The application of a kind or component to its arguments. */
struct application {
	const struct node *reference;   /* N_CALL or N_NAME */
	const struct node *declaration; /* N_KIND or N_COMPONENT */
	struct module *module;          /* of the declaration */
	const struct env *env;          /* what the arguments see */
	struct origin origin;           /* of the arguments */
	struct step *step;              /* that is being made; NULL for a component */
};

/* Finds the origin of expressions in the declaration's text. False, after a report, when the declaration applies itself or
 * components nest too deep. */
bool arguments_origin(struct program *program, const struct application *application, struct origin *origin);

/* Binds each parameter to a symbol that is evaluated on demand. The result is what the declaration's text sees. A wrong or
 * missing argument is reported, and `*is_complete` is false. */
const struct env *arguments_bind(struct program *program, const struct application *application, struct origin origin,
                                 bool *is_complete);

/* Values (arguments_value.c) */

/* The value, checked against the parameter's type; value_error after a report. `module` is that of the declaration. */
const struct value *arguments_fit(struct program *program, struct module *module, const struct node *parameter,
                                  const struct value *value);

/* The value of a SYMBOL_ARGUMENT. */
const struct value *arguments_value(struct program *program, const struct symbol *symbol);

#endif

/* Arguments: what a call gives to the parameters of a function, kind or component. */
#ifndef SP_ARGUMENTS_H
#define SP_ARGUMENTS_H

#include "eval/eval.h"

/* How many parameters an N_FUNCTION, N_KIND or N_COMPONENT has. */
size_t arguments_count(const struct node *declaration);

/* Puts the expressions of a call in the order of the parameters, NULL where none is given. False after a report. A
 * reference without parentheses (N_NAME) gives none. */
bool arguments_place(struct eval *eval, const struct node *call, const struct node *declaration,
                     const struct node **expressions, size_t count);

/* Reports a parameter that has neither an argument nor a default. */
void arguments_report_missing(struct eval *eval, const struct node *call, const struct node *declaration,
                              const struct node *parameter);

/* The value as the parameter takes it; value_error after a report. `module` is that of the declaration. */
const struct value *arguments_fit(struct eval *eval, struct module *module, const struct node *parameter, const struct value *value);

/* A kind or component about to be used. */
struct application {
	const struct node *reference;   /* N_CALL or N_NAME */
	const struct node *declaration; /* N_KIND or N_COMPONENT */
	struct module *module;          /* of the declaration */
	const struct env *env;          /* what the arguments see */
	struct origin origin;           /* of the arguments */
	struct step *step;              /* that is being made; NULL for a component */
};

/* How an expression in the text of what is applied came to be evaluated. NULL after a report, when it applies itself. */
bool arguments_origin(struct program *program, const struct application *application, struct origin *origin);

/* Binds each parameter to a symbol that is evaluated when it is asked for: the chain of names that the declaration's
 * text sees. One that lacks its argument is reported, and no longer `*is_complete`. */
const struct env *arguments_bind(struct program *program, const struct application *application, struct origin origin,
                                 bool *is_complete);

/* The symbol of an argument as its value (SYMBOL_ARGUMENT). */
const struct value *arguments_value(struct program *program, const struct symbol *symbol);

#endif

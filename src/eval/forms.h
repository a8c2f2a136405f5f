/* How an argument of SageMaker's Python SDK is written here (stdlib/python.txt). */
#ifndef SP_FORMS_H
#define SP_FORMS_H

#include "eval/program.h"

/* Where an argument or field with an unknown name stands. */
struct form_place {
	const struct node *declaration; /* N_KIND or N_FUNCTION with the parameters that it may be; or NULL */
	const struct type *shape;       /* the block with the members that it may be; or NULL */
	bool is_call;                   /* it is an argument of a call, not a field of the block */
};

/* Adds the help for a name of the SDK. False when the table does not have it, or the kind none of its forms. `name` is an N_ARGUMENT or
 * N_FIELD, which a fix renames if that is enough. */
bool forms_help(struct program *program, struct diag *diag, const struct node *name, const struct form_place *place);

#endif

/* The functions with which a library takes a value apart that it knows nothing of; their rows are in functions.c. */
#ifndef SP_FUNCTIONS_LEAVES_H
#define SP_FUNCTIONS_LEAVES_H

#include "eval/eval.h"

/* An object of the scalars in a list or object, by their paths as `jsonget` takes them; an empty list or object and
 * null have no scalars and stand for themselves. */
const struct value *functions_call_leaves(struct eval *eval, const struct node *node, const struct value **args, size_t count);

/* The name of a value's type as the language writes it, without limits: "String", "Scalar" for a scalar of which more
 * is not known. */
const struct value *functions_call_typeof(struct eval *eval, const struct node *node, const struct value **args, size_t count);

#endif

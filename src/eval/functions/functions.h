/* The built-in functions: those that the language itself cannot express. Their table is in functions.c. */
#ifndef SP_FUNCTIONS_H
#define SP_FUNCTIONS_H

#include "eval/eval.h"

struct suggest;

/* A call of a built-in function. */
struct function_call {
	struct eval *eval;
	const struct node *node; /* N_CALL */
	const struct function *function;
	const struct value **args;
	size_t count;            /* of `args` */
};

struct function {
	const char *name, *signature; /* "replace(text, old, new)" */
	uint8_t min, max;             /* how many arguments it takes */
	bool takes_deferred;          /* if not, a deferred argument is refused before the call */
	const struct value *(*call)(const struct function_call *call);
	const char *example;          /* a call, for the documentation; NULL for a function that only the library calls */
};

/* The function of this name, or NULL. */
const struct function *functions_find(const char *name);

/* The function at an index, in alphabetical order; NULL after the last. */
const struct function *functions_at(size_t index);

/* Checks the number of arguments and whether they are constant, then calls; value_error after a report. */
const struct value *functions_call(struct eval *eval, const struct node *node, const struct function *function,
                                   const struct value **args, size_t count);

/* Offers the name of each function to a search for similar names. */
void functions_suggest(struct suggest *suggest);

/* `image_uri`, on which the library's `image()` is built (functions_image.c). Completion compares `call` with it, to leave it out. */
const struct value *functions_call_image_uri(const struct function_call *call);

#endif

/* The built-in functions: one table, in C because the language cannot say them itself. */
#ifndef SP_FUNCTIONS_H
#define SP_FUNCTIONS_H

#include "eval/eval.h"

struct suggest;

struct function {
	const char *name, *signature; /* "replace(text, old, new)" */
	uint8_t min, max;             /* arguments */
	bool takes_deferred;          /* else a deferred argument is refused before the call */
	const struct value *(*call)(struct eval *eval, const struct node *node, const struct value **args, size_t count);
};

/* Reports that a function was given something else than `wanted`; gives value_error. */
const struct value *functions_wrong_type(struct eval *eval, const struct node *node, const struct value *wrong, const char *wanted);

/* What `image()` of the library is made of (image_call.c). */
const struct value *functions_call_image_uri(struct eval *eval, const struct node *node, const struct value **args, size_t count);

/* The function of this name, or NULL. */
const struct function *functions_find(const char *name);

/* Each function, in alphabetical order; NULL at the end. */
const struct function *functions_at(size_t index);

/* Checks number and times of the arguments, then calls. */
const struct value *functions_call(struct eval *eval, const struct node *node, const struct function *function,
                                  const struct value **args, size_t count);

/* Offers the name of each function to a search. */
void functions_suggest(struct suggest *suggest);

#endif

/* What the files named eval share. Only they include it. */
#ifndef SP_EVAL_PARTS_H
#define SP_EVAL_PARTS_H

#include "eval/eval.h"

/* `value.name` and `value[index]` (eval_access.c). */
const struct value *eval_member(struct eval *eval, const struct node *node, const struct value *value);
const struct value *eval_index(struct eval *eval, const struct node *node, const struct value *value,
                               const struct value *index);

/* A call of a function, declared or built in (eval_call.c). */
const struct value *eval_call(struct eval *eval, const struct node *node, const struct env *env);

/* N_UNARY, N_BINARY and N_TERNARY (eval_operators.c). */
const struct value *eval_operator(struct eval *eval, const struct node *node, const struct env *env);

/* N_LIST_FOR and N_OBJECT_FOR (eval_for.c). */
const struct value *eval_comprehension(struct eval *eval, const struct node *node, const struct env *env);

/* Whether a value may be interpolated into text (eval_text.c); false after a report or for a value_error. */
bool eval_is_text_part(struct eval *eval, const struct node *node, const struct value *part);

/* An object under construction (eval_merge.c). Few fields are searched linearly, many through a map. */
struct fields {
	struct field *items;
	size_t count, room;
	struct map places; /* from a name to its index + 1; filled when needed */
};

/* The field of this name, or NULL. */
struct field *eval_find_field(struct eval *eval, struct fields *fields, const struct word *name);

/* Adds a field. It merges over an earlier one of the same name. */
void eval_put_field(struct eval *eval, struct fields *fields, struct field field);

/* The object that has these fields; value_error, after a report, when it is too large. */
const struct value *eval_finish_object(struct eval *eval, const struct node *node, const struct fields *fields);

#endif

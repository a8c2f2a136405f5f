/* Values as source text: expressions that evaluate to them. Part of expanded.h. */
#ifndef SP_EXPANDED_VALUE_H
#define SP_EXPANDED_VALUE_H

#include "eval/program.h"

/* The text being written, and its names. */
struct expanded {
	struct text *out;
	int depth;
	struct map names;                /* struct word: the name of a step in the text, by its name in the definition */
	const struct word **parameters;  /* the names of parameters in the text, by the index of the symbol */
};

/* Chooses a unique identifier for each step and parameter. */
void expanded_choose_names(struct expanded *expanded, const struct program *program);

/* The name of a step in the text. */
const struct word *expanded_name(const struct expanded *expanded, const struct step *step);

/* Appends a string literal. */
void expanded_string(struct text *out, const struct word *text);

/* Appends the key of a field. It is quoted when it is not an identifier, not a member of the object's shape, or quoted in the source.
 * An open shape has any member. */
void expanded_key(struct text *out, const struct value *object, const struct field *field);

/* Appends an expression with this value. */
void expanded_value(struct expanded *expanded, const struct value *value);

/* Appends a condition as an operand of `op`, in parentheses if needed. */
void expanded_condition(struct expanded *expanded, const struct value *value, enum node_op op);

#endif

/* Values as the expressions that make them: the second half of expanded.h. */
#ifndef SP_EXPANDED_VALUE_H
#define SP_EXPANDED_VALUE_H

#include "eval/program.h"

/* A program being written. */
struct expanded {
	struct text *out;
	int depth;
	struct map names;                /* struct word: the name of a step in the text, by that in the definition */
	const struct word **parameters;  /* by the index of their symbols */
};

/* Finds a name for each step and parameter that the language takes and that is no other's. */
void expanded_choose_names(struct expanded *expanded, const struct program *program);

/* The name of a step in the text. */
const struct word *expanded_name(const struct expanded *expanded, const struct step *step);

/* A string literal. */
void expanded_string(struct text *out, const struct word *text);

/* The key of a field: quoted where it is no word, or not a member of the object's shape. */
void expanded_key(struct text *out, const struct value *object, const struct word *key);

/* An expression with this value. */
void expanded_value(struct expanded *expanded, const struct value *value);

/* A condition, as an operand of `op`. */
void expanded_condition(struct expanded *expanded, const struct value *value, enum node_op op);

#endif

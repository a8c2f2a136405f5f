/* What other code needs to know of a parameter, config or step before it is lowered: each fact is found on demand, once. */
#ifndef SP_SYMBOLS_H
#define SP_SYMBOLS_H

#include "eval/eval.h"

/* Fills `type`, `emitted`, `initial` and `allowed` of a parameter, or `type`, `initial` and `allowed` of a config. */
void symbols_param(struct program *program, struct symbol *symbol);
void symbols_config(struct program *program, struct symbol *symbol);

/* A value, or NULL, that a parameter or config is to have: value_error, after a report at `use`, when it is not in the list
 * of its declaration. */
const struct value *symbols_allowed_value(struct program *program, const struct symbol *symbol, const struct value *value,
                                        const struct node *at);

/* The name of a step in the definition; never NULL. */
const struct word *symbols_name(struct program *program, struct step *step);

/* The name of a step or use that is declared in a scope: with that of the component around it, and with its keys. */
const struct word *symbols_full_name(struct eval *eval, const struct node *node, const struct scope *scope, const struct env *env);

/* Whether its `when`, or that of a condition or component around it, is false. */
bool symbols_is_absent(struct program *program, struct step *step);

/* The first N_WHEN of a block that is false, or NULL. */
const struct node *symbols_false_when(struct eval *eval, const struct node *block, const struct env *env);

/* The same among all blocks of a step whose kind is known; `*layer` is the block. */
const struct node *symbols_false_when_of(struct program *program, struct step *step, const struct layer **layer);

/* The N_PROPERTY_FILE, N_OUTPUT or N_WHEN of this name among the clauses of a step whose kind is known, or NULL;
 * `*layer` is where it stands. */
const struct node *symbols_find_clause(const struct step *step, enum node_kind kind, const struct word *name, const struct layer **layer);

/* The constant text of an `as` on a declaration or clause, else the word of the node itself. */
const struct word *symbols_as(struct eval *eval, const struct node *node, const struct env *env);

/* How the expressions of a step's layer are evaluated. */
struct eval symbols_eval(struct program *program, struct step *step, const struct layer *layer);

#endif

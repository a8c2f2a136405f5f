/* Declarations to what goes out: settings and parameters to values, steps to arguments, step keys and clauses,
 * each checked against what its type or kind declares. */
#ifndef SP_LOWER_H
#define SP_LOWER_H

#include "eval.h"

/* Evaluates and checks everything that resolve found. */
void lower_program(struct program *program);

/* Symbols (lower_symbols.c): each is made once, by whoever needs it first. */

/* Fills `type`, `emitted`, `initial` and `allowed` of a parameter, or `type`, `initial` and `allowed` of a config. */
void lower_param(struct program *program, struct symbol *symbol);
void lower_config(struct program *program, struct symbol *symbol);

/* The kind of a step; NULL after a mistake, which is reported. */
const struct kind *lower_kind(struct program *program, struct step *step);

/* Reports that there is no step kind of a name. */
void lower_report_kind(struct program *program, const struct node *name);

/* The name of a step in the definition; never NULL. */
const struct word *lower_name(struct program *program, struct step *step);

/* Whether its `when`, or that of a condition around it, is false. */
bool lower_is_absent(struct program *program, struct step *step);

/* The N_PROPERTY_FILE or N_OUTPUT of this name in a step's block, or NULL. */
const struct node *lower_find_clause(const struct step *step, enum node_kind kind, const struct word *name);

/* The constant text of an `as` on a declaration or clause, else the word of the node itself. */
const struct word *lower_as(struct program *program, const struct node *node, const struct env *env, struct step *step);

/* Clauses (lower_clauses.c): cache, retries, property files, outputs and dependencies of a step. `blocks` are its
 * own block and before it those of `defaults`, weakest first. */
void lower_clauses(struct program *program, struct step *step, const struct node *const *blocks, size_t count);

/* The expression after `if` as the list of conditions that must all hold (lower_clauses.c). */
void lower_condition(struct program *program, struct step *step);

#endif

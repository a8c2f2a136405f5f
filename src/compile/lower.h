/* Declarations to what goes out: settings and parameters to values, steps to arguments, step keys and clauses,
 * each checked against what its type or kind declares. */
#ifndef SP_LOWER_H
#define SP_LOWER_H

#include "eval/eval.h"

/* Evaluates and checks everything that resolve found. */
void lower_program(struct program *program);

/* Symbols (lower_symbols.c): each is made once, by whoever needs it first. */

/* Fills `type`, `emitted`, `initial` and `allowed` of a parameter, or `type`, `initial` and `allowed` of a config. */
void lower_param(struct program *program, struct symbol *symbol);
void lower_config(struct program *program, struct symbol *symbol);

/* A value, or NULL, that a parameter or config is to have: value_error, after a report at `use`, when it is not in the list
 * of its declaration. */
const struct value *lower_allowed_value(struct program *program, const struct symbol *symbol, const struct value *value,
                                        const struct node *use);

/* The kind of a step; NULL after a mistake, which is reported. Fills `layers` (derive.c). */
const struct kind *lower_kind(struct program *program, struct step *step);

/* Reports that there is no step kind of a name. */
void lower_report_kind(struct eval *eval, struct module *module, const struct node *name);

/* The name of a step in the definition; never NULL. */
const struct word *lower_name(struct program *program, struct step *step);

/* The name of a step or use that is declared in a scope: with that of the component around it, and with its keys. */
const struct word *lower_full_name(struct eval *eval, const struct node *node, const struct scope *scope, const struct env *env);

/* Whether its `when`, or that of a condition or component around it, is false. */
bool lower_is_absent(struct program *program, struct step *step);

/* The first N_WHEN of a block that is false, or NULL. */
const struct node *lower_false_when(struct eval *eval, const struct node *block, const struct env *env);

/* The same among all blocks of a step whose kind is known; `*layer` is the block. */
const struct node *lower_false_when_of(struct program *program, struct step *step, const struct layer **layer);

/* The N_PROPERTY_FILE, N_OUTPUT or N_WHEN of this name among the clauses of a step whose kind is known, or NULL;
 * `*layer` is where it stands. */
const struct node *lower_find_clause(const struct step *step, enum node_kind kind, const struct word *name, const struct layer **layer);

/* The constant text of an `as` on a declaration or clause, else the word of the node itself. */
const struct word *lower_as(struct eval *eval, const struct node *node, const struct env *env);

/* How the expressions of a step's layer are evaluated. */
struct eval lower_eval(struct program *program, struct step *step, const struct layer *layer);

/* Clauses (lower_clauses.c): cache, retries, property files, outputs and dependencies of a step, from all its layers. */
void lower_clauses(struct program *program, struct step *step);

/* The `depends on` in the block of a component's use. */
void lower_use(struct program *program, struct use *use);

/* The expression after `if` as the list of conditions that must all hold (lower_clauses.c). */
void lower_condition(struct program *program, struct step *step);

#endif

/* Expansion: units become steps. A unit is a declaration of a step, condition, component instance or schedule in one scope.
 * It makes one of them, or a family of them.
 *
 * A single step is made when it is declared. A family or a component instance needs evaluation first: it is expanded when its
 * name is used, at the latest by expand_program. The blocks of steps are not evaluated here. */
#ifndef SP_EXPAND_H
#define SP_EXPAND_H

#include "eval/eval.h"

/* Declarations (expand_declare.c). They evaluate nothing. */

/* Declares a step, condition or component instance in a scope. Other nodes are ignored. */
void expand_declare(struct program *program, struct scope *scope, const struct node *node);

/* Declares a schedule. Nothing can refer to it; expand_program makes it. */
void expand_declare_schedule(struct program *program, const struct node *node);

/* A copy of a scope, without its units, for the caller to change. */
struct scope *expand_new_scope(struct program *program, const struct scope *outer);

/* The step of an N_STEP. */
struct step *expand_new_step(struct program *program, const struct node *node, struct scope *scope);

/* The step of an N_FOREACH, with its body. */
struct step *expand_new_foreach(struct program *program, const struct node *node, struct scope *scope);

/* The step of an N_CONDITION, with its branches and one nested condition for each `else if`. */
struct step *expand_new_condition(struct program *program, const struct node *node, struct scope *scope);

/* Expansion (expand.c) */

/* What the name of a step, family or component instance refers to: a VALUE_STEP, a VALUE_INSTANCE, or an object of these by
 * key. */
const struct value *expand_symbol(struct program *program, const struct symbol *symbol);

/* What an instance of a component exports under a name; value_error after a report. */
const struct value *expand_export(struct eval *eval, const struct node *node, struct instance *instance, const struct word *name);

/* Expands all units that are left. Lists all steps in source order (`steps`, `all_steps`, and those of each branch) and all
 * `schedules`. */
void expand_program(struct program *program);

#endif

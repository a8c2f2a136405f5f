/* Facts about parameters, configs, steps and component instances that expressions may need before these are lowered. They are
 * found on demand. */
#ifndef SP_SYMBOLS_H
#define SP_SYMBOLS_H

#include "eval/eval.h"

/* Parameters and configs */

/* Fills `type`, `emitted`, `initial` and `allowed` of a parameter. */
void symbols_param(struct program *program, struct symbol *symbol);

/* Fills `type`, `initial` and `allowed` of a config. */
void symbols_config(struct program *program, struct symbol *symbol);

/* Checks the value of a parameter or config against the list after its `in`. The result is the value, which may be NULL;
 * value_error after a report at `at`. */
const struct value *symbols_allowed_value(struct program *program, const struct symbol *symbol, const struct value *value,
                                          const struct node *at);

/* Names in the definition */

/* The constant text after `as` of a declaration or clause, else its name in the source. */
const struct word *symbols_own_name(struct eval *eval, const struct node *node, const struct env *env);

/* The own name of a step or instance in a scope, prefixed with the name of the component instance around it and, unless `as`
 * gives the name, followed by the keys of the families around it. */
const struct word *symbols_full_name(struct eval *eval, const struct node *node, const struct scope *scope, const struct env *env);

/* The name of a step; never NULL. */
const struct word *symbols_step_name(struct program *program, struct step *step);

/* The name of a component instance, the prefix of the names of its steps; never NULL. */
const struct word *symbols_instance_name(struct program *program, struct instance *instance);

/* Presence */

/* Whether the `when` of a step is false, or that of a condition or component instance around it. */
bool symbols_is_absent(struct program *program, struct step *step);

/* The same for a component instance. */
bool symbols_is_instance_absent(struct program *program, struct instance *instance);

/* The first N_WHEN of a block that is false, or NULL. */
const struct node *symbols_false_when(struct eval *eval, const struct node *block, const struct env *env);

/* The first false N_WHEN in the layers of a step whose kind is known; `*layer` is the one that has it. */
const struct node *symbols_false_when_of(struct program *program, struct step *step, const struct layer **layer);

/* The clause of this kind and name in the strongest layer, `*layer`, that has one; NULL when there is none. The kind of the
 * step must be known. */
const struct node *symbols_find_clause(const struct step *step, enum node_kind kind, const struct word *name, const struct layer **layer);

#endif

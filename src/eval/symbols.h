/* Facts about parameters, configs, steps and component instances that expressions may need before these are lowered. Each fact
 * is found on demand, once. */
#ifndef SP_SYMBOLS_H
#define SP_SYMBOLS_H

#include "eval/eval.h"

/* Parameters and configs */

/* Fills `type`, `emitted`, `initial` and `allowed` of a parameter. */
void symbols_param(struct program *program, struct symbol *symbol);

/* Fills `type`, `initial` and `allowed` of a config. */
void symbols_config(struct program *program, struct symbol *symbol);

/* Checks a value for a parameter or config, which may be NULL, against the list after `in`: the value, or value_error after a
 * report at `at`. */
const struct value *symbols_allowed_value(struct program *program, const struct symbol *symbol, const struct value *value,
                                          const struct node *at);

/* Names in the definition */

/* The constant text after `as` of a declaration or clause, else its name in the source. */
const struct word *symbols_own_name(struct eval *eval, const struct node *node, const struct env *env);

/* The own name of a step or instance in a scope, prefixed with the name of the component around it and followed by its keys. */
const struct word *symbols_full_name(struct eval *eval, const struct node *node, const struct scope *scope, const struct env *env);

/* The name of a step; never NULL. */
const struct word *symbols_step_name(struct program *program, struct step *step);

/* The name of a component instance, the prefix of the names of its steps; never NULL. */
const struct word *symbols_instance_name(struct program *program, struct instance *instance);

/* Presence */

/* Whether the `when` of a step is false, or that of a condition or component around it. */
bool symbols_is_absent(struct program *program, struct step *step);

/* The same for a component instance. */
bool symbols_is_instance_absent(struct program *program, struct instance *instance);

/* The first N_WHEN of a block that is false, or NULL. */
const struct node *symbols_false_when(struct eval *eval, const struct node *block, const struct env *env);

/* The same among all layers of a step whose kind is known; `*layer` is the one that has it. */
const struct node *symbols_false_when_of(struct program *program, struct step *step, const struct layer **layer);

/* The clause of this kind and name in the layers of a step whose kind is known, the strongest first; `*layer` is the one that
 * has it. NULL when there is none. */
const struct node *symbols_find_clause(const struct step *step, enum node_kind kind, const struct word *name, const struct layer **layer);

#endif

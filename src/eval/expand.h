/* Units to steps: families, components, and what is in the branches of conditions.
 *
 * A step that stands alone is made when it is declared. A family or a use must be evaluated first: that is done when
 * somebody asks for it, at the latest by expand_program. The blocks of steps are not looked at here. */
#ifndef SP_EXPAND_H
#define SP_EXPAND_H

#include "eval/eval.h"

/* Declares a step, condition or use in a scope. */
void expand_declare(struct program *program, struct scope *scope, const struct node *node);

/* Declares a schedule, which has no name that others could refer to. It is made by expand_program. */
void expand_declare_schedule(struct program *program, const struct node *node);

/* What a name of a step, family or use stands for: a VALUE_STEP, a VALUE_USE, or an object of such, by key. */
const struct value *expand_symbol(struct program *program, const struct symbol *symbol);

/* Expands what is left, and lists all steps in source order (`steps`, `all_steps` and those of each branch) and all
 * `schedules`. */
void expand_program(struct program *program);

/* `use.name`: what a component exports. */
const struct value *expand_export(struct eval *eval, const struct node *node, struct instance *instance, const struct word *name);

/* Makes lets of a block visible to each other and to what follows, whatever the order: the chain with all of them. */
const struct env *expand_lets(struct program *program, const struct node *block, const struct env *env, struct module *module,
                              struct origin origin, struct step *step);

/* The name of a use in the definition, with which those of its steps begin; never NULL. */
const struct word *expand_instance_name(struct program *program, struct instance *instance);

/* Whether the `when` of a use, or of one around it, is false. */
bool expand_is_absent(struct program *program, struct instance *instance);

#endif

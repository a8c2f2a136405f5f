/* Type checking: whether a value fits its place, and what it becomes there.
 *
 * The result is what goes out: null fields are dropped, defaults of the shape are filled in, and scalars in maps and lists of
 * text become text. A value that does not fit is reported once and becomes value_error. */
#ifndef SP_CHECK_H
#define SP_CHECK_H

#include "eval/program.h"

/* The value as it stands in a place of this type. `target` is the node of that place. It is shown when the value is written
 * elsewhere. */
const struct value *check_value(struct program *program, const struct value *value, const struct type *type,
                                const struct node *target);

/* The same for members of a shape that come from several places, such as the layers of a step. `owner` says in words what
 * lacks a required member ("a Training step"). Defaults may use `Step.Name` of `step`. */
const struct value *check_shape(struct program *program, const struct value *object, const struct type *shape,
                                const struct node *target, const char *owner, struct step *step);

#endif

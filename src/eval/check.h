/* Values against types: whether a value fits its place, and what it becomes there.
 *
 * The result is what goes out: fields that are null are gone, defaults of the shape are there, scalars in maps
 * and lists of text are text. A value that does not fit is reported once and becomes value_error. */
#ifndef SP_CHECK_H
#define SP_CHECK_H

#include "eval/program.h"

/* The value as it stands in a place of this type. `use` is the node of that place: shown when the value is
 * written elsewhere. */
const struct value *check_value(struct program *program, const struct value *value, const struct type *type,
                                const struct node *target);

/* The same for the members of a shape that come from several places (a step's block). `owner` is what lacks a
 * required member, in words ("a Training step"), and `step` whose `Step.Name` defaults may use. */
const struct value *check_shape(struct program *program, const struct value *object, const struct type *shape,
                                const struct node *target, const char *owner, struct step *step);

#endif

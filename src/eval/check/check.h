/* Type checking: whether a value fits its place, and what it becomes there.
 *
 * The result is what is emitted: null fields are dropped, defaults of the shape are filled in, and scalars in maps and lists of
 * text become text. A value that does not fit is reported once and becomes value_error. */
#ifndef SP_CHECK_H
#define SP_CHECK_H

#include "eval/program.h"

/* The value as it becomes in a place of this type; value_error after a report. `target` is the node of that place. It is shown
 * when the value is written elsewhere. */
const struct value *check_value(struct program *program, const struct value *value, const struct type *type,
                                const struct node *target);

/* The same for an object whose members come from several places, such as the layers of a step. `owner` is what messages call
 * it ("a Training step"). Defaults may use `Step.Name` of `step`. */
const struct value *check_shape(struct program *program, const struct value *object, const struct type *shape,
                                const struct node *target, const char *owner, struct step *step);

#endif

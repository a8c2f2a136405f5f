/* Walks over the deferred values in a value or step: its references to parameters, steps and files. */
#ifndef SP_GRAPH_REFERENCES_H
#define SP_GRAPH_REFERENCES_H

#include "eval/program.h"

/* Calls `visit` for each deferred value in a value, including the value itself and the URIs of s3json(). */
void graph_each_reference(const struct value *value, void (*visit)(void *context, const struct value *reference),
                          void *context);

/* The same for everything that goes out of a step: its keys, arguments and conditions. */
void graph_each_step_reference(const struct step *step, void (*visit)(void *context, const struct value *reference),
                               void *context);

/* Calls `visit` for each value at a path of members, as a kind's `writes` names it, in all elements of lists. `holder` is the object that
 * has the last member. */
void graph_each_value_at(const struct value *arguments, const struct node *path,
                         void (*visit)(void *context, const struct value *value, const struct value *holder), void *context);

#endif

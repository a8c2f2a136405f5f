/* The graph of steps: what waits for what.
 *
 * An edge is a written dependency, a reference to a property or property file, or a branch that waits for its
 * condition. Only the first kind is emitted; the service finds the others itself. */
#ifndef SP_GRAPH_H
#define SP_GRAPH_H

#include "eval/program.h"

/* Fills the edges of every step. Reports equal step names, cycles, and references to outputs that a step does not have. */
void graph_check(struct program *program);

/* Calls `visit` for each deferred value in a value, itself included. */
void graph_each_reference(const struct value *value, void (*visit)(void *context, const struct value *reference),
                          void *context);

#endif

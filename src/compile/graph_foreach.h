/* The rules for the steps in the body of a `foreach`. */
#ifndef SP_GRAPH_FOREACH_H
#define SP_GRAPH_FOREACH_H

#include "eval/program.h"

/* The innermost `foreach` around a step, or NULL. */
const struct step *graph_foreach_around(const struct step *step);

/* Makes each `foreach` wait for what the steps in its body wait for outside it, so that the search for cycles finds those through
 * its end. graph_drop_body_edges undoes it: the definition does not have these dependencies. */
void graph_add_body_edges(struct program *program);
void graph_drop_body_edges(struct program *program);

/* Reports bodies without steps, steps that cannot be in a body, references into a body from outside, and names that the service
 * gives to the steps of iterations. Needs the edges. */
void graph_check_foreach(struct program *program);

#endif

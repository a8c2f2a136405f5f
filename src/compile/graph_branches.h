/* Dependencies across the branches of conditions, of which only one runs. */
#ifndef SP_GRAPH_BRANCHES_H
#define SP_GRAPH_BRANCHES_H

#include "eval/program.h"

/* The condition of which only one branch runs, with one step in each branch; NULL if there is none. */
const struct step *graph_exclusive_condition(const struct step *a, const struct step *b);

/* Reports dependencies between branches that exclude each other. Warns of a `depends on` that names a condition, and of steps outside
 * a branch that depend on a step in it, unless the other branch always ends the pipeline. Needs the edges. */
void graph_check_branches(struct program *program);

#endif

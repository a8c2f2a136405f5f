/* Dependencies across the branches of conditions, of which only one runs. */
#ifndef SP_GRAPH_BRANCHES_H
#define SP_GRAPH_BRANCHES_H

#include "eval/program.h"

/* Reports dependencies between branches that exclude each other. Warns of dependencies from outside on a step in a branch, unless
 * the other branch always ends the pipeline, and of `depends on` a condition. Needs the edges. */
void graph_check_branches(struct program *program);

#endif

/* References across the branches of conditions. */
#ifndef SP_GRAPH_BRANCHES_H
#define SP_GRAPH_BRANCHES_H

#include "eval/program.h"

/* Refuses references between branches of which only one runs; warns of those from outside into a branch, unless
 * every other branch ends in a step that ends the pipeline, and of `depends on` a condition. Needs the edges. */
void graph_check_branches(struct program *program);

#endif

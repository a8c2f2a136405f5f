/* The dependency graph of steps.
 *
 * An edge is a written dependency, a reference to a property or property file of a step, or the dependency of a step in a branch
 * on its condition. Only written dependencies are emitted; SageMaker finds the others itself. */
#ifndef SP_GRAPH_H
#define SP_GRAPH_H

#include "eval/program.h"

/* Fills the edges of every step. Reports repeated step names, cycles, references to elements that a step does not have, and the
 * mistakes of graph_branches.h. */
void graph_check(struct program *program);

#endif

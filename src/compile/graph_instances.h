/* Dependencies of and on component instances.
 *
 * Depending on an instance means depending on its sink steps: those that no other step in it depends on. The dependencies of an
 * instance apply to its source steps: those that depend on no other step in it. */
#ifndef SP_GRAPH_INSTANCES_H
#define SP_GRAPH_INSTANCES_H

#include "eval/program.h"

/* Turns each `depends on` of or on an instance into `depends` and `edges` of steps. Needs the edges of references. */
void graph_resolve_instances(struct program *program);

#endif

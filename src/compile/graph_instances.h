/* Dependencies on components: what waits for a whole component waits for the steps that nothing else in it waits for,
 * and what a component waits for, those of its steps do that wait for nothing else in it. */
#ifndef SP_GRAPH_INSTANCES_H
#define SP_GRAPH_INSTANCES_H

#include "eval/program.h"

/* Adds to the `depends` and `edges` of steps what `depends on` says about uses. The edges of references are there. */
void graph_resolve_instances(struct program *program);

#endif

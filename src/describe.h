/* What a step kind or a shape of the standard library holds and a function or component takes, as text for people. */
#ifndef SP_DESCRIBE_H
#define SP_DESCRIBE_H

#include "world.h"

/* Appends the description of `path`: a function, a component, or a kind or type and members behind it: `Training`,
 * `Training.InputDataConfig`, `Processing.properties.ProcessingOutputConfig`. False, with a message in `out`, when there
 * is none. */
bool describe_path(struct text *out, struct world *world, const char *path);

/* Appends the names of all built-in kinds. */
void describe_kinds(struct text *out, struct world *world);

#endif

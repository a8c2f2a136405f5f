/* What a declaration of the standard library holds, and what it is called with, as text for people. */
#ifndef SP_DESCRIBE_H
#define SP_DESCRIBE_H

#include "types/kind.h"

/* Appends the description of `path`: a kind or type, then members: `Training`, `Training.InputDataConfig`,
 * `Processing.properties.ProcessingOutputConfig`; or a component or function: `Deploy`, `channel`. False, with a message in `out`, when there is none. */
bool describe_path(struct text *out, struct world *world, const char *path);

/* Appends the names of all built-in kinds. */
void describe_kinds(struct text *out, struct world *world);

/* Appends a type with its limits, on one line: "String 1..63 characters matching [a-z]+". */
void describe_type(struct text *out, const struct type *type);

/* Appends the clauses that the steps of a kind take: "depends on, when, cache". */
void describe_clauses(struct text *out, const struct kind *kind);

#endif

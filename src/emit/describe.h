/* Descriptions of the library's declarations for people: members, types, limits and parameters. */
#ifndef SP_DESCRIBE_H
#define SP_DESCRIBE_H

#include "types/kind.h"

/* Appends the description of `path`: a kind or type and members of it (`Training`, `Training.InputDataConfig`,
 * `Processing.properties.ProcessingOutputConfig`), or a component or function (`Deploy`, `channel`). False, with a message in
 * `out`, when nothing has this name. */
bool describe_path(struct text *out, struct world *world, const char *path);

/* Appends the names of all kinds, components and public functions of the library, each with the first sentence of its
 * documentation. */
void describe_library(struct text *out, struct world *world);

/* Appends a type with its limits, on one line: "String 1..63 characters matching [a-z]+". */
void describe_type(struct text *out, const struct type *type);

/* Appends the clauses that steps of a kind may have: "depends on, on failure of, …, when, cache". */
void describe_clauses(struct text *out, const struct kind *kind);

#endif

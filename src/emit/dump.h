/* Stages of the compiler as text, for people and tests: `--dump symbols`, `types` and `graph`. */
#ifndef SP_DUMP_H
#define SP_DUMP_H

#include "eval/program.h"

/* Appends a line for each declared name: what it is, and where it is declared. */
void dump_symbols(struct text *out, const struct program *program);

/* Appends each expression except string and number literals, with its type and whether it is constant or deferred. Needs a
 * program that keeps its values. */
void dump_types(struct text *out, const struct program *program);

/* Appends each step with its dependencies and their reasons. */
void dump_graph(struct text *out, const struct program *program);

#endif

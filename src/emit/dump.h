/* What the compiler made of a program, as text for people and tests: `--dump symbols|types|graph`. */
#ifndef SP_DUMP_H
#define SP_DUMP_H

#include "eval/program.h"

/* Each declared name, one to a line: what it is and where. */
void dump_symbols(struct text *out, const struct program *program);

/* Each expression but plain constants, with its type and its time; needs a program that keeps its values. */
void dump_types(struct text *out, const struct program *program);

/* Each step with what it waits for and why. */
void dump_graph(struct text *out, const struct program *program);

#endif

/* The expanded program as source text: plain steps that compile to the same definition. */
#ifndef SP_EXPANDED_H
#define SP_EXPANDED_H

#include "eval/program.h"

/* Appends the program as source text in which imports, settings, kinds, components, families and comprehensions are expanded
 * away. Only for programs without errors. */
void expanded_write(struct text *out, const struct program *program);

#endif

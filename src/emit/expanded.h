/* A program after expansion, as a program: plain steps, each written out, that compile to the same definition. */
#ifndef SP_EXPANDED_H
#define SP_EXPANDED_H

#include "eval/program.h"

/* Appends the text of a program without imports, settings, kinds, components, families and comprehensions. The program
 * has no errors. */
void expanded_write(struct text *out, const struct program *program);

#endif

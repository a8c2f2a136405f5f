/* The files that a program uses, and those that it was made of. */
#ifndef SP_EMIT_FILES_H
#define SP_EMIT_FILES_H

#include "eval/program.h"

/* Appends a JSON list of the assets of a program without errors: each with its kind, URI, digest and size, where it comes
 * from, and the files in it. */
void emit_manifest(struct text *out, const struct program *program);

/* Appends a rule for make, by which `target` is made anew when `root`, the program's own file, or anything that it read
 * has changed; and a rule without commands for each of these, so that make goes on when one is gone. `root` is NULL for
 * standard input. */
void emit_deps(struct text *out, const struct program *program, const char *target, const char *root);

#endif

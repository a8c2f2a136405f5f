/* The files of a program: its assets, and the files that it was compiled from. */
#ifndef SP_EMIT_FILES_H
#define SP_EMIT_FILES_H

#include "eval/program.h"

/* Appends a JSON list of the assets of a program without errors: kind, URI, source, digest and size of each, and the files in
 * it. */
void emit_manifest(struct text *out, const struct program *program);

/* Appends a make rule: `target` depends on `root`, the program's own file, and on everything that the program read. Each file read
 * gets a rule without commands, so that make goes on when the file is gone. `root` is NULL for standard input. */
void emit_deps(struct text *out, const struct program *program, const char *target, const char *root);

#endif

/* The analysis of a program that `--check` and the language server share: it is compiled, its size is checked, it is linted with
 * the configuration for its file, and the diagnostics that comments suppress are removed. */
#ifndef SP_ANALYZE_H
#define SP_ANALYZE_H

#include "lint/lint.h"

/* Reads the levels of lint rules for the program at `path`, "-" for standard input: from the file `lint_config` or, if it is
 * NULL, from the nearest .sagepipec.json in the program's folder or one above it. False, with a line appended to `failures`,
 * if that file cannot be read or is invalid. */
bool analyze_find_config(struct lint_config *config, const char *lint_config, const char *path, struct text *failures);

/* Compiles and lints a file. The program lives in `arena`; everything else must outlive it. */
struct program *analyze_program(struct arena *arena, struct world *world, const struct program_options *options,
                                const struct lint_config *config, const struct source_file *file);

#endif

/* All that can be said of a program: compiled, linted by the configuration that holds for its file, and silenced where
 * comments say so. What `--check` and the language server share. */
#ifndef SP_INSPECT_H
#define SP_INSPECT_H

#include "lint/lint.h"

/* The levels of lint rules for the program at `path`, "-" for standard input: those of the file `lint_config`, or, if
 * it is NULL, those of the nearest .sagepipec.json upwards. False, with a line appended to `failures`, when that file
 * cannot be read. */
bool inspect_find_config(struct lint_config *config, const char *lint_config, const char *path, struct text *failures);

/* Compiles and lints a file; the program lives in `arena`, all else must live as long as it. */
struct program *inspect_program(struct arena *arena, struct world *world, const struct program_options *options,
                                const struct lint_config *config, const struct source_file *file);

#endif

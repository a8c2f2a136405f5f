/* The texts that are part of the program, as files that an editor can open. */
#ifndef SP_LIBRARY_H
#define SP_LIBRARY_H

#include "base/arena.h"

#include <stdbool.h>

/* The absolute path of "stdlib/steps/training.pipe", or of "doc/diagnostics.md": the installed file when it has the same
 * text, else a copy in `cache_folder`, which is written when it is not there. NULL when there is no such text, or neither
 * can be had. Lives as long as `arena`. */
const char *library_path(struct arena *arena, const char *cache_folder, const char *name);

/* Whether an absolute path is that of a file of the library, as library_path gives them. */
bool library_has(const char *cache_folder, const char *path);

#endif

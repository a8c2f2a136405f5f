/* The standard library and the diagnostics' documentation, which are embedded in the executable, as files that an editor can open. */
#ifndef SP_LIBRARY_H
#define SP_LIBRARY_H

#include "base/arena.h"

#include <stdbool.h>

/* The absolute path of an embedded file, by a name such as "stdlib/steps/training.pipe" or "doc/diagnostics.md": the installed file
 * if its text is the same, else a copy in `cache_folder`, which is written if necessary. NULL if there is no embedded file of this
 * name, or if the copy is needed but `cache_folder` is NULL or cannot be written to. Lives as long as `arena`. */
const char *library_path(struct arena *arena, const char *cache_folder, const char *name);

/* Whether an absolute path is below `stdlib`, either in the installation or in the cache folder. */
bool library_has(const char *cache_folder, const char *path);

#endif

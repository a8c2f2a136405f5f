/* Help for those who come from Python: how names of Python and of SageMaker's Python SDK are written in a program. The table is
 * stdlib/python.txt. */
#ifndef SP_PYTHON_H
#define SP_PYTHON_H

#include "base/arena.h"

/* The help for a name in a place: "name", "kind", "argument" or "property". It lives in the arena; NULL when the table has none. */
const char *python_help(struct arena *arena, const char *place, const char *name, size_t length);

/* One form of an argument: `instance`, or a path such as `CheckpointConfig.S3Uri`. The first has the index 0. NULL after the last,
 * and for an argument that the table does not have. */
const char *python_argument(struct arena *arena, const char *name, size_t index);

/* The help for a syntax error at an offset of a text: for the word there or before it, or for a name of the SDK that the line calls.
 * NULL when there is none. */
const char *python_help_at(struct arena *arena, const char *text, size_t offset);

#endif

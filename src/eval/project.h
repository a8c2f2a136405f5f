/* The project: the folder that a program's files may not leave. It is the nearest one around the program that has a .sagepipec.json,
 * else the program's own folder. */
#ifndef SP_PROJECT_H
#define SP_PROJECT_H

#include "eval/program.h"

/* The folder of a file as a path: "." for a name without a folder. */
const char *project_folder_of(struct arena *arena, const char *path);

/* The project's folder: absolute, without links; "" if it cannot be found. */
const char *project_folder(struct program *program);

/* Whether a real path is in the project's folder. */
bool project_holds(struct program *program, const char *real);

/* Whether a real path is in a folder of -I. */
bool project_imports(const struct program *program, const char *real);

#endif

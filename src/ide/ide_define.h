/* "Go to definition" and "go to type definition": from a name to a place in the program, the library or another file. */
#ifndef SP_IDE_DEFINE_H
#define SP_IDE_DEFINE_H

#include "ide/ide.h"

/* What was found: a declaration or a whole file. */
struct ide_target {
	const struct source_file *file; /* of a declaration; else NULL */
	const char *path;               /* of a whole file, absolute; else NULL */
	struct span whole, name;        /* of the declaration, and of its name */
};

enum ide_wanted { IDE_DECLARATION, IDE_TYPE };

/* Finds the declaration of the name at an offset, or the declaration of its type: a step's kind, an instance's component, a named
 * type, the element type of a list or map. For the path in an import or in a call that takes a file (ide_links.h), finds the file.
 * `*origin` is the span of the name or path. False when nothing is found. */
bool ide_define(struct program *program, struct arena *arena, const struct tree *tree, uint32_t offset, enum ide_wanted wanted,
                struct ide_target *target, struct span *origin);

#endif

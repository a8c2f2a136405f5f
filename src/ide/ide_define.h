/* Where what a name means is declared, in the program, the library or another file. */
#ifndef SP_IDE_DEFINE_H
#define SP_IDE_DEFINE_H

#include "ide/ide.h"

/* A place to go to. */
struct ide_target {
	const struct source_file *file; /* NULL: the whole file at `path` */
	const char *path;               /* absolute */
	struct span whole, name;        /* of the declaration, and of its name */
};

enum ide_wanted { IDE_DECLARATION, IDE_TYPE };

/* The declaration of the name at an offset, or of its type: that of the steps of a kind, of a structure, of the elements of a
 * list. The path of an import, of `file` and of what else reads files leads to the file. False when there is none; `*origin`
 * is the name. */
bool ide_define(struct program *program, struct arena *arena, const struct tree *tree, uint32_t offset, enum ide_wanted wanted,
                struct ide_target *target, struct span *origin);

#endif

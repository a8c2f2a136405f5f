/* Code lenses: the references to each declaration, and the dependencies of steps.
 *
 * Listing the declarations needs only the tree and is cheap. One walk over the names of a program finds the references to all of
 * them. */
#ifndef SP_IDE_LENSES_H
#define SP_IDE_LENSES_H

#include "eval/program.h"

struct ide_lenses {
	const struct node **items;
	size_t count, room;
};

/* Lists the declarations that can be referenced by name, including those in branches, in source order, in `arena`. */
void ide_list_lenses(struct arena *arena, const struct tree *tree, struct ide_lenses *lenses);

/* Whether a declaration is a step or a condition, which can depend on others. */
bool ide_has_dependencies(const struct node *declaration);

/* A reference to a declaration. The name in the declaration itself does not count, nor do keys that select a member of a family. */
struct ide_file_reference {
	const struct node *declaration;
	const struct tree *tree;
	struct span span;
};

struct ide_file_references {
	struct ide_file_reference *items;
	size_t count, room;
};

/* Lists the references in a program to the declarations of the file at `path` (absolute, without links), in `arena`: file by file,
 * each in source order, without the files for which `skip` returns true. */
void ide_list_file_references(struct program *program, struct arena *arena, const char *path,
                              bool (*skip)(void *context, const char *path), void *context,
                              struct ide_file_references *references);

/* A step that the steps of a declaration depend on. */
struct ide_dependency {
	const char *name;
	const struct node *at;  /* the reference that makes the dependency; NULL when it is not in a file of the program */
};

struct ide_dependencies {
	struct ide_dependency *items;
	size_t count, room;
};

/* Lists the dependencies of a declaration, each step once, in `arena`. If the program has mistakes, some may be missing. */
void ide_list_dependencies(struct program *program, struct arena *arena, const struct node *declaration,
                           struct ide_dependencies *dependencies);

#endif

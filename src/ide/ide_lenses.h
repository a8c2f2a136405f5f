/* What editors show above declarations: where they are used, and what steps wait for.
 *
 * Which declarations there are is a question to the tree alone, and cheap. Where all of them are used is found in one walk
 * over the names of a program. */
#ifndef SP_IDE_LENSES_H
#define SP_IDE_LENSES_H

#include "eval/program.h"

struct ide_lenses {
	const struct node **items;
	size_t count, room;
};

/* Lists the declarations that others may use, those in branches too, in source order, in `arena`. */
void ide_list_lenses(struct arena *arena, const struct tree *tree, struct ide_lenses *lenses);

/* Whether a declaration makes steps that may wait for others. */
bool ide_has_dependencies(const struct node *declaration);

/* A place that names a declaration, and is not its own; the key of a member of a family is no name. */
struct ide_use {
	const struct node *declaration;
	const struct tree *tree;
	struct span span;
};

struct ide_uses {
	struct ide_use *items;
	size_t count, room;
};

/* Lists where a program uses what the file at `path` (absolute, without links) declares, file by file in source order, in
 * `arena`. Files for which `skip` says yes are left out. */
void ide_list_uses(struct program *program, struct arena *arena, const char *path,
                   bool (*skip)(void *context, const char *path), void *context, struct ide_uses *uses);

/* What the steps of a declaration wait for. */
struct ide_dependency {
	const char *name;
	const struct node *at;  /* the reference in a file of the program, or NULL */
};

struct ide_dependencies {
	struct ide_dependency *items;
	size_t count, room;
};

/* Lists it, each step once, in `arena`. Of a program with mistakes some may be missing. */
void ide_list_dependencies(struct program *program, struct arena *arena, const struct node *declaration,
                           struct ide_dependencies *dependencies);

#endif

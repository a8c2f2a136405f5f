/* What the files named ide share: the name at a place, and the identity of what it means.
 *
 * These files answer what an editor asks of programs that are compiled: byte offsets in, plain structs out. They know
 * no protocol and no JSON, compile nothing and report nothing. */
#ifndef SP_IDE_H
#define SP_IDE_H

#include "ide/bind.h"

/* A name in a text. */
struct ide_name {
	const struct node *node;        /* that is it or has it */
	struct span span;               /* of the name alone, without quotes */
	const struct node *declaration; /* what it means (ide_declaration), or NULL */
};

/* The name at an offset, or right before it; false when there is none. */
bool ide_find_name(struct program *program, const struct tree *tree, uint32_t offset, struct ide_name *name);

/* bind_declaration, made one for all that mean the same: the field of an object is the member of its shape, if it has one,
 * else it declares itself. */
const struct node *ide_declaration(struct program *program, const struct node *node);

/* The same declaration in every program that has its file. */
struct ide_place {
	const char *path;  /* absolute, or below stdlib/; lives as long as the program */
	uint32_t offset;   /* of its name in the whole file */
};
struct ide_place ide_place(const struct program *program, const struct node *declaration);
bool ide_is_place(struct ide_place a, struct ide_place b);

/* Whether a declaration is the library's, which nobody changes. */
bool ide_is_library(const struct program *program, const struct node *declaration);

/* What to show of a declaration: its name, or where it begins when it has none. */
struct span ide_declaration_span(const struct program *program, const struct node *declaration);

/* What a declaration says of itself, in `arena`: its `///` lines; in the library the comment above it or, for a kind or component
 * without one, that at the head of its file. NULL when there is nothing. */
const char *ide_doc(struct program *program, struct arena *arena, const struct node *declaration);

/* What is inside lists and maps. */
const struct type *ide_element(const struct type *type);

#endif

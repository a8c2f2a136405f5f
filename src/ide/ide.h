/* Shared helpers of this folder: the name at an offset, and the identity of its declaration.
 *
 * The functions of this folder take a compiled program and byte offsets, and return plain structs. They know no protocol and no
 * JSON, report nothing and, except in workspace.h, compile nothing. */
#ifndef SP_IDE_H
#define SP_IDE_H

#include "ide/bind.h"

/* A name in a text. */
struct ide_name {
	const struct node *node;        /* the N_NAME or N_STRING of the name, or the construct that contains it */
	struct span span;               /* of the name alone, without quotes */
	const struct node *declaration; /* as ide_declaration gives it; may be NULL */
};

/* The name that contains an offset or ends there; false when there is none. */
bool ide_find_name(struct program *program, const struct tree *tree, uint32_t offset, struct ide_name *name);

/* The declaration that a name refers to. Like bind_declaration, but all names of the same thing give the same node: for a field of
 * an object, the member of the object's shape or, without a shape, the field itself. */
const struct node *ide_declaration(struct program *program, const struct node *node);

/* A declaration's place, which identifies it in every program that has its file. */
struct ide_place {
	const char *path;  /* absolute, or below stdlib/; lives as long as the program */
	uint32_t offset;   /* of its name in the whole file */
};
struct ide_place ide_place(const struct program *program, const struct node *declaration);

/* Whether two places are the same. */
bool ide_is_place(struct ide_place a, struct ide_place b);

/* The path of a file of a program: absolute and without symbolic links if the program has a reader, else the file's name. */
const char *ide_file_path(const struct module_file *file);

/* Whether a declaration is in the standard library, which an editor must not change. */
bool ide_is_library(const struct program *program, const struct node *declaration);

/* The span of a declaration's name; the empty span at the declaration's start when it has no name. */
struct span ide_declaration_span(const struct program *program, const struct node *declaration);

/* The documentation of a declaration, in `arena`: its `///` lines. In the library, the comment above the declaration serves instead;
 * for a kind or component without one, the comment at the head of its file. NULL when there is none. */
const char *ide_doc(struct program *program, struct arena *arena, const struct node *declaration);

/* The innermost element type of lists and maps; the type itself when it is neither. NULL for NULL. */
const struct type *ide_element(const struct type *type);

/* The declaration of a type, or of its innermost element type. Its name is looked up at `node`. NULL for a type without a name. */
const struct node *ide_named_type(struct program *program, const struct node *node, const struct type *type);

/* Whether a value must be written for a member: it is not optional and has no default. */
bool ide_is_required(const struct member *member);

/* The next node inside `top`, in preorder; NULL after the last. Start from `top`. */
struct node *ide_following_in(const struct node *top, const struct node *node);

/* The next node that touches a span, in preorder; NULL after the last. Start from the root. */
const struct node *ide_following_near(const struct node *node, struct span span);

#endif

/* Builds types from their declarations. Errors in a declaration are reported through its scope. */
#ifndef SP_TYPE_BUILD_H
#define SP_TYPE_BUILD_H

#include "types/type.h"

struct world;

/* Where the names of types are looked up: in the declarations of a program and then in the standard library, or only
 * in the library. */
struct type_scope {
	struct world *world;
	/* The type that the program declares under a name, or NULL. The world's own scope has no such function. */
	const struct type *(*find)(void *context, const struct word *name);
	/* Reports an error in a reference to a type. If `what` is NULL, the name is unknown. */
	void (*report)(void *context, const struct node *reference, const char *what);
	void *context;
	struct arena *arena;
};

/* Builds a type from an N_TYPE_REF. Never NULL: an unknown name is reported through the scope and gives type_unknown. */
const struct type *type_from_node(const struct type_scope *scope, const struct node *node);

/* Builds the type of a declared shape, enum or type. */
const struct type *type_from_declaration(const struct type_scope *scope, const struct node *node);

/* The type of a member; it is resolved at the first call. */
const struct type *type_of_member(struct member *member);

/* The type of a kind, TYPE_ANY to TYPE_BOOLEAN, without constraints. */
const struct type *type_primitive(enum type_kind kind);

/* The type used after an error was reported; it accepts every value. */
const struct type *type_unknown(void);

#endif

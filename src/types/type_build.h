/* Builds types from their declarations. Errors in a declaration are reported through its scope. */
#ifndef SP_TYPE_BUILD_H
#define SP_TYPE_BUILD_H

#include "types/type.h"

struct world;

/* Where the names of types are looked up: in the declarations of a program and then in the standard library, or only
 * in the library. */
struct type_scope {
	struct world *world;
	/* Returns the type that the program declares under a name, or NULL. Not set in the world's own scope. */
	const struct type *(*find)(void *context, const struct word *name);
	/* Reports an error at a node: `what` is the message, or NULL for an unknown type name. Not set in the world's own
	 * scope. */
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

/* The type without constraints of a kind from TYPE_ANY to TYPE_BOOLEAN. */
const struct type *type_primitive(enum type_kind kind);

/* The type used after an error was reported; it accepts every value. */
const struct type *type_unknown(void);

#endif

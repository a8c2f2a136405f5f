/* Types: what may stand in a place, as the standard library and the user's own declarations give it.
 *
 * A type is immutable once made, except that the type of a member is resolved when it is first asked for:
 * the shapes of AWS refer to each other without end, and a program touches few of them. */
#ifndef SP_TYPE_H
#define SP_TYPE_H

#include "base/text.h"
#include "syntax/node.h"

enum type_kind {
	TYPE_ANY,    /* anything that may go out, unchecked: the members of Raw steps */
	TYPE_SCALAR, /* one of the four below, which one is not known */
	TYPE_STRING,
	TYPE_INTEGER,
	TYPE_FLOAT,
	TYPE_BOOLEAN,
	TYPE_ENUM,   /* a String of a known set */
	TYPE_LIST,
	TYPE_MAP,
	TYPE_SHAPE
};

struct type_scope; /* where the names in a declaration are looked up (world.h) */

struct member {
	const struct word *name;
	const struct node *declaration; /* N_MEMBER_DECL; has the type and the default */
	const struct type *type;        /* use type_of_member(); NULL until asked for */
	const struct type_scope *scope;
	bool is_optional;
};

/* `require exactly one of A, B, "why"` in a shape or a kind. */
struct requirement {
	const struct requirement *next;
	const struct node *node; /* N_REQUIRE */
};

struct type {
	uint8_t kind;
	bool is_literal;  /* no deferred value may stand here */
	bool is_unknown;  /* ANY: what a mistake left behind, which takes whatever there is */
	bool is_nullable; /* a written null goes out as null */
	bool is_open;     /* an enum that grows; a shape whose other members pass unchecked */
	bool has_min, has_max;
	double min, max;             /* of a String's length, a number's value, a List's or Map's size */
	const struct word *pattern;  /* of a String; NULL when there is none */
	const struct word *name;     /* as declared; NULL for an inline type */
	const struct type *element;  /* of a List or Map */
	const struct type *key;      /* of a Map, or NULL: any text */
	const struct word *by;       /* the member that names a List's elements, or NULL */
	struct member *members;      /* of a shape, in declaration order */
	const struct word **values;  /* of an enum */
	uint32_t count;              /* of members or values */
	const struct requirement *requirements;
	const struct node *reference; /* N_TYPE_REF with `without`: members that a pipeline does not take; or NULL */
};

/* The member with this name, or NULL. */
struct member *type_find_member(const struct type *shape, const struct word *name);

/* Whether a reference to a shape (N_TYPE_REF) takes this member away. */
bool type_omits_member(const struct node *reference, const struct word *name);

/* Whether a type is one of the scalars, an enum, or Any. */
bool type_is_scalar(const struct type *type);

/* Whether values of this type are text: String or an enum. */
bool type_is_text(const struct type *type);

/* The type as a user would write or know it: `String`, `List<Channel>`, `ResourceConfig`. */
void type_print(struct text *out, const struct type *type);

/* The same in an arena. */
const char *type_text(struct arena *arena, const struct type *type);

/* "a String", "a list", "a structure": for messages. */
const char *type_noun(const struct type *type);

#endif

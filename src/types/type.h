/* Types, as declared by the standard library and by the program. A type says which values a place allows.
 *
 * A type does not change once it is made, except that the type of a member is resolved when first needed: AWS's shapes
 * can be recursive, and a program uses few of them. */
#ifndef SP_TYPE_H
#define SP_TYPE_H

#include "base/text.h"
#include "syntax/node.h"

enum type_kind {
	TYPE_ANY,    /* any value, emitted unchecked: the members of Raw steps */
	TYPE_SCALAR, /* one of the four below, not known which */
	TYPE_STRING,
	TYPE_INTEGER,
	TYPE_FLOAT,
	TYPE_BOOLEAN,
	TYPE_ENUM,   /* a String from a set of values */
	TYPE_LIST,
	TYPE_MAP,
	TYPE_SHAPE
};

struct type_scope; /* where the names in a declaration are looked up (type_build.h) */

struct member {
	const struct word *name;
	const struct node *declaration; /* N_MEMBER_DECL; has the type and the default */
	const struct type *type;        /* NULL until resolved; call type_of_member() */
	const struct type_scope *scope;
	bool is_optional;
};

/* `require exactly one of A, B, "why"` in a shape or kind. */
struct requirement {
	const struct requirement *next;
	const struct node *node; /* N_REQUIRE */
};

/* An `assert` about the members of a shape. */
struct assertion {
	const struct assertion *next;
	const struct node *node;          /* N_ASSERT */
	const struct type_scope *scope;
};

struct type {
	uint8_t kind;
	bool is_literal;  /* deferred values are not allowed */
	bool is_unknown;  /* TYPE_ANY in place of a type with an error; accepts every value */
	bool is_nullable; /* a null in the program is emitted as null */
	bool is_open;     /* an enum with values not listed here; a shape that accepts other members, unchecked */
	bool has_min, has_max;
	double min, max;             /* bounds of a String's length, a number's value, or a List's or Map's size */
	const struct word *pattern;  /* of a String; NULL if there is none */
	const struct word *name;     /* as declared; NULL for an inline type */
	const struct type *element;  /* of a List or Map */
	const struct type *key;      /* of a Map; NULL: any text */
	const struct word *by;       /* the member that identifies a List's elements, or NULL */
	struct member *members;      /* of a shape, in declaration order */
	const struct word **values;  /* of an enum */
	uint32_t count;              /* of members or values */
	const struct requirement *requirements;
	const struct assertion *assertions;
	const struct node *reference; /* N_TYPE_REF with `without`, which names members that a pipeline cannot set; or NULL */
};

/* The member with this name, or NULL. */
struct member *type_find_member(const struct type *shape, const struct word *name);

/* Whether a reference to a shape (N_TYPE_REF) excludes this member with `without`. */
bool type_omits_member(const struct node *reference, const struct word *name);

/* Whether a type is a scalar, an enum, or Any. */
bool type_is_scalar(const struct type *type);

/* Whether values of this type are text: String or an enum. */
bool type_is_text(const struct type *type);

/* Appends the type as a user would write it: `String`, `List<Channel>`, `ResourceConfig`. */
void type_print(struct text *out, const struct type *type);

/* The same, as a string in an arena. */
const char *type_text(struct arena *arena, const struct type *type);

/* The type with its article, for messages: "a String", "a list", "a structure". */
const char *type_noun(const struct type *type);

#endif

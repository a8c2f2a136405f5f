/* What names mean and what places expect, for every node of a tree, evaluated or not: what editors ask.
 *
 * Names are looked up by the scopes of the text alone, so that the answer is there in a function that nobody calls, in a
 * step with a mistake, and in text that is half typed. Members of values (`Train.ModelArtifacts`) are looked up in what
 * the expression before them became; the program must have been compiled with `keeps_values`. Nothing is reported. */
#ifndef SP_BIND_H
#define SP_BIND_H

#include "eval/program.h"

/* The declaration that a node names, in a file of the program, in JSON, or in the library; NULL when there is none.
 *
 *   NAME, TYPE_REF, a NAME of a kind, component or function, IMPORT_NAME    the declaration
 *   NAME and MEMBER of a rule, NAME after `by` and `without`    MEMBER_DECL
 *   MEMBER      MEMBER_DECL of a shape, PROPERTY_FILE, OUTPUT, STEP, EXPORT, or the FIELD of an object
 *   FIELD       MEMBER_DECL
 *   ARGUMENT    PARAMETER
 *   STRING of an INDEX or of `from`     as MEMBER; OUTPUT-like things of the library have none
 *   a declaration with a name           itself */
const struct node *bind_declaration(struct program *program, const struct node *node);

/* The type that the value at a node is to have: that of the field, parameter or declaration in which it stands. NULL when
 * none is known. For an N_BLOCK or N_OBJECT it is the shape of its fields. */
const struct type *bind_expected(struct program *program, const struct node *node);

/* The member that a field names, of the fields' shape or, in the block of a step, of its kind's arguments or keys; NULL when
 * there is none. */
struct member *bind_member(struct program *program, const struct node *field);

/* The kind of the steps whose fields a block has: of a step, of a kind made from another, of `defaults`; or NULL. */
const struct kind *bind_kind(struct program *program, const struct node *block);

/* What an expression became: program_value, or for a name that was not evaluated the value of what it names; or NULL. */
const struct value *bind_value(struct program *program, const struct node *node);

/* The N_FUNCTION, N_KIND or N_COMPONENT that a call, or a reference without arguments, uses; or NULL. */
const struct node *bind_callee(struct program *program, const struct node *call);

/* The parameter that an argument of a call is for (an N_ARGUMENT), or NULL. */
const struct node *bind_parameter(struct program *program, const struct node *argument);

/* Calls `visit` for each declaration of a value that can be named at a node, innermost first; one that is hidden comes
 * behind the one that hides it. */
void bind_visit_values(struct program *program, const struct node *node,
                       void (*visit)(void *context, const struct word *name, const struct node *declaration), void *context);

/* What a name would mean at a node, in one of the three sets of names: values; types and kinds; functions and components.
 * NULL when there is none; the built-in functions have no declaration. */
enum bind_space { BIND_VALUES, BIND_TYPES, BIND_FUNCTIONS };
const struct node *bind_lookup(struct program *program, const struct node *node, enum bind_space space, const struct word *name);

/* A name in a text, and the declaration that it means; a declaration's own name too. */
struct binding {
	const struct node *node, *declaration;
	struct span span; /* of the name alone, without quotes */
};

struct bindings {
	struct binding *items;
	size_t count, room;
};

/* Lists the names of a file of the program that mean something, in source order, in `arena`. */
void bind_list(struct program *program, struct arena *arena, const struct tree *tree, struct bindings *bindings);

/* The span of the name that a node is or has, without quotes; empty when it has none. */
struct span bind_name_span(const struct tree *tree, const struct node *node);

/* The module that a node of the program's files belongs to; that of the library for its nodes. */
struct module *bind_module(struct program *program, const struct node *node);

#endif

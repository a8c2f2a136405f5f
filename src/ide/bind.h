/* Name resolution for editors: the declaration of every name, and the type expected at every place, whether or not it was evaluated.
 *
 * Names are resolved by lexical scope alone. So this also works in a function that is never called, in a step with a mistake, and in
 * half-typed text. Members of values (`Train.ModelArtifacts`) are looked up in the value of the expression before them; for that,
 * the program must have been compiled with `keeps_values`. Nothing is reported. */
#ifndef SP_BIND_H
#define SP_BIND_H

#include "eval/program.h"

/* The declaration that a node names, in a file of the program, in a JSON file, or in the library; NULL when there is none. Node kinds
 * are written here without N_.
 *
 *   node                                            declaration
 *   NAME, TYPE_REF, IMPORT_NAME                     the value, type, kind, component or function that it names
 *   NAME, MEMBER in a `require` or `advise` rule    MEMBER_DECL
 *   NAME after `by` or `without`                    MEMBER_DECL
 *   MEMBER                                          MEMBER_DECL, PROPERTY_FILE, OUTPUT, STEP, USE, EXPORT, or the FIELD of an object
 *   STRING as the key of an INDEX                   as for MEMBER
 *   FIELD                                           MEMBER_DECL
 *   ARGUMENT                                        PARAMETER
 *   a declaration with a name                       itself */
const struct node *bind_declaration(struct program *program, const struct node *node);

/* The type expected of the value at a node: that of the field, parameter or declaration around it. NULL when unknown. For an N_BLOCK
 * or N_OBJECT, it is the shape of its fields. */
const struct type *bind_expected(struct program *program, const struct node *node);

/* The member that a field (N_FIELD) names: a member of the expected shape or, in the block of a step, of its kind's arguments or
 * keys. NULL when there is none. */
struct member *bind_member(struct program *program, const struct node *field);

/* The kind of step whose fields a block contains: the block of a step, of a kind made from another, or of `defaults`. NULL for any
 * other block. */
const struct kind *bind_kind(struct program *program, const struct node *block);

/* The step kind that a reference names: the node in ROLE_KIND of a step, or the type of a parameter. NULL when it names none. */
const struct kind *bind_named_kind(struct program *program, const struct node *reference);

/* What a step, a component instance, a condition or a `foreach` is made from, as a word: the name that it gives as its kind or
 * component, or its keyword. NULL when it names none. */
const char *bind_unit_label(const struct node *unit);

/* The value of an expression: program_value or, for a name that has none, the value of its declaration. NULL when neither is known. */
const struct value *bind_value(struct program *program, const struct node *node);

/* The N_FUNCTION, N_KIND or N_COMPONENT that a call, or a reference without arguments, names; or NULL. */
const struct node *bind_callee(struct program *program, const struct node *call);

/* The parameter for an argument of a call (N_ARGUMENT), or NULL. */
const struct node *bind_parameter(struct program *program, const struct node *argument);

/* The declared type of a parameter (N_PARAMETER); NULL when it has none, or when it takes a step of a kind (bind_named_kind). */
const struct type *bind_parameter_type(struct program *program, const struct node *parameter);

/* Calls `visit` for each value declaration in scope at a node, innermost first: a shadowed one comes after the one that
 * shadows it. */
void bind_visit_values(struct program *program, const struct node *node,
                       void (*visit)(void *context, const struct word *name, const struct node *declaration), void *context);

/* Looks up a name at a node in one of three namespaces: values; types and kinds; functions and components. NULL when it is not
 * declared; built-in functions have no declaration. */
enum bind_space { BIND_VALUES, BIND_TYPES, BIND_FUNCTIONS };
const struct node *bind_lookup(struct program *program, const struct node *node, enum bind_space space, const struct word *name);

/* A name in a text, with its declaration. The name in a declaration is bound to that declaration. */
struct binding {
	const struct node *node, *declaration;
	struct span span; /* of the name alone, without quotes */
};

struct bindings {
	struct binding *items;
	size_t count, room;
};

/* Lists the names of a file of the program that have a declaration, in source order, in `arena`. */
void bind_list(struct program *program, struct arena *arena, const struct tree *tree, struct bindings *bindings);

/* The span of a node's name, without quotes; empty when it has none. An N_NAME or N_STRING is its own name. */
struct span bind_name_span(const struct tree *tree, const struct node *node);

/* The file of the program that a node belongs to; NULL for nodes of the library and of JSON. */
const struct module_file *bind_file(const struct program *program, const struct node *node);

/* The module that a node belongs to: that of its file, or the library's. */
struct module *bind_module(struct program *program, const struct node *node);

#endif

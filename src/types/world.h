/* The world: everything that stays the same from one compilation to the next.
 *
 * It holds the standard library, which is embedded as the text of .pipe files. Loading only finds where each
 * declaration starts. A declaration is parsed, and turned into a type or kind, when first needed, so a program pays
 * only for what it uses. Everything lives in the world's arena. */
#ifndef SP_WORLD_H
#define SP_WORLD_H

#include "base/map.h"
#include "source/diag.h"
#include "types/type_build.h"

/* The clauses that a kind can allow; `depends on` and `when` are always allowed. */
enum clause {
	CLAUSE_CACHE = 1,
	CLAUSE_RETRY = 2,
	CLAUSE_PROPERTY_FILE = 4,
	CLAUSE_OUTPUT = 8
};

struct world {
	struct arena *arena;
	struct names names;
	struct diags diags;             /* of the standard library itself; a test requires that there are none */
	struct declaration *slots;      /* the index, by name and namespace */
	size_t room, count;
	const struct parsed_declaration *parsed; /* the declarations parsed so far */
	struct map kinds;                        /* the kinds read so far, by name (kind.h) */
	struct type_scope scope;
	/* words that the compiler itself looks up */
	struct {
		const struct word *arguments, *description, *output_parameters, *property_files, *step, *name,
			*pipeline, *execution, *experiment;
	} word;
};

/* Indexes the embedded standard library. Everything in the world lives in `arena`. */
void world_load(struct world *world, struct arena *arena);

/* The library's shape, enum or type with this name, or NULL. */
const struct type *world_type(struct world *world, const struct word *name);

/* The library's N_SHAPE, N_ENUM or N_TYPE with this name, or NULL. */
const struct node *world_declaration(struct world *world, const struct word *name);

/* The library's N_KIND with this name, or NULL. */
const struct node *world_kind_declaration(struct world *world, const struct word *name);

/* A type that the compiler itself needs (`StepKeys`, `Pipeline`); it must exist. */
const struct type *world_own_type(struct world *world, const char *name);

enum world_names { WORLD_TYPES, WORLD_KINDS, WORLD_FUNCTIONS, WORLD_COMPONENTS };

/* The library's name of this sort that is nearest to `name`, or NULL. */
const char *world_suggest(struct world *world, const char *name, enum world_names which);

/* Calls `visit` for each of the library's names of one sort, in no particular order. */
void world_each_name(struct world *world, enum world_names which, void (*visit)(void *context, const struct word *name),
                     void *context);

/* The library's N_FUNCTION or N_COMPONENT with this name, or NULL. */
const struct node *world_function(struct world *world, const struct word *name);

/* Whether a function of the library is for users: then `///` lines document it. Other comments are for maintainers. */
bool world_is_public(const struct world *world, const struct node *function);

/* The documentation of a declaration or parameter of the library, in `arena`: its `///` lines, else the comment above the declaration.
 * For a kind or component without one, the comment at the head of its file. NULL when there is none. */
const char *world_doc(struct world *world, struct arena *arena, const struct node *declaration);

/* The tree of the library that has this root; NULL if the node is not the library's. */
const struct tree *world_tree(const struct world *world, const struct node *root);

#endif

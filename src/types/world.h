/* The world: what never changes from one compilation to the next.
 *
 * It holds the standard library, embedded in the binary as .pipe text. Loading it only finds where each
 * declaration begins; a declaration is parsed and turned into a type or kind when it is first asked for, so
 * a program pays for what it uses. Everything lives in the world's arena. */
#ifndef SP_WORLD_H
#define SP_WORLD_H

#include "base/map.h"
#include "source/diag.h"
#include "types/type.h"

/* The clauses a kind may allow; `depends on` and `when` always are. */
enum clause {
	CLAUSE_CACHE = 1,
	CLAUSE_RETRY = 2,
	CLAUSE_PROPERTY_FILE = 4,
	CLAUSE_OUTPUT = 8
};

/* A scope for the names of types: a program's own declarations, or only the standard library. */
struct type_scope {
	struct world *world;
	/* The type that the user declared under a name, or NULL. The world's own scope has no such function. */
	const struct type *(*find)(void *context, const struct word *name);
	/* Reports a name that is no type, and what else is wrong with a reference to one. */
	void (*report)(void *context, const struct node *reference, const char *what);
	void *context;
	struct arena *arena;
};

struct world {
	struct arena *arena;
	struct names names;
	struct diags diags;             /* of the standard library itself; a test demands that there are none */
	struct declaration *slots;      /* the index, by name and namespace */
	size_t room, count;
	const struct parsed_declaration *parsed; /* the declarations parsed so far */
	struct map kinds;                        /* the kinds read so far: struct kind, by name (kind.h) */
	struct type_scope scope;
	/* words the compiler itself looks for */
	struct {
		const struct word *arguments, *description, *output_parameters, *property_files, *step, *name,
			*pipeline, *execution, *experiment;
	} word;
};

/* Indexes the embedded standard library into a world whose everything lives in `arena`. */
void world_load(struct world *world, struct arena *arena);

/* The shape, enum or type of this name in the standard library, or NULL. */
const struct type *world_type(struct world *world, const struct word *name);

/* The N_SHAPE, N_ENUM or N_TYPE of this name in the standard library, or NULL. */
const struct node *world_declaration(struct world *world, const struct word *name);

/* The N_KIND of this name in the standard library, or NULL. */
const struct node *world_kind_declaration(struct world *world, const struct word *name);

/* The type that the compiler's own needs are declared as (`StepKeys`, `Pipeline`): it must exist. */
const struct type *world_own_type(struct world *world, const char *name);

enum world_names { WORLD_TYPES, WORLD_KINDS, WORLD_FUNCTIONS, WORLD_COMPONENTS };

/* The name nearest to `name` among those of the library, or NULL. */
const char *world_suggest(struct world *world, const char *name, enum world_names which);

/* Calls `visit` for each of the library's names, in no order. */
void world_each_name(struct world *world, enum world_names which, void (*visit)(void *context, const struct word *name),
                     void *context);

/* Calls `visit` for the name of each kind of the library, in the order of the library. */
void world_each_kind(struct world *world, void (*visit)(void *context, const struct word *name), void *context);

/* The N_FUNCTION or N_COMPONENT of this name in the standard library, or NULL. */
const struct node *world_function(struct world *world, const struct word *name);

/* The tree of the library whose root is this node; NULL when it is none of the library's. */
const struct tree *world_tree(const struct world *world, const struct node *root);

/* A type from its N_TYPE_REF; never NULL (that of an unknown name is type_unknown, reported through the scope). */
const struct type *type_from_node(const struct type_scope *scope, const struct node *node);

/* The type of a declared shape, enum or type. */
const struct type *type_from_declaration(const struct type_scope *scope, const struct node *node);

/* The type of a member, resolved on first use. */
const struct type *type_of_member(struct member *member);

/* TYPE_* without constraints. */
const struct type *type_primitive(enum type_kind kind);

/* The type of what is reported already. */
const struct type *type_unknown(void);

#endif

/* The first pass over a tree: declarations become symbols and steps. Nothing is evaluated here. */
#ifndef SP_RESOLVE_H
#define SP_RESOLVE_H

#include "program.h"

/* Fills the tables of a program. Reports duplicate names and constructs that stand where they mean nothing. */
void resolve_program(struct program *program);

/* The symbol of a name, seen from `env`; NULL when there is none. `*value` is set instead for an argument or
 * variable of a comprehension. */
struct symbol *resolve_name(const struct program *program, const struct env *env, const struct word *name,
                            const struct value **value);

/* Reports names of arguments or variables, the children of a node in a role, that are reserved or come twice. */
void resolve_check_variables(struct program *program, const struct node *node, enum node_role role);

/* The visible name nearest to `name`, or NULL. */
const char *resolve_suggest(const struct program *program, const struct env *env, const char *name);

/* Whether a clause may stand in the block in which it is written; one that may not is reported already. */
bool resolve_is_placed(const struct node *clause);

#endif

/* The first pass over the trees: declarations become symbols and units. Nothing is evaluated here. */
#ifndef SP_RESOLVE_H
#define SP_RESOLVE_H

#include "eval/program.h"

/* Fills the tables of the modules. Reports duplicate names and constructs that stand where they mean nothing. */
void resolve_program(struct program *program);

/* The symbol of a name, seen from `env`; NULL when there is none. `*value` is set instead for an argument or
 * variable of a comprehension. */
struct symbol *resolve_name(const struct program *program, const struct env *env, const struct word *name,
                            const struct value **value);

/* A new symbol in the program's list, whose name is in no table yet; reports a name that is reserved. */
struct symbol *resolve_add_symbol(struct program *program, struct module *module, enum symbol_kind kind, const struct node *node);

/* Whether no value may have this name: a constant, a word of the grammar, `Pipeline`, `Execution` or `Step`. */
bool resolve_is_reserved(const struct word *name);

/* Reports the name that a node gives to a value when it is reserved. */
void resolve_report_reserved(struct program *program, const struct node *node);

/* Puts a symbol into a table under its name; reports one that has the name already. */
void resolve_declare(struct program *program, struct map *names, struct symbol *symbol);

/* Reports what stands in a branch of a condition, or in the block of an N_STEP, N_CONDITION or N_USE, where it may not. */
void resolve_check_branch(struct program *program, const struct node *block);
void resolve_check_unit(struct program *program, const struct node *node);

/* Reports names of arguments or variables, the children of a node in a role, that are reserved or come twice. */
void resolve_check_variables(struct program *program, const struct node *node, enum node_role role);

/* The visible name nearest to `name`, or NULL. */
const char *resolve_suggest(const struct program *program, const struct env *env, const char *name);

/* Whether a kind of statement has a place and a meaning in the block of a construct, or in a branch, which is that of an
 * N_ARM, or in a file (N_FILE). */
bool resolve_may_stand(enum node_kind statement, enum node_kind owner);

/* Whether a clause may stand in the block in which it is written; one that may not is reported already. */
bool resolve_is_placed(const struct node *clause);

#endif

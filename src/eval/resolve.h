/* Resolution: declarations become symbols and units, and names are looked up. Nothing here evaluates an expression.
 *
 * resolve_program() is the pass over the trees (resolve.c). The other functions are also used when steps are made, because
 * steps declare names too. */
#ifndef SP_RESOLVE_H
#define SP_RESOLVE_H

#include "eval/program.h"

struct suggest;

/* Fills the tables of all modules. Reports duplicate names and statements that stand where they have no meaning. */
void resolve_program(struct program *program);

/* Names (resolve_names.c) */

/* The symbol that a name refers to, seen from `env`; NULL when there is none. For a parameter of a running function or a
 * variable of a comprehension, `*value` is set and the result is NULL. */
struct symbol *resolve_name(const struct program *program, const struct env *env, const struct word *name,
                            const struct value **value);

/* The visible name nearest to `name`, or NULL. */
const char *resolve_suggest(const struct program *program, const struct env *env, const char *name);

/* Offers all names of a table to a search for similar names. */
void resolve_offer_names(struct suggest *suggest, const struct map *names);

/* Whether no value may have this name: a reserved word of the grammar, or a predefined object such as `Pipeline`. */
bool resolve_is_reserved(const struct word *name);

/* Reports a node that declares a value under a reserved name. */
void resolve_report_reserved(struct program *program, const struct node *node);

/* Reports a node that declares a name again. */
void resolve_report_duplicate(struct program *program, const struct node *node, const struct node *earlier);

/* Adds a symbol to the program's list, but to no table. Reports a reserved name. */
struct symbol *resolve_add_symbol(struct program *program, struct module *module, enum symbol_kind kind, const struct node *node);

/* Enters a symbol into a table under its name. Reports a name that the table already has. */
void resolve_declare(struct program *program, struct map *names, struct symbol *symbol);

/* Declares the lets of a block. They see each other in any order. The result is `env` with the lets in front; `origin` and
 * `step` are those of their expressions. */
const struct env *resolve_bind_lets(struct program *program, const struct node *block, const struct env *env, struct module *module,
                                    struct origin origin, struct step *step);

/* Reports parameters or variables, the children of a node with this role, whose names are reserved or repeated. */
void resolve_check_variables(struct program *program, const struct node *node, enum node_role role);

/* Statements (resolve_places.c) */

/* Reports the statements in a block that may not stand there. */
void resolve_check_block(struct program *program, const struct node *block);

/* Whether one statement may stand in the block of an `owner` (N_FILE at the top of a file); false after a report. */
bool resolve_check_statement(struct program *program, const struct node *node, enum node_kind owner);

/* Whether a kind of statement is allowed and supported in the block of an `owner`: N_FILE for a file, N_ARM for a branch. */
bool resolve_may_stand(enum node_kind statement, enum node_kind owner);

/* Whether a clause may stand in its block. A misplaced clause is reported already. */
bool resolve_is_placed(const struct node *clause);

#endif

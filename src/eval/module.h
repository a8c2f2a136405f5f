/* Modules: the files of a program, and which names they share.
 *
 * A module is a set of declarations that see each other: those of the root file and of all files that it imports whole, or those
 * of a file from which only some names are imported. Files are read through the reader of the program's options. Nothing here evaluates
 * an expression. */
#ifndef SP_MODULE_H
#define SP_MODULE_H

#include "eval/program.h"

/* Parses the root file and all files that it imports, directly or not: fills `files`. Reports files that cannot be read, and
 * import cycles. */
void module_read_files(struct program *program, const struct source_file *root);

/* Initializes an empty module. `find` and `complain` are the callbacks of its type scope. */
void module_init(struct program *program, struct module *module,
                 const struct type *(*find)(void *context, const struct word *name),
                 void (*complain)(void *context, const struct node *reference, const char *what));

/* The file that an N_IMPORT names, or NULL. */
struct module_file *module_imported(const struct module_file *importer, const struct node *import);

/* Enters the names in the `import { ... }` lists of a file into the tables of its module. Reports those that do not exist. */
void module_bind_names(struct program *program, const struct module_file *file);

/* The step kind of a name: the program's, else the library's; NULL when there is none, or after a report that a kind is made
 * from itself. */
const struct kind *module_kind(struct module *module, const struct word *name);

/* The function or component of a name: the program's, else the library's; NULL when there is none. `*owner` is its module. */
const struct node *module_function(struct module *module, const struct word *name, struct module **owner);

/* The name of a kind or component that is similar to an unknown name; NULL when there is none. */
const char *module_suggest_kind(struct module *module, const char *name);
const char *module_suggest_component(struct module *module, const char *name);

#endif

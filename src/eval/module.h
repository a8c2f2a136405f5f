/* Files and names: what a program imports, and what a name means in which file.
 *
 * A module is a set of names that see each other: those of the root file and of all that it imports whole, or those
 * of a file of which only some names are imported. Files are read through the reader of the program's options; nothing
 * here evaluates. */
#ifndef SP_MODULE_H
#define SP_MODULE_H

#include "eval/program.h"

/* Parses the root file and, through it, every file that is imported: fills `files`. Reports files that cannot be read
 * and imports that go round in a circle. */
void module_read_files(struct program *program, const struct source_file *root);

/* Makes an empty module ready: its scope for types, and the end of its chains. `find` and `complain` are the scope's. */
void module_init(struct program *program, struct module *module,
                 const struct type *(*find)(void *context, const struct word *name),
                 void (*complain)(void *context, const struct node *reference, const char *what));

/* The file that an N_IMPORT reaches, or NULL. */
struct module_file *module_imported(const struct module_file *importer, const struct node *import);

/* Puts the names that a file imports one by one into the tables of its module. Reports what is not there. */
void module_bind_names(struct program *program, const struct module_file *file);

/* The step kind of a name: the program's, else the library's; NULL when there is none. One that is made of itself is
 * reported, and NULL. */
const struct kind *module_kind(struct module *module, const struct word *name);

/* The function or component of a name: the program's, else the library's (with `*owner` the library module); NULL when
 * there is none. */
const struct node *module_function(struct module *module, const struct word *name, struct module **owner);

/* The name near to one that is missing, among kinds, or among functions and components; NULL when there is none. */
const char *module_suggest_kind(struct module *module, const char *name);
const char *module_suggest_component(struct module *module, const char *name);

#endif

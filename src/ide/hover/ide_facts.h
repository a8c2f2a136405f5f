/* The parts of a hover that describe types, members, kinds and values. */
#ifndef SP_IDE_FACTS_H
#define SP_IDE_FACTS_H

#include "ide/hover/ide_card.h"
#include "ide/ide.h"

/* Adds the limits of a type, the values of an enum, or the members of a shape. */
void ide_add_type(struct ide_card *card, const struct type *type);

/* Adds the type that a place expects, and whether the place takes deferred values. `is_constant`: it takes none, whatever the type. */
void ide_add_place(struct ide_card *card, const struct type *type, bool is_constant);

/* Adds a member as a field to write: its declaration, its type, and links to AWS's pages. */
void ide_add_field(struct ide_card *card, struct program *program, const struct node *declaration, bool is_constant);

/* Adds a member as a property to read, with its value (or NULL). */
void ide_add_property(struct ide_card *card, struct program *program, const struct node *declaration, const struct value *value);

/* Adds the clauses and fields of a kind's steps, and links to AWS's pages. */
void ide_add_kind(struct ide_card *card, struct program *program, const struct kind *kind);

/* Adds a link to AWS's page about a declared type, if it is a shape that has one. NULL is allowed. */
void ide_add_page(struct ide_card *card, struct program *program, const struct node *shape);

/* Adds the value of an expression as the JSON that is emitted for it. Adds nothing for NULL, for a large value, and for a value that
 * has no JSON because it is incomplete or of a kind that is never emitted. */
void ide_add_value(struct ide_card *card, const struct value *value);

/* Adds the source of a declaration without its block, cut if it is long. */
void ide_add_source(struct ide_card *card, struct program *program, const struct node *declaration);

/* A list of names: "`A`, `B` and 12 others". ide_list_end returns `text` as a string; the caller frees `text`. */
struct ide_list {
	struct text text;
	unsigned count;
};
void ide_list_add(struct ide_list *list, const char *name);
const char *ide_list_end(struct ide_list *list);

#endif

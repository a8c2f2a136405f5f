/* What is said of types, members, kinds and values beside a name. */
#ifndef SP_IDE_FACTS_H
#define SP_IDE_FACTS_H

#include "ide/hover/ide_card.h"
#include "ide/ide.h"

/* The limits of a type, its values or members. */
void ide_add_type(struct ide_card *card, const struct type *type);

/* The same of a type that a value is to have, and whether it may be deferred; `is_constant`: not in this place. */
void ide_add_place(struct ide_card *card, const struct type *type, bool is_constant);

/* A member as it is declared, its type, and AWS's pages about it: of a field, or of what is read (`value`, or NULL). */
void ide_add_field(struct ide_card *card, struct program *program, const struct node *declaration, bool is_constant);
void ide_add_property(struct ide_card *card, struct program *program, const struct node *declaration, const struct value *value);

/* What the steps of a kind take, and AWS's pages about it. */
void ide_add_kind(struct ide_card *card, struct program *program, const struct kind *kind);

/* AWS's page about a shape (an N_SHAPE), if it has one. */
void ide_add_page(struct ide_card *card, struct program *program, const struct node *shape);

/* What an expression is: its constant value, or the JSON that it becomes. Nothing for what has no such form, is unfinished, or
 * long. */
void ide_add_value(struct ide_card *card, const struct value *value);

/* The text of a declaration up to its block, or as much of it as is worth showing. */
void ide_add_source(struct ide_card *card, struct program *program, const struct node *declaration);

/* Names as a list: "`A`, `B` and 12 others". */
struct ide_list {
	struct text text; /* the caller frees it */
	unsigned count;
};
void ide_list_add(struct ide_list *list, const char *name);
const char *ide_list_end(struct ide_list *list);

#endif

/* References: the places in a program's files where a declaration is named. */
#ifndef SP_IDE_REFER_H
#define SP_IDE_REFER_H

#include "ide/ide.h"

/* The declaration to search for, which may be in another program's tree. */
struct ide_subject {
	const char *name;       /* as declared */
	struct ide_place place;
};

struct ide_reference {
	const struct tree *tree;
	const struct node *node;
	struct span span;       /* of the name as written here, which may be a name that an import gives it with `as` */
	bool is_declaration;
	bool is_written;        /* a value is assigned here: a declaration, a field, an argument */
	bool is_key;            /* the text is a key that selects a member of a family, not the name */
};

struct ide_references {
	struct ide_reference *items;
	size_t count, room;
};

/* Whether a file may reference a subject, or import a file that does. Searches only the file's text, so that most files need not be
 * compiled. */
bool ide_may_refer(const struct ide_subject *subject, const char *path, const char *text);

/* Lists the references to a subject in the files of a program, or in `only` (if it is not NULL), in `arena`: file by file, each in
 * source order. */
void ide_list_references(struct program *program, struct arena *arena, const struct ide_subject *subject, const struct tree *only,
                         struct ide_references *references);

#endif

/* The places in a program's files where a declaration is named. */
#ifndef SP_IDE_REFER_H
#define SP_IDE_REFER_H

#include "ide/ide.h"

/* A declaration as every program knows it. */
struct ide_subject {
	const char *name;       /* as it is declared */
	struct ide_place place;
};

struct ide_reference {
	const struct tree *tree;
	const struct node *node;
	struct span span;       /* of the name; the text is another one where it is imported under that */
	bool is_declaration;
	bool is_written;        /* it gets a value here: a declaration, a field, an argument */
	bool is_key;            /* the key of a member of a family, which is not its name */
};

struct ide_references {
	struct ide_reference *items;
	size_t count, room;
};

/* Whether a file may name a subject or import one that does, by its text alone: most files need not be compiled. */
bool ide_may_refer(const struct ide_subject *subject, const char *path, const char *text);

/* Lists where a subject is named in the files of a program, or in one of them, file by file in source order, in `arena`. */
void ide_refer(struct program *program, struct arena *arena, const struct ide_subject *subject, const struct tree *only,
               struct ide_references *references);

#endif

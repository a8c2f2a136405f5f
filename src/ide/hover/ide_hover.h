/* What an editor shows beside a place: what is declared there, what it becomes, what it takes. */
#ifndef SP_IDE_HOVER_H
#define SP_IDE_HOVER_H

#include "ide/ide.h"

struct ide_hover {
	const char *text; /* in the arena */
	struct span span; /* what it speaks of: a name, a keyword or an expression */
};

/* Fills what is said at an offset; false when there is nothing to say. */
bool ide_hover(struct program *program, struct arena *arena, const struct tree *tree, uint32_t offset, bool is_markdown,
               struct ide_hover *hover);

/* The same of a declaration, as if it were named somewhere: a member of a shape as what is written there, or as what is
 * read. In `arena`; may be empty. */
const char *ide_describe(struct program *program, struct arena *arena, const struct node *declaration, bool is_read,
                         bool is_markdown);

#endif

/* Hover: describes the name, keyword or expression at a place. */
#ifndef SP_IDE_HOVER_H
#define SP_IDE_HOVER_H

#include "ide/ide.h"

struct ide_hover {
	const char *text; /* in the arena */
	struct span span; /* of the name, keyword or expression that it describes */
};

/* Describes the name, keyword or expression at an offset; false when there is nothing to show. */
bool ide_hover(struct program *program, struct arena *arena, const struct tree *tree, uint32_t offset, bool is_markdown,
               struct ide_hover *hover);

/* The description of a declaration, as a hover on a reference shows it, in `arena`; may be empty. `is_read`: describe a member of a
 * shape as a property to read, not as a field to write. */
const char *ide_describe(struct program *program, struct arena *arena, const struct node *declaration, bool is_read,
                         bool is_markdown);

#endif

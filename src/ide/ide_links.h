/* Places in a text that name a file: imports, and the paths of `file("…")` and its like. */
#ifndef SP_IDE_LINKS_H
#define SP_IDE_LINKS_H

#include "eval/program.h"

struct ide_link {
	struct span span;  /* of the path, without quotes */
	const char *path;  /* of a file or folder that is there: absolute, without links */
};

struct ide_links {
	struct ide_link *items;
	size_t count, room;
};

/* Lists them for a file of the program, in source order, in `arena`. */
void ide_list_links(struct program *program, struct arena *arena, const struct tree *tree, struct ide_links *links);

/* The one at an offset; false when there is none. */
bool ide_find_link(struct program *program, struct arena *arena, const struct tree *tree, uint32_t offset, struct ide_link *link);

#endif

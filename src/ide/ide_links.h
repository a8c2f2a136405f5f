/* Document links: the places in a text that name a file or folder. These are imports, and the paths in calls like `file("…")`. */
#ifndef SP_IDE_LINKS_H
#define SP_IDE_LINKS_H

#include "eval/program.h"

struct ide_link {
	struct span span;  /* of the path, without quotes */
	const char *path;  /* of an existing file or folder: absolute, without symbolic links */
};

struct ide_links {
	struct ide_link *items;
	size_t count, room;
};

/* Lists the links of a file of the program, in source order, in `arena`. */
void ide_list_links(struct program *program, struct arena *arena, const struct tree *tree, struct ide_links *links);

/* Finds the link at an offset; false when there is none. */
bool ide_find_link(struct program *program, struct arena *arena, const struct tree *tree, uint32_t offset, struct ide_link *link);

/* The file that an import of `path` in a file of the program leads to, or NULL. */
const struct module_file *ide_imported_file(const struct program *program, const struct tree *tree, const struct word *path);

/* A built-in function whose first argument is the path of a file or folder of the project. */
struct ide_path_function {
	const char *name;
	bool takes_files;      /* false: only folders */
	const char *extension; /* of the files, or NULL for any */
};

/* The one with this name, or NULL. */
const struct ide_path_function *ide_find_path_function(const struct word *name);

#endif

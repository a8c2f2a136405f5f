#include "types/world.h"

#include <string.h>

/* The text of comment lines, joined by blanks; NULL when there is none. */
static const char *join_comment(struct arena *arena, const char *from, const char *to)
{
	const char *joined = "";
	while (from < to && strncmp(from, "//", 2) == 0) {
		const char *end = strchr(from, '\n'), *text = from + strspn(from, "/");
		text += *text == ' ';
		if (!end || end > to)
			end = to;
		if (text < end)
			joined = arena_printf(arena, "%s%s%.*s", joined, *joined ? " " : "", (int)(end - text), text);
		from = end + 1;
	}
	return *joined ? joined : NULL;
}

/* The comment above a declaration of the library, whose source_file is a part of the whole file. For a kind or component without
 * one, the comment at the head of the whole file. */
static const char *library_comment(struct arena *arena, const struct source_file *file, const struct node *declaration)
{
	const char *above = file->part;
	while (above > file->whole) {
		const char *line = above - 1;
		while (line > file->whole && line[-1] != '\n')
			line--;
		if (strncmp(line, "//", 2) != 0)
			break;
		above = line;
	}
	const char *comment = join_comment(arena, above, file->part);
	bool is_main = declaration->kind == N_KIND || declaration->kind == N_COMPONENT;
	return comment || !is_main ? comment : join_comment(arena, file->whole, file->part);
}

const char *world_doc(struct world *world, struct arena *arena, const struct node *declaration)
{
	const struct tree *tree = world_tree(world, node_root(declaration));
	const struct word *doc = node_doc(tree, &world->names, declaration);
	if (doc)
		return doc->text;
	return declaration->parent == tree->root ? library_comment(arena, tree->file, declaration) : NULL;
}

bool world_is_public(const struct world *world, const struct node *declaration)
{
	const struct source_file *file = world_tree(world, node_root(declaration))->file;
	const char *line = file->part;
	if (line > file->whole)
		line--;
	while (line > file->whole && line[-1] != '\n')
		line--;
	return strncmp(line, "///", 3) == 0;
}

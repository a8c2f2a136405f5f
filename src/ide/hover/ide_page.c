#include "ide/hover/ide_page.h"

/* Finds the line that begins with `start` in the comment at the head of a file. Returns a copy of its rest; NULL when there is none. */
static const char *head_line(struct arena *arena, const char *text, const char *start)
{
	while (strncmp(text, "//", 2) == 0) {
		size_t length = strcspn(text, "\n");
		if (strncmp(text, start, strlen(start)) == 0)
			return arena_copy(arena, text + strlen(start), length - strlen(start));
		text += length + (text[length] == '\n');
	}
	return NULL;
}

/* Whether a shape is the request or response of an operation. */
static bool is_of_operation(const char *shape, const char *operation, size_t length)
{
	static const char *const ends[] = {"Request", "Response", "Input", "Output"};
	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
		if (strncmp(shape, operation, length) == 0 && strcmp(shape + length, ends[i]) == 0)
			return true;
	return false;
}

/* The name of a shape's page: for a request or response, its operation; else the shape itself. */
static const char *page_name(struct arena *arena, const char *operations, const char *shape)
{
	for (const char *operation = operations; *operation;) {
		size_t length = strcspn(operation, " ");
		if (is_of_operation(shape, operation, length))
			return arena_copy(arena, operation, length);
		operation += length + (operation[length] == ' ');
	}
	return shape;
}

/* A generated file begins with the comments `// Pages: https://...*.html for Prefix*` and `// Operations: A B`. The page's name
 * replaces the `*` in the URL. */
bool ide_find_page(const struct program *program, struct arena *arena, const struct node *shape, struct ide_page *page)
{
	const char *whole = shape && shape->kind == N_SHAPE ? program_file(program, shape)->whole : NULL;
	char *pages = whole ? (char *)head_line(arena, whole, "// Pages: ") : NULL;
	const char *operations = whole ? head_line(arena, whole, "// Operations: ") : NULL;
	char *star = pages ? strchr(pages, '*') : NULL, *prefix = star ? strstr(star, " for ") : NULL;
	if (!prefix || !operations)
		return false;
	size_t length = strcspn(prefix + 5, "*");
	if (strncmp(shape->word->text, prefix + 5, length) != 0)
		return false;
	page->title = page_name(arena, operations, shape->word->text + length);
	page->url = arena_printf(arena, "%.*s%s%.*s", (int)(star - pages), pages, page->title, (int)(prefix - star - 1), star + 1);
	return true;
}

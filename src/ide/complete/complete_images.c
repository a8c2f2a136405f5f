/* Arguments of `image()`: the values in the tables of images that are possible with the other arguments. */
#include "ide/complete/complete_parts.h"

#include "ide/bind.h"
#include "image/image.h"
#include "image/image_table.h"

#include <stdlib.h>

/* The distinct words of a table that are choices for an argument. */
struct choices {
	struct complete *complete;
	struct image_piece *items;
	size_t count, room;
};

static void add_once(struct choices *choices, struct image_piece words)
{
	struct image_piece word;
	while (image_next_word(&words, &word)) {
		size_t i = 0;
		while (i < choices->count && !image_piece_equal(choices->items[i], word))
			i++;
		if (i == choices->count)
			vec_push(choices->complete->arena, choices, word);
	}
}

/* Sorts versions from the newest to the oldest; numbers in them are compared by value. */
static int compare_versions(const void *a, const void *b)
{
	struct image_piece left = *(const struct image_piece *)b, right = *(const struct image_piece *)a;
	size_t i = 0, j = 0;
	while (i < left.length && j < right.length) {
		char *end;
		long x = strtol(left.at + i, &end, 10);
		size_t moved = (size_t)(end - left.at) - i;
		i += moved;
		long y = strtol(right.at + j, &end, 10);
		moved = moved && (size_t)(end - right.at) > j ? (size_t)(end - right.at) - j : 0;
		if (moved && x != y)
			return x < y ? -1 : 1;
		j += moved;
		if (!moved && left.at[i] != right.at[j])
			return left.at[i] < right.at[j] ? -1 : 1;
		if (!moved) {
			i++;
			j++;
		}
	}
	return left.length - i == right.length - j ? 0 : left.length - i < right.length - j ? -1 : 1;
}

static void add_choices(struct choices *choices)
{
	for (size_t i = 0; i < choices->count; i++) {
		const char *text = arena_copy(choices->complete->arena, choices->items[i].at, choices->items[i].length);
		complete_add_choice(choices->complete, text, NULL, (uint32_t)i);
	}
}

static void add_frameworks(struct choices *choices)
{
	const char *name, *table;
	for (size_t i = 0; (name = image_table_name(i)); i++) {
		table = image_table(name);
		if (table && !image_line(image_head(table), "variant").at)
			complete_add_choice(choices->complete, name, NULL, 0);
	}
}

/* Whether an image has a version, which may be an alias defined in the section. NULL: any version. */
static bool has_version(struct image_piece section, struct image_piece image, const struct word *version)
{
	struct image_piece versions = image_value(image, "versions");
	if (!version || image_piece_has(versions, version->text))
		return true;
	struct image_piece full = image_value(image_line(section, "aliases"), version->text), word;
	while (full.at && image_next_word(&versions, &word))
		if (image_piece_equal(word, full))
			return true;
	return false;
}

/* Collects the values of a key of the images that have the version and scope (NULL: any). */
static void add_values(struct choices *choices, const char *table, const char *key, const struct word *version, const struct word *scope)
{
	struct image_piece section, image;
	while (image_next_section(&table, &section)) {
		struct image_piece rest = section;
		if (scope && !image_piece_has(image_line(section, "scope"), scope->text))
			continue;
		while (image_next_line(&rest, "image", &image))
			if (has_version(section, image, version))
				add_once(choices, image_value(image, key));
	}
}

static void add_scopes(struct choices *choices, const char *table)
{
	struct image_piece section;
	while (image_next_section(&table, &section))
		add_once(choices, image_line(section, "scope"));
}

bool complete_is_image(struct complete *complete, const struct node *callee)
{
	return names_is(callee->word, "image") && bind_module(complete->program, callee) == &complete->program->library;
}

/* Adds the choices for an argument that come from the table of a framework. */
static void add_from_table(struct choices *choices, enum image_argument which, const char *table, const struct word *version,
                           const struct word *scope)
{
	static const char *const keys[IMAGE_ARGUMENT_COUNT] = {
		[IMAGE_VERSION] = "versions", [IMAGE_PYTHON] = "python", [IMAGE_BASE] = "base", [IMAGE_SDK] = "sdk"};
	if (which == IMAGE_SCOPE)
		add_scopes(choices, table);
	else if (keys[which])
		add_values(choices, table, keys[which], which == IMAGE_VERSION ? NULL : version, scope);
	if (which != IMAGE_SCOPE && choices->count)
		qsort(choices->items, choices->count, sizeof *choices->items, compare_versions);
	add_choices(choices);
}

void complete_image_argument(struct complete *complete, const struct node *call, const struct node *callee,
                             const struct node *parameter)
{
	const struct node *parameters[IMAGE_ARGUMENT_COUNT] = {NULL}, *p = node_child(callee, ROLE_PARAMETER);
	enum image_argument which = IMAGE_ARGUMENT_COUNT;
	for (unsigned i = 0; p && i < IMAGE_ARGUMENT_COUNT; i++, p = node_next(p)) {
		parameters[i] = p;
		if (p == parameter)
			which = (enum image_argument)i;
	}
	struct choices choices = {.complete = complete};
	const struct word *framework = complete_argument_text(complete, call, parameters[IMAGE_FRAMEWORK]);
	const char *table = framework ? image_table(framework->text) : NULL;
	if (which == IMAGE_FRAMEWORK)
		add_frameworks(&choices);
	else if (which == IMAGE_REGION)
		complete_regions(complete);
	else if (which == IMAGE_INSTANCE)
		complete_choices(complete, node_child(call, ROLE_LEFT), world_own_type(complete->program->world, "ImageInstance"));
	else if (which < IMAGE_ARGUMENT_COUNT && table)
		add_from_table(&choices, which, table, complete_argument_text(complete, call, parameters[IMAGE_VERSION]),
		               complete_argument_text(complete, call, parameters[IMAGE_SCOPE]));
}

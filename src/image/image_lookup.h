/* The state of one image lookup, and the functions that its steps share. For image.c, image_lookup.c and image_uri.c
 * only. */
#ifndef SP_IMAGE_LOOKUP_H
#define SP_IMAGE_LOOKUP_H

#include "image/image.h"
#include "image/image_table.h"

struct image_lookup {
	struct arena *arena;
	const char *const *asked; /* the arguments, by enum image_argument */
	struct image_answer answer;
	const char *name, *table; /* of the framework or its variant */
	struct image_piece head;  /* of the framework itself */
	struct image_piece section, image; /* the section of the scope, and the image line in it, once found */
	const char *scope;                  /* NULL if the table has none */
	const char *version, *full_version; /* `version`: as asked, or the default; `full_version`: with aliases resolved */
	const char *base;                   /* the base framework's version, without its name */
	const char *python, *tool, *processor;
};

/* A list of words for messages. */
struct image_words {
	const char **items;
	size_t count, room;
};

/* Copies a piece to the arena. */
const char *image_copy(struct image_lookup *lookup, struct image_piece piece);

/* Adds a word, or each word of a list, unless it is there already. */
void image_add_once(struct image_lookup *lookup, struct image_words *words, struct image_piece word);
void image_add_all(struct image_lookup *lookup, struct image_words *words, struct image_piece list);

/* The words joined: "a, b, c". */
const char *image_join_words(struct image_lookup *lookup, const struct image_words *words);

/* Sets the error of the lookup and returns false. The help lists `available`, which may be NULL, and suggests the value
 * nearest to the wrong argument. */
bool image_fail(struct image_lookup *lookup, enum image_argument wrong, const struct image_words *available, const char *format, ...)
	__attribute__((format(printf, 4, 5)));

/* The instance family in "ml.FAMILY.SIZE" or "ml_FAMILY"; its `at` is NULL for any other text. */
struct image_piece image_family(const char *instance);

/* Whether a family starts with this text. */
bool image_family_starts(struct image_piece family, const char *prefix);

/* Whether the head of the framework's table has a line that starts with this word. */
bool image_has_flag(const struct image_lookup *lookup, const char *flag);

/* Completes a lookup whose `image` and `python` are known: finds the account, the processor and the tag. False if it
 * fails. */
bool image_make_uri(struct image_lookup *lookup);

#endif

/* How an image is found: one question on its way to an answer, for image.c, image_lookup.c and image_uri.c only. */
#ifndef SP_IMAGE_LOOKUP_H
#define SP_IMAGE_LOOKUP_H

#include "image/image.h"
#include "image/image_table.h"

struct image_lookup {
	struct arena *arena;
	const char *const *asked;
	struct image_answer answer;
	const char *name, *table; /* of the framework, or of its variant */
	struct image_piece head;  /* of the framework itself */
	struct image_piece section, image;
	const char *scope;                  /* NULL where the table has none */
	const char *version, *full_version; /* as asked, or the default; what an alias stands for */
	const char *base;                   /* likewise, without its name in front when that is cut off */
	const char *python, *tool, *processor;
};

/* A list for messages. */
struct image_words {
	const char **items;
	size_t count, room;
};

/* A copy of a piece, in the arena. */
const char *image_copy(struct image_lookup *lookup, struct image_piece piece);

/* Adds a word, or each of a list, that is not there yet. */
void image_add_once(struct image_lookup *lookup, struct image_words *words, struct image_piece word);
void image_add_all(struct image_lookup *lookup, struct image_words *words, struct image_piece list);

/* "a, b, c". */
const char *image_join_words(struct image_lookup *lookup, const struct image_words *words);

/* The answer no; always false. `exist`, which may be NULL, is listed, and what is near to the wrong argument pointed out. */
bool image_fail(struct image_lookup *lookup, enum image_argument wrong, const struct image_words *available, const char *format, ...)
	__attribute__((format(printf, 4, 5)));

/* The family in "ml.FAMILY.SIZE" or "ml_FAMILY"; its `at` is NULL for anything else. */
struct image_piece image_family(const char *instance);

/* Whether it begins so. */
bool image_family_starts(struct image_piece family, const char *prefix);

/* Whether something is true of the framework: a line of its table's head. */
bool image_has_flag(const struct image_lookup *lookup, const char *fact);

/* The rest, once `image` and `python` are found: region, processor, tag. False after a refusal. */
bool image_make_uri(struct image_lookup *lookup);

#endif

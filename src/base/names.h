/* Interned words.
 *
 * Every name, key and string text of a program is a `struct word`; equal texts are one word, so names
 * are compared by pointer. The table lives in the arena it is given and dies with it. */
#ifndef SP_NAMES_H
#define SP_NAMES_H

#include "base/arena.h"

#include <stdbool.h>
#include <stdint.h>

struct word {
	uint32_t length; /* bytes, without the NUL */
	uint32_t hash;
	char text[];     /* UTF-8, NUL-terminated */
};

struct names {
	struct arena *arena;
	const struct word **slots;
	size_t count, room; /* room is a power of two */
	size_t bytes;       /* of the words in memory */
};

/* An empty table whose words live in `arena`. */
void names_init(struct names *names, struct arena *arena);

/* The word with this text, made when it is new. */
const struct word *names_intern(struct names *names, const char *text, size_t length);

/* The same for a C string. */
const struct word *names_word(struct names *names, const char *text);

/* Whether a byte can be part of a name: an ASCII letter, a digit or `_`. */
static inline bool names_is_word_byte(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/* Whether a text is a name of the language: ASCII letters, digits and `_`, not beginning with a digit. */
bool names_is_identifier(const char *text, size_t length);

/* Whether a word spells the C string `text`; false for NULL. */
bool names_is(const struct word *word, const char *text);

#endif

/* Interned words.
 *
 * Every name, key and string of a program is a `struct word`. Equal texts are the same word, so words are compared by
 * pointer. The table lives in the arena it is given. */
#ifndef SP_NAMES_H
#define SP_NAMES_H

#include "base/arena.h"

#include <stdbool.h>
#include <stdint.h>

struct word {
	uint32_t length; /* in bytes, without the NUL */
	uint32_t hash;
	char text[];     /* UTF-8, NUL-terminated */
};

struct names {
	struct arena *arena;
	const struct word **slots;
	size_t count, room; /* room is a power of two */
	size_t bytes;       /* memory used by the words */
};

/* Makes an empty table whose words live in `arena`. */
void names_init(struct names *names, struct arena *arena);

/* The word with this text; it is created if it is new. */
const struct word *names_intern(struct names *names, const char *text, size_t length);

/* The same for a C string. */
const struct word *names_word(struct names *names, const char *text);

/* Whether a byte can be part of an identifier: an ASCII letter, a digit or `_`. */
static inline bool names_is_word_byte(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/* Whether a text is an identifier of the language: ASCII letters, digits and `_`, not starting with a digit. */
bool names_is_identifier(const char *text, size_t length);

/* Whether the text of a word is `text`; false for a NULL word. */
bool names_is(const struct word *word, const char *text);

#endif

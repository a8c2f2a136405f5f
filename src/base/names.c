#include "base/names.h"

#include <string.h>

enum { FIRST_ROOM = 4096 };

/* FNV-1a: keys are short. No seed is needed, since the order of the table is never visible. */
static uint32_t hash_text(const char *text, size_t length)
{
	uint32_t hash = 2166136261u;
	for (size_t i = 0; i < length; i++)
		hash = (hash ^ (unsigned char)text[i]) * 16777619u;
	return hash;
}

void names_init(struct names *names, struct arena *arena)
{
	names->arena = arena;
	names->room = FIRST_ROOM;
	names->count = 0;
	names->bytes = 0;
	names->slots = arena_array(arena, const struct word *, names->room);
}

static void grow(struct names *names)
{
	size_t room = names->room * 2;
	const struct word **slots = arena_array(names->arena, const struct word *, room);
	for (size_t i = 0; i < names->room; i++) {
		const struct word *word = names->slots[i];
		if (!word)
			continue;
		size_t at = word->hash & (room - 1);
		while (slots[at])
			at = (at + 1) & (room - 1);
		slots[at] = word;
	}
	names->slots = slots;
	names->room = room;
}

const struct word *names_intern(struct names *names, const char *text, size_t length)
{
	uint32_t hash = hash_text(text, length);
	size_t at = hash & (names->room - 1);
	for (; names->slots[at]; at = (at + 1) & (names->room - 1)) {
		const struct word *word = names->slots[at];
		if (word->hash == hash && word->length == length && memcmp(word->text, text, length) == 0)
			return word;
	}
	struct word *word = arena_alloc(names->arena, sizeof *word + length + 1);
	word->length = (uint32_t)length;
	word->hash = hash;
	if (length)
		memcpy(word->text, text, length);
	names->bytes += sizeof *word + length + 1;
	names->slots[at] = word;
	if (++names->count * 2 > names->room)
		grow(names);
	return word;
}

const struct word *names_word(struct names *names, const char *text)
{
	return names_intern(names, text, strlen(text));
}

bool names_is_identifier(const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if (!names_is_word_byte(text[i]))
			return false;
	return length && !(*text >= '0' && *text <= '9');
}

bool names_is(const struct word *word, const char *text)
{
	return word && strcmp(word->text, text) == 0;
}

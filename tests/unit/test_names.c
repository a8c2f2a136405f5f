/* names and map: interned words, and maps with words as keys. */
#include "base/map.h"
#include "tap.h"

enum { MANY = 20000 };

static const struct word *numbered(struct names *names, unsigned number)
{
	char text[16];
	return names_intern(names, text, (size_t)snprintf(text, sizeof text, "n%u", number));
}

static void test_words(struct names *names)
{
	const struct word *word = names_word(names, "step");
	tap_ok(word == names_intern(names, "stepping", 4), "equal texts are one word");
	tap_ok(word != names_word(names, "Step"), "case matters");
	tap_ok(names_word(names, "") == names_intern(names, "x", 0), "zero bytes give the empty word");
	tap_ok(names_word(names, "")->length == 0 && !*names_word(names, "")->text, "the empty word has length 0 and ends with NUL");
	tap_is(names_intern(names, "a\nb", 2)->text, "a\n", "a word ends with NUL even if the text goes on");
	tap_ok(names_is(word, "step") && !names_is(word, "ste") && !names_is(word, "steps"), "names_is compares the whole text");
	tap_ok(!names_is(NULL, "step") && !names_is(NULL, ""), "NULL is no text, not even the empty one");
}

static void test_growth(struct names *names)
{
	const struct word *first = numbered(names, 0);
	for (unsigned i = 0; i < MANY; i++)
		numbered(names, i);
	size_t count = names->count;
	bool same = true;
	for (unsigned i = 0; i < MANY; i++)
		same &= numbered(names, i) == numbered(names, i);
	tap_ok(same && first == numbered(names, 0), "words keep their addresses when the table grows");
	tap_ok(names->count == count, "looking up an existing word adds none");
}

static void test_map(struct arena *arena, struct names *names)
{
	struct map map = {0};
	static int values[MANY];
	tap_ok(!map_get(&map, names_word(names, "a")), "an empty map has no value");
	for (unsigned i = 0; i < MANY; i++)
		map_put(arena, &map, numbered(names, i), &values[i]);
	tap_ok(map.count == MANY, "each key counts once");
	bool found = true;
	for (unsigned i = 0; i < MANY; i++)
		found &= map_get(&map, numbered(names, i)) == &values[i];
	tap_ok(found, "every key has its value");
	map_put(arena, &map, numbered(names, 7), &values[8]);
	tap_ok(map_get(&map, numbered(names, 7)) == &values[8] && map.count == MANY, "putting a key again replaces its value");
	tap_ok(!map_get(&map, names_word(names, "a")), "a word that was not put has no value");
}

int main(void)
{
	struct arena arena = {0};
	struct names names;
	names_init(&names, &arena);
	test_words(&names);
	test_growth(&names);
	test_map(&arena, &names);
	arena_free(&arena);
	return tap_done();
}

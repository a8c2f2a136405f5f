/* What the steps of a lookup share: error messages, lists of words, instance families. */
#include "image/image_lookup.h"

#include "base/suggest.h"
#include "base/text.h"
#include "base/vec.h"

#include <ctype.h>

const char *image_copy(struct image_lookup *lookup, struct image_piece piece)
{
	return arena_copy(lookup->arena, piece.at, piece.length);
}

void image_add_once(struct image_lookup *lookup, struct image_words *words, struct image_piece word)
{
	for (size_t i = 0; i < words->count; i++)
		if (image_piece_is(word, words->items[i]))
			return;
	vec_push(lookup->arena, words, image_copy(lookup, word));
}

void image_add_all(struct image_lookup *lookup, struct image_words *words, struct image_piece list)
{
	struct image_piece word;
	while (image_next_word(&list, &word))
		image_add_once(lookup, words, word);
}

const char *image_join_words(struct image_lookup *lookup, const struct image_words *words)
{
	struct text text = {0};
	for (size_t i = 0; i < words->count; i++)
		text_printf(&text, "%s%s", i ? ", " : "", words->items[i]);
	const char *list = arena_copy(lookup->arena, text_string(&text), text.length);
	text_free(&text);
	return list;
}

/* Whether two versions have the same digits, regardless of separators: `1.7.1` and `1.7-1`. */
static bool has_same_digits(const char *a, const char *b)
{
	static const char digits[] = "0123456789";
	for (; *a || *b; a++, b++) {
		a += strcspn(a, digits);
		b += strcspn(b, digits);
		if (*a != *b)
			return false;
		if (!*a)
			break;
	}
	return true;
}

/* The value that was probably meant: one that starts with the word; else, for a version, one with the same digits;
 * else, for other arguments, one with a similar spelling. */
static const char *nearest(enum image_argument argument, const char *word, const struct image_words *available)
{
	const char *const *items = available->items;
	for (size_t i = available->count; *word && i-- > 0;)
		if (strncmp(items[i], word, strlen(word)) == 0)
			return items[i];
	for (size_t i = available->count; argument == IMAGE_VERSION && i-- > 0;)
		if (has_same_digits(items[i], word))
			return items[i];
	return argument == IMAGE_VERSION ? NULL : suggest_nearest(word, items, available->count);
}

bool image_fail(struct image_lookup *lookup, enum image_argument wrong, const struct image_words *available, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	lookup->answer.wrong = wrong;
	lookup->answer.message = arena_vprintf(lookup->arena, format, args);
	va_end(args);
	if (!available || !available->count)
		return false;
	const char *near = lookup->asked[wrong] && available->count > 1 ? nearest(wrong, lookup->asked[wrong], available) : NULL;
	const char *list = image_join_words(lookup, available);
	if (!near)
		lookup->answer.help = arena_printf(lookup->arena, "available: %s", list);
	else if (wrong == IMAGE_FRAMEWORK)
		lookup->answer.help = arena_printf(lookup->arena, "did you mean `%s`?", near);
	else
		lookup->answer.help = arena_printf(lookup->arena, "did you mean `%s`? Available: %s", near, list);
	return false;
}

bool image_family_starts(struct image_piece family, const char *prefix)
{
	return family.at && family.length >= strlen(prefix) && memcmp(family.at, prefix, strlen(prefix)) == 0;
}

struct image_piece image_family(const char *instance)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789-";
	if (!instance || (strncmp(instance, "ml.", 3) != 0 && strncmp(instance, "ml_", 3) != 0))
		return (struct image_piece){NULL, 0};
	struct image_piece family = {instance + 3, strspn(instance + 3, letters)};
	const char *rest = family.at + family.length;
	rest += *rest == '.';
	while (isalnum((unsigned char)*rest) || *rest == '_')
		rest++;
	return family.length && !*rest ? family : (struct image_piece){NULL, 0};
}

bool image_has_flag(const struct image_lookup *lookup, const char *flag)
{
	return image_line(lookup->head, flag).at != NULL;
}

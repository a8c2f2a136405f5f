/* Why there is no image: the message, what exists, and what may have been meant. */
#include "image/image_lookup.h"

#include "base/suggest.h"
#include "base/text.h"
#include "base/vec.h"

#include <ctype.h>

const char *image_copy(struct image_look *look, struct image_piece piece)
{
	return arena_copy(look->arena, piece.at, piece.length);
}

void image_add_once(struct image_look *look, struct image_words *words, struct image_piece word)
{
	for (size_t i = 0; i < words->count; i++)
		if (image_piece_is(word, words->items[i]))
			return;
	vec_push(look->arena, words, image_copy(look, word));
}

void image_add_all(struct image_look *look, struct image_words *words, struct image_piece list)
{
	struct image_piece word;
	while (image_next_word(&list, &word))
		image_add_once(look, words, word);
}

const char *image_listed(struct image_look *look, const struct image_words *words)
{
	struct text text = {0};
	for (size_t i = 0; i < words->count; i++)
		text_printf(&text, "%s%s", i ? ", " : "", words->items[i]);
	const char *list = arena_copy(look->arena, text_string(&text), text.length);
	text_free(&text);
	return list;
}

/* Whether two versions are the same but for what stands between the numbers: `1.7.1` and `1.7-1`. */
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

/* What somebody may have meant. A version that is spelled much like another one is not near to it. */
static const char *nearest(enum image_argument argument, const char *word, const struct image_words *exist)
{
	const char *const *items = exist->items;
	for (size_t i = exist->count; *word && i-- > 0;)
		if (strncmp(items[i], word, strlen(word)) == 0)
			return items[i];
	for (size_t i = exist->count; argument == IMAGE_VERSION && i-- > 0;)
		if (has_same_digits(items[i], word))
			return items[i];
	return argument == IMAGE_VERSION ? NULL : suggest_nearest(word, items, exist->count);
}

bool image_refuse(struct image_look *look, enum image_argument wrong, const struct image_words *exist, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	look->answer.wrong = wrong;
	look->answer.message = arena_vprintf(look->arena, format, args);
	va_end(args);
	if (!exist || !exist->count)
		return false;
	const char *near = look->asked[wrong] && exist->count > 1 ? nearest(wrong, look->asked[wrong], exist) : NULL;
	const char *list = arena_printf(look->arena, "%s %s", exist->count == 1 ? "is" : "are", image_listed(look, exist));
	if (!near)
		look->answer.help = arena_printf(look->arena, "there %s", list);
	else if (wrong == IMAGE_FRAMEWORK)
		look->answer.help = arena_printf(look->arena, "did you mean `%s`?", near);
	else
		look->answer.help = arena_printf(look->arena, "did you mean `%s`? There %s", near, list);
	return false;
}

bool image_is_family(struct image_piece family, const char *prefix)
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

bool image_has_fact(const struct image_look *look, const char *fact)
{
	return image_line(look->head, fact).at != NULL;
}

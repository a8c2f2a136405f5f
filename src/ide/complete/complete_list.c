#include "ide/complete/complete_list.h"

#include <stdlib.h>

void complete_add(struct complete *complete, struct completion item)
{
	item.is_snippet &= complete->options.takes_snippets;
	item.declaration = complete_place_original(&complete->place, item.declaration);
	vec_push(complete->arena, complete->list, item);
}

const char *complete_quoted(struct complete *complete, const char *text)
{
	struct text quoted = {0};
	text_putc(&quoted, '"');
	for (; *text; text++) {
		if (strchr("\"\\", *text) || (*text == '$' && text[1] == '{'))
			text_putc(&quoted, '\\');
		text_putc(&quoted, *text);
	}
	text_putc(&quoted, '"');
	const char *copy = arena_copy(complete->arena, quoted.bytes, quoted.length);
	text_free(&quoted);
	return copy;
}

const char *complete_key_text(struct complete *complete, const struct word *word)
{
	size_t length = strspn(word->text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_0123456789");
	bool is_plain = length && length == word->length && !(word->text[0] >= '0' && word->text[0] <= '9');
	return is_plain ? word->text : complete_quoted(complete, word->text);
}

static char fold(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool matches(const struct complete *complete, const char *text)
{
	const char *source = complete->place.tree->file->text;
	for (uint32_t at = complete->list->span.start; at < complete->place.offset; at++) {
		while (*text && fold(*text) != fold(source[at]))
			text++;
		if (!*text++)
			return false;
	}
	return true;
}

static int compare_items(const void *left, const void *right)
{
	const struct completion *a = left, *b = right;
	if (a->rank != b->rank)
		return a->rank < b->rank ? -1 : 1;
	if (a->order != b->order)
		return a->order < b->order ? -1 : 1;
	return strcmp(a->label, b->label);
}

/* Best first; of very many only those that fit what is typed. */
void complete_finish(struct complete *complete)
{
	enum { MOST = 500 };
	struct completions *list = complete->list;
	if (list->count > MOST) {
		size_t kept = 0;
		for (size_t i = 0; i < list->count; i++)
			if (matches(complete, list->items[i].filter ? list->items[i].filter : list->items[i].label))
				list->items[kept++] = list->items[i];
		list->count = kept;
		list->is_incomplete = true;
	}
	if (list->count)
		qsort(list->items, list->count, sizeof *list->items, compare_items);
	if (list->count > MOST)
		list->count = MOST;
}

bool complete_fits(const struct type *wanted, const struct type *found)
{
	if (wanted->kind == TYPE_SCALAR)
		return type_is_scalar(found);
	if (type_is_text(wanted))
		return type_is_text(found);
	if (wanted->kind == TYPE_FLOAT && found->kind == TYPE_INTEGER)
		return true;
	return wanted->kind == found->kind && (wanted->kind != TYPE_SHAPE || !found->name || wanted->name == found->name);
}

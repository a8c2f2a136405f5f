#include "ide/complete/complete_list.h"

#include "ide/ide_text.h"

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
	ide_put_escaped(&quoted, text);
	text_putc(&quoted, '"');
	return ide_take_text(complete->arena, &quoted);
}

const char *complete_key_text(struct complete *complete, const struct word *word)
{
	return names_is_identifier(word->text, word->length) ? word->text : complete_quoted(complete, word->text);
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

void complete_finish(struct complete *complete)
{
	enum { MAX_ITEMS = 500 };
	struct completions *list = complete->list;
	if (list->count > MAX_ITEMS) {
		uint32_t start = list->span.start, end = complete->place.offset;
		const char *typed = arena_copy(complete->arena, complete->place.tree->file->text + start, end > start ? end - start : 0);
		size_t kept = 0;
		for (size_t i = 0; i < list->count; i++)
			if (ide_name_fits(list->items[i].filter ? list->items[i].filter : list->items[i].label, typed))
				list->items[kept++] = list->items[i];
		list->count = kept;
		list->is_incomplete = true;
	}
	if (list->count)
		qsort(list->items, list->count, sizeof *list->items, compare_items);
	if (list->count > MAX_ITEMS)
		list->count = MAX_ITEMS;
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

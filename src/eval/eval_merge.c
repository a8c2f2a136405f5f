/* Merging of objects, and of lists whose elements have names. */
#include "eval/eval_parts.h"

struct field *eval_find_field(struct eval *eval, struct fields *fields, const struct word *name)
{
	enum { FEW = 16 };
	if (fields->count > FEW) {
		while (fields->places.count < fields->count) {
			size_t place = fields->places.count;
			map_put(eval->program->arena, &fields->places, fields->items[place].name, (void *)(place + 1));
		}
		size_t place = (size_t)map_get(&fields->places, name);
		return place ? &fields->items[place - 1] : NULL;
	}
	for (size_t i = 0; i < fields->count; i++)
		if (fields->items[i].name == name)
			return &fields->items[i];
	return NULL;
}

void eval_put_field(struct eval *eval, struct fields *fields, struct field field)
{
	struct field *earlier = eval_find_field(eval, fields, field.name);
	if (!earlier) {
		vec_push(eval->program->arena, fields, field);
		return;
	}
	earlier->value = eval_merge(eval, earlier->value, field.value);
	earlier->at = field.at;
}

const struct value *eval_finish_object(struct eval *eval, const struct node *node, const struct fields *fields)
{
	struct value *object = eval_new(eval, VALUE_OBJECT, node);
	object->fields = fields->items;
	object->count = (uint32_t)fields->count;
	return eval_admit(eval, node, object);
}

/* The stronger list with the weaker one under it and under all that the stronger one has under it already. Whether they merge
 * depends on the type of their place, which is not known here. */
static const struct value *list_over(struct eval *eval, const struct value *weak, const struct value *strong)
{
	const struct value *top = weak, **below = &top;
	for (; strong; strong = strong->under) {
		struct value *list = eval_new(eval, VALUE_LIST, strong->at);
		*list = *strong;
		list->under = weak;
		*below = list;
		below = &list->under;
	}
	return top;
}

const struct value *eval_merge(struct eval *eval, const struct value *weak, const struct value *strong)
{
	if (weak->kind == VALUE_LIST && strong->kind == VALUE_LIST)
		return list_over(eval, weak, strong);
	if (weak->kind != VALUE_OBJECT || strong->kind != VALUE_OBJECT)
		return strong;
	struct fields fields = {0};
	for (uint32_t i = 0; i < weak->count; i++)
		vec_push(eval->program->arena, &fields, weak->fields[i]);
	for (uint32_t i = 0; i < strong->count; i++)
		eval_put_field(eval, &fields, strong->fields[i]);
	return eval_finish_object(eval, strong->at, &fields);
}

const struct value *eval_merge_named(struct eval *eval, const struct value *list, const struct word *by)
{
	struct arena *arena = eval->program->arena;
	const struct value *weak = list->under->under ? eval_merge_named(eval, list->under, by) : list->under;
	struct value *merged = eval_new(eval, VALUE_LIST, list->at);
	struct map places = {0}; /* from a name to its index + 1 */
	*merged = *list;
	merged->under = NULL;
	merged->height = merged->weight = 0;
	merged->items = arena_array(arena, const struct value *, weak->count + list->count + 1);
	merged->count = 0;
	for (uint32_t i = 0; i < weak->count + list->count; i++) {
		bool is_weak = i < weak->count;
		const struct value *item = is_weak ? weak->items[i] : list->items[i - weak->count];
		const struct field *name = value_field(item, by);
		bool is_named = name && name->value->kind == VALUE_STRING;
		size_t at = is_named && !is_weak ? (size_t)map_get(&places, name->value->word) : 0;
		if (at) {
			merged->items[at - 1] = eval_merge(eval, merged->items[at - 1], item);
			continue;
		}
		merged->items[merged->count++] = item;
		if (is_named && is_weak)
			map_put(arena, &places, name->value->word, (void *)(uintptr_t)merged->count);
	}
	return eval_admit(eval, list->at, merged);
}

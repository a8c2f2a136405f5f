/* Lists whose elements have names: how a stronger one goes over a weaker one. */
#include "eval/eval.h"

const struct value *eval_merge_named(struct eval *eval, const struct value *list, const struct word *by)
{
	struct arena *arena = eval->program->arena;
	const struct value *weak = list->under->under ? eval_merge_named(eval, list->under, by) : list->under;
	struct value *merged = eval_new(eval, VALUE_LIST, list->at);
	struct map places = {0}; /* by name: position + 1 */
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

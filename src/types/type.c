#include "types/type.h"

struct member *type_find_member(const struct type *shape, const struct word *name)
{
	for (uint32_t i = 0; i < shape->count; i++)
		if (shape->members[i].name == name)
			return &shape->members[i];
	return NULL;
}

bool type_is_scalar(const struct type *type)
{
	return type->kind <= TYPE_ENUM;
}

bool type_is_text(const struct type *type)
{
	return type->kind == TYPE_STRING || type->kind == TYPE_ENUM;
}

void type_print(struct text *out, const struct type *type)
{
	static const char *const primitives[] = {"Any", "Scalar", "String", "Integer", "Float", "Boolean", "String"};
	if (type->name) {
		text_puts(out, type->name->text);
	} else if (type->kind <= TYPE_ENUM) {
		text_puts(out, primitives[type->kind]);
	} else if (type->kind == TYPE_SHAPE) {
		text_puts(out, "{ ... }");
	} else {
		text_puts(out, type->kind == TYPE_LIST ? "List<" : "Map<");
		type_print(out, type->element);
		if (type->by)
			text_printf(out, " by %s", type->by->text);
		text_putc(out, '>');
	}
}

const char *type_text(struct arena *arena, const struct type *type)
{
	struct text text = {0};
	type_print(&text, type);
	const char *copy = arena_copy(arena, text.bytes, text.length);
	text_free(&text);
	return copy;
}

const char *type_noun(const struct type *type)
{
	static const char *const nouns[] = {"any value", "a scalar",  "a String", "an Integer", "a Float",
	                                    "a Boolean", "a String", "a list",   "a map",      "a structure"};
	return nouns[type->kind];
}

bool type_omits_member(const struct node *reference, const struct word *name)
{
	for (const struct node *without = node_child(reference, ROLE_WITHOUT); without; without = node_next(without))
		if (without->word == name)
			return true;
	return false;
}

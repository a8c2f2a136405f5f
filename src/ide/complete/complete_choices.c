/* The texts that a place allows: the values of an enum, the list after `in`, regions. */
#include "ide/complete/complete_parts.h"

#include "ide/bind.h"
#include "image/image_table.h"

void complete_add_choice(struct complete *complete, const char *text, const char *detail, uint32_t order)
{
	bool is_bare = complete->place.is_in_string;
	const char *quoted = is_bare ? text : complete_quoted(complete, text);
	complete_add(complete, (struct completion){
		.kind = COMPLETION_CONSTANT, .order = order, .label = quoted, .detail = detail, .insert = quoted, .filter = text});
}

static bool add_enum(struct complete *complete, const struct type *type)
{
	if (!type || type->kind != TYPE_ENUM)
		return false;
	for (uint32_t i = 0; i < type->count; i++)
		complete_add_choice(complete, type->values[i]->text, type->name ? type->name->text : NULL, i);
	return true;
}

/* Adds the constants of a list after `in`. */
static bool add_allowed(struct complete *complete, const struct value *allowed)
{
	for (uint32_t i = 0; allowed && allowed->kind == VALUE_LIST && i < allowed->count; i++) {
		struct text text = {0};
		if (!value_is_constant_scalar(allowed->items[i]))
			continue;
		value_print_scalar(&text, allowed->items[i]);
		const char *copy = arena_copy(complete->arena, text_string(&text), text.length);
		text_free(&text);
		if (allowed->items[i]->kind == VALUE_STRING)
			complete_add_choice(complete, copy, NULL, i);
		else if (!complete->place.is_in_string)
			complete_add(complete, (struct completion){.kind = COMPLETION_CONSTANT, .order = i, .label = copy, .insert = copy});
	}
	return allowed && allowed->count;
}

/* The symbol of a global name, or NULL. */
static const struct symbol *find_symbol(struct complete *complete, const struct node *name)
{
	const struct node *declaration = name && name->kind == N_NAME ? bind_declaration(complete->program, name) : NULL;
	const struct symbol *symbol = declaration ? map_get(&bind_module(complete->program, name)->values, name->word) : NULL;
	return symbol && symbol->node == declaration ? symbol : NULL;
}

/* Adds the values that `other`, the other side of a comparison, can have. */
static bool add_compared(struct complete *complete, const struct node *other)
{
	const struct symbol *symbol = find_symbol(complete, other);
	const struct value *value = symbol && symbol->allowed ? NULL : complete_place_value(&complete->place, other);
	return add_allowed(complete, symbol ? symbol->allowed : NULL) ||
	       add_enum(complete, value && value->kind == VALUE_GET ? value->type : NULL);
}

/* Whether a node is the value of `Region` in the `pipeline` block. */
static bool is_region(const struct node *node)
{
	return node->parent->kind == N_FIELD && names_is(node->parent->word, "Region") && node->parent->parent->parent &&
	       node->parent->parent->parent->kind == N_PIPELINE;
}

void complete_regions(struct complete *complete)
{
	struct region_walk walk = {0};
	struct image_piece region;
	while (image_next_region(&walk, (struct image_piece){NULL, 0}, &region))
		complete_add_choice(complete, arena_copy(complete->arena, region.at, region.length), NULL, 0);
}

bool complete_choices(struct complete *complete, const struct node *node, const struct type *expected)
{
	const struct node *parent = node->parent;
	const struct symbol *symbol;
	if (add_enum(complete, expected))
		return true;
	switch (parent->kind) {
	case N_PARAM:
	case N_CONFIG:
		symbol = parent->word ? map_get(&bind_module(complete->program, node)->values, parent->word) : NULL;
		return node->role == ROLE_VALUE && add_allowed(complete, symbol ? symbol->allowed : NULL);
	case N_GIVEN:
		symbol = node->role == ROLE_VALUE ? find_symbol(complete, node_child(parent, ROLE_LEFT)) : NULL;
		return add_allowed(complete, symbol ? symbol->allowed : NULL);
	case N_BINARY:
		return (parent->op == OP_EQUAL || parent->op == OP_NOT_EQUAL) &&
		       add_compared(complete, node_child(parent, node->role == ROLE_LEFT ? ROLE_RIGHT : ROLE_LEFT));
	case N_LIST:
		return parent->parent && parent->parent->kind == N_BINARY && parent->parent->op == OP_IN &&
		       add_compared(complete, node_child(parent->parent, ROLE_LEFT));
	default:
		if (!is_region(node))
			return false;
		complete_regions(complete);
		return true;
	}
}

const struct value *complete_argument_value(struct complete *complete, const struct node *call, const struct node *parameter)
{
	for (const struct node *item = node_child(call, ROLE_ITEM); item; item = node_next(item))
		if (bind_parameter(complete->program, item) == parameter)
			return complete_place_value(&complete->place, node_child(item, ROLE_VALUE));
	return NULL;
}

const struct word *complete_argument_text(struct complete *complete, const struct node *call, const struct node *parameter)
{
	const struct value *value = complete_argument_value(complete, call, parameter);
	return value && value->kind == VALUE_STRING ? value->word : NULL;
}

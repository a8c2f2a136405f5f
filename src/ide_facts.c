#include "ide_facts.h"

#include "describe.h"
#include "emit_value.h"
#include "ide_page.h"

/* --- lists and text --- */

enum { SHOWN = 12 };

void ide_list_add(struct ide_list *list, const char *name)
{
	if (list->count++ < SHOWN)
		text_printf(&list->text, "%s`%s`", list->count > 1 ? ", " : "", name);
}

const char *ide_list_end(struct ide_list *list)
{
	if (list->count > SHOWN)
		text_printf(&list->text, " and %u others", list->count - SHOWN);
	return text_string(&list->text);
}

/* Where what is worth showing of a declaration ends: before its block, members or branches. */
static uint32_t head_end(const struct node *declaration)
{
	for (const struct node *child = declaration->first; child; child = child->next) {
		bool is_function_body = declaration->kind == N_FUNCTION && child->role == ROLE_VALUE;
		if (child->role == ROLE_BLOCK || child->role == ROLE_ARM || is_function_body)
			return child->start;
	}
	return declaration->end;
}

void ide_add_source(struct ide_card *card, struct program *program, const struct node *declaration)
{
	enum { LINES = 12, BYTES = 1000 };
	const char *text = program_file(program, declaration)->text + declaration->start;
	size_t length = head_end(declaration) - declaration->start, end = 0;
	while (length && strchr(" \t\r\n={", text[length - 1]))
		length--;
	for (unsigned lines = 0; end < length && end < BYTES && lines < LINES; lines += text[end] == '\n', end++)
		;
	while (end < length && (text[end] & 0xC0) == 0x80)
		end++;
	const char *code = arena_copy(card->arena, text, end);
	ide_card_code(card, "pipe", end < length ? arena_printf(card->arena, "%s...", code) : code);
}

/* --- types --- */

static void add_values(struct ide_card *card, const struct type *type)
{
	struct ide_list list = {0};
	for (uint32_t i = 0; i < type->count; i++)
		ide_list_add(&list, type->values[i]->text);
	ide_card_add(card, "One of %s%s.", ide_list_end(&list), type->is_open ? ", or a newer one" : "");
	text_free(&list.text);
}

static void add_members(struct ide_card *card, const struct type *type)
{
	struct ide_list required = {0}, optional = {0};
	for (uint32_t i = 0; i < type->count; i++) {
		bool is_required = !type->members[i].is_optional && !node_child(type->members[i].declaration, ROLE_VALUE);
		ide_list_add(is_required ? &required : &optional, type->members[i].name->text);
	}
	if (required.count)
		ide_card_add(card, "Must have %s.", ide_list_end(&required));
	if (optional.count)
		ide_card_add(card, "May have %s.", ide_list_end(&optional));
	text_free(&required.text);
	text_free(&optional.text);
}

static bool has_limits(const struct type *type)
{
	return type->has_min || type->has_max || type->pattern || type->is_nullable;
}

void ide_add_type(struct ide_card *card, const struct type *type)
{
	struct text line = {0};
	const struct type *inner = ide_element(type);
	describe_type(&line, type);
	if (type->kind != TYPE_SHAPE && type->kind != TYPE_ENUM && (type->name || has_limits(type)))
		ide_card_add(card, "%s.", text_string(&line));
	text_free(&line);
	if (inner->kind == TYPE_ENUM)
		add_values(card, inner);
	if (inner->kind == TYPE_SHAPE)
		add_members(card, inner);
	ide_card_add(card, type->is_literal ? "Known when compiling: no deferred value may stand here."
	                                    : "Deferred values may stand here.");
}

void ide_add_page(struct ide_card *card, const struct program *program, const struct node *shape)
{
	struct ide_page page;
	if (ide_find_page(program, card->arena, shape, &page))
		ide_card_link(card, page.title, page.url);
}

/* The shape to which a member belongs, also where a reference to it declares the member anew. */
static const struct node *owner_of(struct program *program, const struct node *member)
{
	const struct node *owner = member->parent ? member->parent->parent : NULL;
	return owner && owner->kind == N_TYPE_REF ? bind_declaration(program, owner) : owner;
}

static const struct node *named_shape(struct program *program, const struct node *node, const struct type *type)
{
	const struct type *inner = ide_element(type);
	return inner->name ? bind_lookup(program, node, BIND_TYPES, inner->name) : NULL;
}

void ide_add_member(struct ide_card *card, struct program *program, const struct node *declaration)
{
	const struct node *reference = node_child(declaration, ROLE_TYPE);
	const struct type *type = type_from_node(&bind_module(program, declaration)->scope, reference);
	const char *doc = ide_doc(program, card->arena, declaration);
	bool is_optional = declaration->flags & NODE_OPTIONAL || node_child(declaration, ROLE_VALUE);
	ide_add_source(card, program, declaration);
	if (doc)
		ide_card_add(card, "%s", doc);
	ide_card_add(card, is_optional ? "Optional." : "Required.");
	ide_add_type(card, type);
	ide_add_page(card, program, named_shape(program, declaration, type));
	ide_add_page(card, program, owner_of(program, declaration));
}

void ide_add_kind(struct ide_card *card, struct program *program, const struct kind *kind)
{
	struct text clauses = {0};
	const struct node *module_node = kind->node;
	describe_clauses(&clauses, kind);
	ide_card_add(card, "Clauses: %s.", text_string(&clauses));
	text_free(&clauses);
	if (kind->arguments && kind->arguments->kind == TYPE_SHAPE)
		add_members(card, kind->arguments);
	while (kind->base) /* the references to AWS's shapes are in the built-in one */
		kind = kind->base;
	const struct type *shapes[] = {kind->arguments, kind->properties};
	for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++)
		if (shapes[i])
			ide_add_page(card, program, named_shape(program, module_node, shapes[i]));
}

/* --- values --- */

/* Whether a value has a form in JSON: nothing in it is unfinished. */
static bool can_write(const struct value *value)
{
	const struct value *root;
	switch (value->kind) {
	case VALUE_NULL:
	case VALUE_BOOLEAN:
	case VALUE_NUMBER:
	case VALUE_STRING:
		return true;
	case VALUE_GET:
	case VALUE_JSON:
		root = value_root(value);
		return root->kind == VALUE_GET || (root->kind == VALUE_FILE && !root->step && root->uri->kind == VALUE_JOIN) ||
		       (root->step && root->step->step_name);
	case VALUE_OBJECT:
		for (uint32_t i = 0; i < value->count; i++)
			if (!can_write(value->fields[i].value))
				return false;
		return true;
	case VALUE_LIST:
	case VALUE_JOIN:
	case VALUE_CONDITION:
		for (uint32_t i = 0; i < value->count; i++)
			if (!can_write(value->items[i]))
				return false;
		return true;
	default:
		return false;
	}
}

void ide_add_value(struct ide_card *card, const struct value *value)
{
	enum { MAX_WEIGHT = 500 };
	struct text json = {0};
	struct writer writer = {.out = &json};
	if (!value || value_weigh(value) > MAX_WEIGHT || !can_write(value))
		return;
	if (value->kind == VALUE_CONDITION)
		write_condition(&writer, value);
	else
		write_value(&writer, value);
	ide_card_add(card, value_is_constant(value) ? "Known when compiling:" : "Known when the pipeline runs:");
	ide_card_code(card, "json", text_string(&json));
	text_free(&json);
}

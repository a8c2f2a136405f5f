#include "ide/hover/ide_facts.h"

#include "base/utf8.h"
#include "emit/describe.h"
#include "emit/emit_value.h"
#include "ide/hover/ide_page.h"

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

/* The end of the part of a declaration that is shown: it stops before the block, the branches, or a function's body. */
static uint32_t head_end(const struct node *declaration)
{
	for (const struct node *child = declaration->first; child; child = child->next) {
		bool is_function_body = declaration->kind == N_FUNCTION && child->role == ROLE_VALUE;
		if (child->role == ROLE_BLOCK || child->role == ROLE_ARM || is_function_body)
			return child->start;
	}
	return declaration->end;
}

/* Where the lines of documentation at the start of a line end. */
static size_t skip_docs(const char *text, size_t at, size_t length)
{
	for (;;) {
		size_t comment = at + strspn(text + at, " \t");
		if (comment >= length || strncmp(text + comment, "///", 3) != 0)
			return at;
		at = comment + strcspn(text + comment, "\n") + 1;
	}
}

/* A copy of code without the indentation of its first line, and without the documentation of its parameters. */
static char *copy_outdented(struct arena *arena, const struct source_file *file, uint32_t start, size_t length)
{
	const char *text = file->text + start, *line = file->text + source_line_start(file, start);
	size_t indent = strspn(line, " "), to = 0;
	char *copy = arena_alloc(arena, length + 1);
	for (size_t at = 0; at < length; at++) {
		copy[to++] = text[at];
		if (text[at] != '\n')
			continue;
		at = skip_docs(text, at + 1, length) - 1;
		for (size_t i = 0; i < indent && at + 1 < length && text[at + 1] == ' '; i++)
			at++;
	}
	return copy;
}

void ide_add_source(struct ide_card *card, struct program *program, const struct node *declaration)
{
	enum { LINES = 24, BYTES = 1000 };
	const struct source_file *file = program_file(program, declaration);
	const char *text = file->text + declaration->start;
	size_t length = head_end(declaration) - declaration->start, end = 0;
	while (length && strchr(" \t\r\n={", text[length - 1]))
		length--;
	char *code = copy_outdented(card->arena, file, declaration->start, length);
	length = strlen(code);
	for (unsigned lines = 0; end < length && end < BYTES && lines < LINES; lines += code[end] == '\n', end++)
		;
	while (end < length && utf8_continues(code[end]))
		end++;
	ide_card_code(card, "pipe", end < length ? arena_printf(card->arena, "%.*s...", (int)end, code) : code);
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

/* Adds the members of a shape to the two lists, except those that `earlier` also has. */
static void list_members(const struct type *type, const struct type *earlier, struct ide_list *required, struct ide_list *optional)
{
	for (uint32_t i = 0; type && type->kind == TYPE_SHAPE && i < type->count; i++) {
		if (earlier && earlier->kind == TYPE_SHAPE && type_find_member(earlier, type->members[i].name))
			continue;
		ide_list_add(ide_is_required(&type->members[i]) ? required : optional, type->members[i].name->text);
	}
}

/* Adds the members of a shape or, for the fields of a step, of two shapes (`other` is NULL or the second). `subject` is the subject
 * of the sentences. */
static void add_members(struct ide_card *card, const char *subject, const struct type *type, const struct type *other)
{
	struct ide_list required = {0}, optional = {0};
	list_members(type, NULL, &required, &optional);
	list_members(other, type, &required, &optional);
	if (required.count)
		ide_card_add(card, "%s must have %s.", subject, ide_list_end(&required));
	if (optional.count)
		ide_card_add(card, "%s can have %s.", subject, ide_list_end(&optional));
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
		ide_card_add(card, "`%s`", text_string(&line));
	text_free(&line);
	if (inner->kind == TYPE_ENUM)
		add_values(card, inner);
	if (inner->kind == TYPE_SHAPE)
		add_members(card, inner == type ? "It" : "Each", inner, NULL);
}

void ide_add_place(struct ide_card *card, const struct type *type, bool is_constant)
{
	ide_add_type(card, type);
	ide_card_add(card, is_constant || type->is_literal ? "Must be known at compile time: no deferred value is allowed."
	                                                   : "Deferred values are allowed.");
}

void ide_add_page(struct ide_card *card, struct program *program, const struct node *shape)
{
	struct ide_page page;
	while (shape && shape->kind == N_TYPE)
		shape = bind_declaration(program, node_child(shape, ROLE_TYPE));
	if (ide_find_page(program, card->arena, shape, &page))
		ide_card_link(card, page.title, page.url);
}

/* The shape that a member belongs to. If a type reference redeclares the member, it is the shape that the reference names. */
static const struct node *owner_of(struct program *program, const struct node *member)
{
	const struct node *owner = member->parent ? member->parent->parent : NULL;
	return owner && owner->kind == N_TYPE_REF ? bind_declaration(program, owner) : owner;
}

static const struct type *begin_member(struct ide_card *card, struct program *program, const struct node *declaration)
{
	const char *doc = ide_doc(program, card->arena, declaration);
	ide_add_source(card, program, declaration);
	if (doc)
		ide_card_add(card, "%s", doc);
	return type_from_node(&bind_module(program, declaration)->scope, node_child(declaration, ROLE_TYPE));
}

static void add_member_pages(struct ide_card *card, struct program *program, const struct node *declaration, const struct type *type)
{
	ide_add_page(card, program, ide_named_type(program, declaration, type));
	ide_add_page(card, program, owner_of(program, declaration));
}

void ide_add_field(struct ide_card *card, struct program *program, const struct node *declaration, bool is_constant)
{
	const struct type *type = begin_member(card, program, declaration);
	bool is_optional = declaration->flags & NODE_OPTIONAL || node_child(declaration, ROLE_VALUE);
	ide_card_add(card, is_optional ? "Optional." : "Required.");
	ide_add_place(card, type, is_constant);
	add_member_pages(card, program, declaration, type);
}

void ide_add_property(struct ide_card *card, struct program *program, const struct node *declaration, const struct value *value)
{
	const struct type *type = begin_member(card, program, declaration);
	ide_add_type(card, type);
	ide_add_value(card, value);
	add_member_pages(card, program, declaration, type);
}

void ide_add_kind(struct ide_card *card, struct program *program, const struct kind *kind)
{
	struct text clauses = {0};
	const struct type *shapes[] = {kind->arguments, kind->properties};
	describe_clauses(&clauses, kind);
	ide_card_add(card, "Clauses: `%s`", text_string(&clauses));
	text_free(&clauses);
	if (!kind->base) /* a kind made from another has parameters instead */
		add_members(card, "A step", kind->arguments, kind->keys);
	while (kind->base)
		kind = kind->base;
	for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++)
		if (shapes[i])
			ide_add_page(card, program, ide_named_type(program, kind->node, shapes[i]));
}

/* --- values --- */

/* Whether a value can be written as JSON: it is of a kind that is emitted, and nothing in it is incomplete. */
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

static void write(struct text *json, const struct value *value, bool is_compact)
{
	struct emit_writer writer = {.out = json, .is_compact = is_compact};
	if (value->kind == VALUE_CONDITION)
		emit_condition(&writer, value);
	else
		emit_value(&writer, value);
}

void ide_add_value(struct ide_card *card, const struct value *value)
{
	enum { MAX_WEIGHT = 500, LONG = 100 };
	struct text json = {0};
	if (!value || value_weigh(value) > MAX_WEIGHT || !can_write(value))
		return;
	write(&json, value, true);
	if (json.length > LONG) {
		json.length = 0;
		write(&json, value, false);
	}
	ide_card_add(card, value_is_constant(value) ? "Known at compile time:" : "Known only at run time:");
	ide_card_code(card, "json", text_string(&json));
	text_free(&json);
}

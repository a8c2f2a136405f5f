#include "ide/actions/ide_blocks.h"

#include "eval/module.h"
#include "ide/bind.h"

#include <string.h>

/* --- values that could stand in a place --- */

enum { MAX_DEPTH = 6 };

static void put_placeholder(struct ide_actions *actions, struct text *out, const struct type *type, const char *name, unsigned depth);

/* Texts that patterns of AWS's shapes ask for; the first that fits is taken. */
static const char *text_for(struct ide_actions *actions, const struct type *type, const char *name)
{
	const char *const texts[] = {name, "s3://bucket/prefix", "arn:aws:iam::123456789012:role/name", "/opt/ml/path", "1", "name"};
	struct program *program = actions->program;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		size_t length = strlen(texts[i]);
		bool has_room = (!type->has_min || (double)length >= type->min) && (!type->has_max || (double)length <= type->max);
		const struct word *word = names_word(&program->world->names, texts[i]);
		if (has_room && (!type->pattern || pattern_matches(program->arena, &program->patterns, type->pattern, word)))
			return texts[i];
	}
	return "";
}

/* Appends the key of a field; one that is no name stands in quotes. */
static void put_key(struct text *out, const char *name)
{
	bool is_plain = !name[strspn(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_")];
	text_printf(out, is_plain ? "%s: " : "\"%s\": ", name);
}

static void put_shape(struct ide_actions *actions, struct text *out, const struct type *shape, unsigned depth)
{
	bool is_first = true;
	text_putc(out, '{');
	for (uint32_t i = 0; i < shape->count && depth < MAX_DEPTH; i++) {
		struct member *member = &shape->members[i];
		if (member->is_optional || node_child(member->declaration, ROLE_VALUE))
			continue;
		text_puts(out, is_first ? " " : ", ");
		put_key(out, member->name->text);
		put_placeholder(actions, out, type_of_member(member), member->name->text, depth + 1);
		is_first = false;
	}
	text_puts(out, is_first ? "}" : " }");
}

static void put_number(struct text *out, const struct type *type)
{
	double number = type->has_min ? type->min : 1;
	if (type->kind == TYPE_FLOAT)
		text_printf(out, "%.1f", number);
	else
		text_printf(out, "%.0f", number);
}

static void put_placeholder(struct ide_actions *actions, struct text *out, const struct type *type, const char *name, unsigned depth)
{
	switch (type->kind) {
	case TYPE_INTEGER:
	case TYPE_FLOAT:
		put_number(out, type);
		return;
	case TYPE_BOOLEAN:
		text_puts(out, "false");
		return;
	case TYPE_ENUM:
		text_printf(out, "\"%s\"", type->count ? type->values[0]->text : "");
		return;
	case TYPE_LIST:
		text_putc(out, '[');
		if (type->has_min && type->min >= 1)
			put_placeholder(actions, out, type->element, name, depth);
		text_putc(out, ']');
		return;
	case TYPE_MAP:
		text_puts(out, "{}");
		return;
	case TYPE_SHAPE:
		put_shape(actions, out, type, depth);
		return;
	default:
		text_printf(out, "\"%s\"", text_for(actions, type, name));
		return;
	}
}

/* --- required fields --- */

static bool has_field(const struct node *block, const struct word *name)
{
	for (const struct node *item = node_child(block, ROLE_ITEM); item; item = node_next(item))
		if (item->kind == N_FIELD && item->word == name)
			return true;
	return false;
}

/* Whether what is poured into an object, or a block behind that of a step, has a field. */
static bool has_poured(struct program *program, const struct node *block, const struct word *name)
{
	const struct value *value = block->kind == N_OBJECT ? program_value(program, block) : NULL;
	if (value && value->kind == VALUE_OBJECT && value_field(value, name))
		return true;
	for (const struct node *item = node_child(block, ROLE_ITEM); item; item = node_next(item)) {
		const struct value *poured = item->kind == N_SPREAD ? program_value(program, node_child(item, ROLE_VALUE)) : NULL;
		if (poured && poured->kind == VALUE_OBJECT && value_field(poured, name))
			return true;
	}
	return false;
}

static const struct step *step_of(const struct program *program, const struct node *node)
{
	for (size_t i = 0; i < program->all_steps.count; i++)
		if (program->all_steps.items[i]->node == node)
			return program->all_steps.items[i];
	return NULL;
}

/* Whether a member must be written in a block, and is not. */
static bool is_missing(struct program *program, const struct node *owner, const struct node *block, const struct member *member)
{
	if (member->is_optional || node_child(member->declaration, ROLE_VALUE))
		return false;
	const struct step *step = owner->kind == N_STEP ? step_of(program, owner) : NULL;
	for (size_t i = 0; step && i < step->layers.count; i++)
		if (has_field(step->layers.items[i].block, member->name) || has_poured(program, step->layers.items[i].block, member->name))
			return false;
	return !block || (!has_field(block, member->name) && !has_poured(program, block, member->name));
}

/* Appends a line for each member of a shape that is missing. */
static unsigned put_missing(struct ide_actions *actions, struct text *lines, const struct type *shape, const struct node *owner,
                            const struct node *block)
{
	unsigned count = 0;
	for (uint32_t i = 0; shape && shape->kind == TYPE_SHAPE && i < shape->count; i++) {
		struct member *member = &shape->members[i];
		if (!is_missing(actions->program, owner, block, member))
			continue;
		text_puts(lines, lines->length ? "\n" : "");
		put_key(lines, member->name->text);
		put_placeholder(actions, lines, type_of_member(member), member->name->text, 0);
		count++;
	}
	return count;
}

/* The kind of a step, with or without a block; NULL when it has none that is known. */
static const struct kind *kind_of(struct program *program, const struct node *step)
{
	const struct node *reference = node_child(step, ROLE_KIND);
	const struct node *name = node_callee(reference);
	return name && name->word ? module_kind(bind_module(program, step), name->word) : NULL;
}

void ide_add_fields(struct ide_actions *actions, const struct node *node, const struct diag *diag)
{
	const struct node *owner = node;
	while (owner && owner->kind != N_OBJECT && owner->kind != N_BLOCK && owner->kind != N_STEP && !node_child(owner, ROLE_BLOCK))
		owner = owner->parent;
	if (!owner || (owner->kind == N_OBJECT && owner->start != diag->span.start) || !ide_takes_lines(actions, owner))
		return;
	owner = owner->kind == N_BLOCK ? owner->parent : owner;
	const struct node *block = owner->kind == N_OBJECT ? owner : node_child(owner, ROLE_BLOCK);
	const struct kind *kind = owner->kind == N_STEP ? kind_of(actions->program, owner) : NULL;
	struct text lines = {0};
	unsigned count = put_missing(actions, &lines, kind ? kind->arguments : bind_expected(actions->program, block), owner, block);
	count += kind ? put_missing(actions, &lines, kind->keys, owner, block) : 0;
	if (count) {
		struct ide_action *action = ide_add_action(actions, IDE_FIX, count == 1 ? "Add the missing field" : "Add the %u missing fields", count);
		ide_append_lines(actions, action, owner, lines.bytes);
	}
	text_free(&lines);
}

/* --- clauses --- */

static bool has_clause(const struct node *block, enum node_kind kind)
{
	for (const struct node *item = node_child(block, ROLE_ITEM); item; item = node_next(item))
		if (item->kind == kind)
			return true;
	return false;
}

static const char *retry_clause(struct arena *arena, const struct exception_family *family)
{
	enum { NAMED = 2 };
	const char *names = "";
	for (uint32_t i = 0; i < family->exceptions->count && i < NAMED; i++)
		names = arena_printf(arena, "%s%s%s.%s", names, i ? ", " : "", family->name->text, family->exceptions->values[i]->text);
	return arena_printf(arena, "retry on %s { MaxAttempts: 3 }", names);
}

/* The step whose head or block, but nothing in it, is at the place. */
static const struct node *step_around(const struct ide_actions *actions)
{
	const struct node *node = node_at(actions->tree, actions->range.start);
	if (node->role == ROLE_LEFT && node->parent && node->parent->kind == N_CALL)
		node = node->parent;
	if (node->parent && (node->role == ROLE_KIND || node->kind == N_BLOCK))
		node = node->parent;
	return node->kind == N_STEP ? node : NULL;
}

void ide_list_clauses(struct ide_actions *actions)
{
	const struct node *step = step_around(actions), *block = node_child(step, ROLE_BLOCK);
	const struct kind *kind = step ? kind_of(actions->program, step) : NULL;
	if (!kind || !ide_takes_lines(actions, step))
		return;
	if (kind->clauses & CLAUSE_CACHE && !has_clause(block, N_CACHE))
		ide_append_lines(actions, ide_add_action(actions, IDE_REWRITE, "Add a cache clause"), step, "cache for \"P30D\"");
	if (kind->clauses & CLAUSE_RETRY && kind->families && !has_clause(block, N_RETRY))
		ide_append_lines(actions, ide_add_action(actions, IDE_REWRITE, "Add a retry clause"), step,
		                 retry_clause(actions->arena, kind->families));
}

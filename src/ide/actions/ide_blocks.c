#include "ide/actions/ide_blocks.h"

#include "ide/ide.h"
#include "ide/ide_text.h"

#include <string.h>

/* --- placeholder values --- */

enum { MAX_DEPTH = 6 };

static void put_placeholder(struct ide_actions *actions, struct text *out, const struct type *type, const char *name, unsigned depth);

/* The first sample text that has the length and pattern of a type; "" when none has. */
static const char *placeholder_text(struct ide_actions *actions, const struct type *type, const char *name)
{
	const char *const texts[] = {name, "s3://bucket/prefix", "arn:aws:iam::123456789012:role/name", "/opt/ml/path", "1", "name"};
	struct program *program = actions->program;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		size_t length = strlen(texts[i]);
		bool is_of_length = (!type->has_min || (double)length >= type->min) && (!type->has_max || (double)length <= type->max);
		const struct word *word = names_word(&program->world->names, texts[i]);
		if (is_of_length && (!type->pattern || pattern_matches(program->arena, &program->patterns, type->pattern, word)))
			return texts[i];
	}
	return "";
}

/* Appends a field with a placeholder value. */
static void put_field(struct ide_actions *actions, struct text *out, struct member *member, unsigned depth)
{
	bool is_quoted = !names_is_identifier(member->name->text, member->name->length);
	text_puts(out, is_quoted ? "\"" : "");
	ide_put_escaped(out, member->name->text);
	text_puts(out, is_quoted ? "\": " : ": ");
	put_placeholder(actions, out, type_of_member(member), member->name->text, depth);
}

static void put_shape(struct ide_actions *actions, struct text *out, const struct type *shape, unsigned depth)
{
	bool is_first = true;
	text_putc(out, '{');
	for (uint32_t i = 0; i < shape->count && depth < MAX_DEPTH; i++) {
		if (!ide_is_required(&shape->members[i]))
			continue;
		text_puts(out, is_first ? " " : ", ");
		put_field(actions, out, &shape->members[i], depth + 1);
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
		text_printf(out, "\"%s\"", placeholder_text(actions, type, name));
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

/* Whether an object or block has a field from a spread (`...value`). */
static bool has_spread_field(struct program *program, const struct node *block, const struct word *name)
{
	const struct value *value = block->kind == N_OBJECT ? program_value(program, block) : NULL;
	if (value && value->kind == VALUE_OBJECT && value_field(value, name))
		return true;
	for (const struct node *item = node_child(block, ROLE_ITEM); item; item = node_next(item)) {
		const struct value *spread = item->kind == N_SPREAD ? program_value(program, node_child(item, ROLE_VALUE)) : NULL;
		if (spread && spread->kind == VALUE_OBJECT && value_field(spread, name))
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

/* Whether a block or object has a field, written there or from a spread. */
static bool gives_field(struct program *program, const struct node *block, const struct word *name)
{
	return has_field(block, name) || has_spread_field(program, block, name);
}

/* Whether a member is required but missing: the block does not have it nor, for a step, does any block that is merged with it. */
static bool is_missing(struct program *program, const struct node *owner, const struct node *block, const struct member *member)
{
	if (!ide_is_required(member))
		return false;
	const struct step *step = owner->kind == N_STEP ? step_of(program, owner) : NULL;
	for (size_t i = 0; step && i < step->layers.count; i++)
		if (gives_field(program, step->layers.items[i].block, member->name))
			return false;
	return !block || !gives_field(program, block, member->name);
}

/* Appends a line for each missing member of a shape. Returns their number. */
static unsigned put_missing(struct ide_actions *actions, struct text *lines, const struct type *shape, const struct node *owner,
                            const struct node *block)
{
	unsigned count = 0;
	for (uint32_t i = 0; shape && shape->kind == TYPE_SHAPE && i < shape->count; i++) {
		struct member *member = &shape->members[i];
		if (!is_missing(actions->program, owner, block, member))
			continue;
		text_puts(lines, lines->length ? "\n" : "");
		put_field(actions, lines, member, 0);
		count++;
	}
	return count;
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
	const struct kind *kind = owner->kind == N_STEP ? bind_named_kind(actions->program, node_child(owner, ROLE_KIND)) : NULL;
	struct text lines = {0};
	unsigned count = put_missing(actions, &lines, kind ? kind->arguments : bind_expected(actions->program, block), owner, block);
	count += kind ? put_missing(actions, &lines, kind->keys, owner, block) : 0;
	if (count) {
		struct ide_action *action = ide_add_action(actions, IDE_FIX,
		                                           count == 1 ? "Add the missing field" : "Add the %u missing fields", count);
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

/* The step at the place, if the place is in the step's head or block but not in an item of the block. */
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
	const struct kind *kind = bind_named_kind(actions->program, node_child(step, ROLE_KIND));
	if (!kind || !ide_takes_lines(actions, step))
		return;
	if (kind->clauses & CLAUSE_CACHE && !has_clause(block, N_CACHE))
		ide_append_lines(actions, ide_add_action(actions, IDE_REWRITE, "Add a cache clause"), step, "cache for \"P30D\"");
	if (kind->clauses & CLAUSE_RETRY && kind->families && !has_clause(block, N_RETRY))
		ide_append_lines(actions, ide_add_action(actions, IDE_REWRITE, "Add a retry clause"), step,
		                 retry_clause(actions->arena, kind->families));
}

/* Fields of a block or object, and arguments of a call, that are not written yet; required ones first. */
#include "ide/complete/complete_parts.h"

#include "ide/ide.h"

/* Ranks of fields. MISSING: required and not written. DEMANDED: named by a `require` rule. The rank between DEMANDED and OTHER is
 * USUAL in complete_words.c. COMMON: a key that every step may have. */
enum { MISSING, DEMANDED, OTHER = 3, COMMON };

/* ARGUMENT_NAMES: the rank of argument names where a value without a name is usual, after the values that fit. OPTIONAL_ORDER puts
 * optional arguments last. */
enum { ARGUMENT_NAMES = 2, OPTIONAL_ORDER = 1000 };

static bool is_written(const struct node *block, const struct word *name, const struct node *except)
{
	for (const struct node *item = node_child(block, ROLE_ITEM); item; item = node_next(item))
		if (item != except && item->word == name && (item->kind == N_FIELD || item->kind == N_ARGUMENT))
			return true;
	return false;
}

static const struct word *first_name(const struct node *reference)
{
	while (reference && reference->kind != N_NAME)
		reference = node_child(reference, ROLE_LEFT);
	return reference ? reference->word : NULL;
}

/* Whether a `require` rule names a member, so that it is likely to be needed. */
static bool is_demanded(const struct type *shape, const struct word *name)
{
	for (const struct requirement *r = shape->requirements; r; r = r->next)
		for (const struct node *item = node_child(r->node, ROLE_ITEM); item; item = node_next(item))
			if (first_name(item) == name)
				return true;
	return false;
}

static void add_field(struct complete *complete, struct member *member, unsigned rank)
{
	const struct type *type = type_of_member(member);
	const char *key = complete_key_text(complete, member->name);
	complete_add(complete, (struct completion){
		.kind = COMPLETION_FIELD, .rank = (uint8_t)rank, .label = key,
		.detail = arena_printf(complete->arena, "%s%s", type_text(complete->arena, type), member->is_optional ? "?" : ""),
		.insert = complete_field_insert(complete, key, type), .is_snippet = !complete->place.is_before_colon,
		.declaration = member->declaration, .type = type,
	});
}

/* Adds the members of a shape except those of `other`. `is_whole`: the block is not merged with another one, so a required member
 * that it lacks is missing. */
static void add_members(struct complete *complete, const struct node *block, const struct type *shape, const struct type *other,
                        bool is_whole)
{
	for (uint32_t i = 0; shape && shape->kind == TYPE_SHAPE && i < shape->count; i++) {
		struct member *member = &shape->members[i];
		if (other && type_find_member(other, member->name))
			continue;
		bool is_missing = is_whole && ide_is_required(member);
		if (!is_written(block, member->name, complete->place.at))
			add_field(complete, member, is_missing ? MISSING : is_demanded(shape, member->name) ? DEMANDED : OTHER);
	}
}

/* Adds the step keys of a kind. Those that every step may have come last. */
static void add_keys(struct complete *complete, const struct node *block, const struct kind *kind, bool is_whole)
{
	const struct type *common = world_own_type(complete->program->world, "StepKeys");
	size_t before = complete->list->count;
	add_members(complete, block, kind->keys, kind->arguments, is_whole);
	for (size_t i = before; i < complete->list->count; i++)
		for (uint32_t j = 0; j < common->count; j++)
			if (complete->list->items[i].declaration == common->members[j].declaration)
				complete->list->items[i].rank = COMMON;
}

void complete_fields(struct complete *complete, const struct node *block)
{
	if (block->parent && block->parent->kind == N_CONDITION) {
		add_members(complete, block, world_own_type(complete->program->world, "StepKeys"), NULL, true);
		return;
	}
	if (block->parent && block->parent->kind == N_FOREACH) {
		const struct kind *foreach = kind_find(complete->program->world, names_word(&complete->program->world->names, "ForEach"));
		add_members(complete, block, foreach->arguments, NULL, true);
		add_members(complete, block, foreach->keys, NULL, true);
		return;
	}
	const struct kind *kind = block->kind == N_BLOCK && block->parent ? bind_kind(complete->program, block) : NULL;
	if (!kind) {
		add_members(complete, block, bind_expected(complete->program, block), NULL, true);
		return;
	}
	bool is_whole = block->parent->kind == N_STEP && !kind->base;
	add_members(complete, block, kind->arguments, NULL, is_whole);
	add_keys(complete, block, kind, is_whole);
}

/* Whether the call has an argument for this parameter, other than the argument at the place. */
static bool is_given(struct complete *complete, const struct node *call, const struct node *parameter)
{
	const struct node *at = complete->place.at;
	for (const struct node *item = node_child(call, ROLE_ITEM); item; item = node_next(item))
		if (item != at && item != at->parent && bind_parameter(complete->program, item) == parameter)
			return true;
	return false;
}

/* The source of a node, or "..." if it is long. */
static const char *source_text(struct complete *complete, const struct node *node)
{
	enum { LONGEST = 60 };
	const struct source_file *file = program_file(complete->program, node);
	uint32_t length = node->end - node->start;
	return length > LONGEST ? "..." : arena_printf(complete->arena, "%.*s", (int)length, file->text + node->start);
}

/* Whether the argument at the place is for a required parameter of a function: such arguments are usually written without a name. */
static bool is_value_usual(struct complete *complete, const struct node *callee)
{
	const struct node *at = complete->place.at, *argument = at->kind == N_ARGUMENT ? at : at->parent;
	const struct node *parameter = argument->word ? NULL : bind_parameter(complete->program, argument);
	return callee && callee->kind == N_FUNCTION && parameter && !node_child(parameter, ROLE_VALUE);
}

void complete_arguments(struct complete *complete, const struct node *call)
{
	const struct node *callee = bind_callee(complete->program, call);
	unsigned rank = is_value_usual(complete, callee) ? ARGUMENT_NAMES : 0;
	uint32_t order = 0;
	for (const struct node *p = node_child(callee, ROLE_PARAMETER); p; p = node_next(p)) {
		if (!p->word || is_given(complete, call, p))
			continue;
		const struct node *type = node_child(p, ROLE_TYPE), *initial = node_child(p, ROLE_VALUE);
		bool is_library = bind_module(complete->program, p) == &complete->program->library;
		const struct type *known = type && is_library ? type_from_node(&complete->program->world->scope, type) : NULL;
		const char *detail = type ? source_text(complete, type) : "";
		if (initial)
			detail = arena_printf(complete->arena, "%s = %s", detail, source_text(complete, initial));
		order++;
		complete_add(complete, (struct completion){
			.kind = COMPLETION_FIELD, .rank = (uint8_t)rank, .order = initial ? order + OPTIONAL_ORDER : order,
			.label = p->word->text, .detail = detail,
			.insert = complete_field_insert(complete, p->word->text, known && !known->is_unknown ? known : NULL),
			.is_snippet = !complete->place.is_before_colon, .declaration = p,
		});
	}
}

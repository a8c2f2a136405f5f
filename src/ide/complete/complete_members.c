/* Members after a dot, and keys in brackets: of steps, properties, outputs, JSON files, objects and instances. */
#include "eval/derive.h"
#include "eval/foreach.h"
#include "eval/pipeline.h"
#include "ide/bind.h"
#include "ide/complete/complete_parts.h"

/* Ranks: members that the program declares, properties that fit, structures in which a fitting value may be, and the rest. */
enum { DECLARED, PROPERTIES, DEEPER, MISFITS };

static unsigned rank_of(struct complete *complete, const struct type *type)
{
	const struct node *at = complete->place.at;
	const struct type *wanted = at && at->kind == N_MEMBER ? bind_expected(complete->program, at) : NULL;
	if (!wanted || wanted->kind == TYPE_ANY || !type || type->kind == TYPE_ANY || complete_fits(wanted, type))
		return PROPERTIES;
	return type_is_scalar(type) ? MISFITS : DEEPER;
}

/* Adds a member. After a dot, its name must be an identifier; otherwise the member is left out. */
static void add_member(struct complete *complete, const char *name, unsigned rank, const struct type *type,
                       const struct node *declaration)
{
	bool is_known = type && type->kind != TYPE_ANY;
	if (!complete->place.is_in_string && !names_is_identifier(name, strlen(name)))
		return;
	complete_add(complete, (struct completion){
		.kind = COMPLETION_MEMBER, .rank = (uint8_t)rank, .label = name, .insert = name, .declaration = declaration,
		.detail = is_known ? type_text(complete->arena, type) : NULL, .type = is_known ? type : NULL,
	});
}

static void add_shape(struct complete *complete, const struct type *shape)
{
	for (uint32_t i = 0; shape && shape->kind == TYPE_SHAPE && i < shape->count; i++)
		add_member(complete, shape->members[i].name->text, rank_of(complete, type_of_member(&shape->members[i])),
		           type_of_member(&shape->members[i]), shape->members[i].declaration);
}

/* Adds the names that clauses of this node kind declare in a step's blocks. */
static void add_clauses(struct complete *complete, const struct step *step, enum node_kind kind)
{
	for (size_t i = 0; i < step->layers.count; i++)
		for (const struct node *item = node_child(step->layers.items[i].block, ROLE_ITEM); item; item = node_next(item))
			if (item->kind == kind && item->word)
				add_member(complete, item->word->text, DECLARED, NULL, item);
}

static void add_step(struct complete *complete, struct step *step)
{
	const struct kind *kind = derive_kind(complete->program, step);
	if (!kind || kind->is_terminal)
		return;
	add_clauses(complete, step, N_PROPERTY_FILE);
	if (kind->clauses & CLAUSE_OUTPUT)
		add_member(complete, complete->program->world->word.output_parameters->text, DECLARED, NULL, NULL);
	if (step->node->kind == N_FOREACH) {
		add_member(complete, "IterationOutputs", DECLARED, NULL, NULL);
		add_member(complete, "Selected", DECLARED, NULL, NULL);
	}
	add_shape(complete, kind->properties);
}

/* Adds the members of a property: of what a step in the body of a `foreach` made, of an iteration, or those of its type. */
static void add_property(struct complete *complete, const struct value *get)
{
	const struct step *foreach = foreach_of_iteration(get);
	if (get->access == ACCESS_BODY_STEP || get->access == ACCESS_SELECTED)
		add_step(complete, get->step);
	for (size_t i = 0; foreach && i < foreach->if_scope->units.count; i++) {
		const struct node *node = foreach->if_scope->units.items[i]->node;
		if (node->kind == N_STEP && node->word)
			add_member(complete, node->word->text, DECLARED, NULL, node);
	}
	add_shape(complete, get->type);
}

static void add_object(struct complete *complete, const struct value *object)
{
	for (uint32_t i = 0; i < object->count; i++)
		add_member(complete, object->fields[i].name->text, DECLARED, value_type(object->fields[i].value), object->fields[i].at);
	for (uint32_t i = 0; object->type && object->type->kind == TYPE_SHAPE && i < object->type->count; i++) {
		struct member *member = &object->type->members[i];
		if (!value_field(object, member->name))
			add_member(complete, member->name->text, PROPERTIES, type_of_member(member), member->declaration);
	}
}

static void add_exports(struct complete *complete, const struct instance *instance)
{
	const struct node *block = node_child(instance->component, ROLE_BLOCK);
	for (const struct node *item = node_child(block, ROLE_ITEM); item; item = node_next(item))
		if (item->kind == N_EXPORT && item->word)
			add_member(complete, item->word->text, DECLARED, NULL, item);
}

static void add_space(struct complete *complete, const struct value *space)
{
	const char *name;
	add_shape(complete, space->type);
	if (space->space == SPACE_STEP)
		add_member(complete, complete->program->world->word.name->text, DECLARED, type_primitive(TYPE_STRING), NULL);
	for (size_t i = 0; space->space == SPACE_PIPELINE && (name = pipeline_constant_name(i)); i++)
		add_member(complete, name, DECLARED, type_primitive(TYPE_STRING), NULL);
}

static void add_members_of(struct complete *complete, const struct value *value)
{
	switch (value->kind) {
	case VALUE_STEP:
		add_step(complete, value->step);
		break;
	case VALUE_GET:
		add_property(complete, value);
		break;
	case VALUE_FILE:
	case VALUE_JSON:
		add_shape(complete, value->type);
		break;
	case VALUE_OUTPUTS:
		add_clauses(complete, value->step, N_OUTPUT);
		break;
	case VALUE_OBJECT:
		add_object(complete, value);
		break;
	case VALUE_INSTANCE:
		add_exports(complete, value->instance);
		break;
	case VALUE_SPACE:
		add_space(complete, value);
		break;
	default:
		break;
	}
}

/* Adds choices for a text that is typed without quotes and so looks like a member, such as `ml.m5.`. */
static void add_unquoted(struct complete *complete, const struct node *member)
{
	const struct node *first = member;
	while (first->kind == N_MEMBER && node_child(first, ROLE_LEFT))
		first = node_child(first, ROLE_LEFT);
	if (first->kind != N_NAME || bind_declaration(complete->program, first))
		return;
	complete->list->span.start = first->start + complete->place.chunk;
	complete_choices(complete, member, bind_expected(complete->program, member));
}

void complete_members(struct complete *complete, const struct node *member)
{
	const struct value *value = complete_place_value(&complete->place, node_child(member, ROLE_LEFT));
	if (value)
		add_members_of(complete, value);
	else
		add_unquoted(complete, member);
}

/* The value in a step's arguments at the path of a property, or NULL. AWS's requests and the replies that describe the same resource
 * use the same names. */
static const struct value *given_at(const struct value *get)
{
	if (!get || get->kind == VALUE_STEP)
		return get ? get->step->arguments : NULL;
	const struct value *outer = get->kind == VALUE_GET && get->access == ACCESS_MEMBER ? given_at(get->parent) : NULL;
	const struct field *field = outer && outer->kind == VALUE_OBJECT ? value_field(outer, get->word) : NULL;
	return field ? field->value : NULL;
}

/* Adds the names of the elements of a list property, found in the step's arguments: for `Train.InputDataConfig`, the channels. */
static void add_named_elements(struct complete *complete, const struct value *list)
{
	const struct word *by = list->kind == VALUE_GET && list->type && list->type->kind == TYPE_LIST ? list->type->by : NULL;
	const struct value *given = by ? given_at(list) : NULL;
	for (uint32_t i = 0; given && given->kind == VALUE_LIST && i < given->count; i++) {
		const struct field *name = given->items[i]->kind == VALUE_OBJECT ? value_field(given->items[i], by) : NULL;
		if (name && name->value->kind == VALUE_STRING)
			add_member(complete, name->value->word->text, DECLARED, NULL, name->at);
	}
}

void complete_keys(struct complete *complete, const struct value *value)
{
	add_named_elements(complete, value);
	add_members_of(complete, value);
}

static void add_exception(struct complete *complete, const struct exception_family *family, const struct word *name, bool is_after_dot)
{
	const char *whole = arena_printf(complete->arena, "%s.%s", family->name->text, name->text);
	const char *label = is_after_dot ? name->text : whole;
	complete_add(complete, (struct completion){.kind = COMPLETION_CONSTANT, .label = label, .insert = label});
}

static const struct exception_family *families_of(struct complete *complete, const struct node *retry)
{
	const struct kind *kind = retry->parent && retry->parent->kind == N_BLOCK ? bind_kind(complete->program, retry->parent) : NULL;
	return kind ? kind->families : NULL;
}

void complete_families(struct complete *complete, const struct node *retry)
{
	for (const struct exception_family *f = families_of(complete, retry); f; f = f->next)
		complete_add(complete, (struct completion){.kind = COMPLETION_CONSTANT, .label = f->name->text, .insert = f->name->text});
}

void complete_exceptions(struct complete *complete, const struct node *retry, const struct word *family)
{
	for (const struct exception_family *f = families_of(complete, retry); f; f = f->next)
		for (uint32_t i = 0; (!family || f->name == family) && i < f->exceptions->count; i++)
			add_exception(complete, f, f->exceptions->values[i], family != NULL);
}

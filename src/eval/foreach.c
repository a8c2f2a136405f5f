#include "eval/foreach.h"

#include "base/suggest.h"
#include "eval/check/check.h"
#include "eval/derive.h"
#include "eval/expand.h"

bool foreach_has_member(const struct word *name)
{
	return names_is(name, "IterationOutputs") || names_is(name, "Selected");
}

struct step *foreach_of_iteration(const struct value *get)
{
	const struct value *list = get->access == ACCESS_POSITION ? get->parent : NULL;
	const struct value *of = list && list->kind == VALUE_GET && list->access == ACCESS_MEMBER ? list->parent : NULL;
	bool is_iteration = of && of->kind == VALUE_STEP && of->step->node->kind == N_FOREACH && names_is(list->word, "IterationOutputs");
	return is_iteration ? of->step : NULL;
}

static struct value *new_get(struct eval *eval, const struct node *node, const struct value *parent, enum access access,
                             const struct type *type)
{
	struct value *get = eval_new(eval, VALUE_GET, node);
	get->parent = parent;
	get->access = (uint8_t)access;
	get->type = type;
	return get;
}

/* What a step of the body made, as a GET below `parent`. */
static const struct value *made_by(struct eval *eval, const struct node *node, const struct value *parent, enum access access,
                                   struct step *step)
{
	static const struct type no_properties = {.kind = TYPE_SHAPE};
	const struct kind *kind = derive_kind(eval->program, step);
	struct value *get = new_get(eval, node, parent, access, kind && kind->properties ? kind->properties : &no_properties);
	get->step = step;
	return kind ? get : &value_error;
}

static struct diag *report_at_name(struct eval *eval, enum diag_code code, const struct node *node, const char *message)
{
	struct diag *diag = eval_report(eval, code, node, "%s", message);
	diag->span = node->kind == N_MEMBER && node->name_end ? node_name_span(node) : diag->span;
	return diag;
}

const struct value *foreach_member(struct eval *eval, const struct node *node, const struct value *of, const struct word *name)
{
	struct type *outputs = arena_new(eval->program->arena, struct type);
	struct arena *arena = eval->program->arena;
	if (!names_is(name, "Selected")) {
		*outputs = (struct type){.kind = TYPE_LIST, .element = type_primitive(TYPE_ANY)};
		struct value *get = new_get(eval, node, of, ACCESS_MEMBER, outputs);
		get->word = name;
		return get;
	}
	const struct value *picked = foreach_picked(eval->program, of->step);
	if (picked && picked->kind == VALUE_GET)
		return made_by(eval, node, of, ACCESS_SELECTED, value_root(picked)->step);
	if (picked)
		return &value_error;
	const char *message = arena_printf(arena, "`%s` selects nothing: it has no `pick`", of->step->name->text);
	diag_help(report_at_name(eval, SP2084, node, message), "write `pick max STEP.PROPERTY` in its block");
	return &value_error;
}

/* --- the steps of an iteration --- */

static const struct unit *find_unit(const struct scope *body, const struct word *name)
{
	for (size_t i = 0; i < body->units.count; i++)
		if (body->units.items[i]->node->word == name)
			return body->units.items[i];
	return NULL;
}

static const struct value *report_no_body_step(struct eval *eval, const struct node *node, const struct step *step,
                                               const struct word *name)
{
	struct suggest suggest;
	suggest_init(&suggest, name->text);
	for (size_t i = 0; i < step->if_scope->units.count; i++)
		if (step->if_scope->units.items[i]->node->word)
			suggest_offer(&suggest, step->if_scope->units.items[i]->node->word->text);
	const char *near = suggest_result(&suggest);
	const char *message = arena_printf(eval->program->arena, "the body of `%s` has no step `%s`", step->name->text, name->text);
	struct diag *diag = report_at_name(eval, SP2020, node, message);
	if (near)
		diag_help(diag, "a step with a similar name exists: `%s`", near);
	else
		diag_help(diag, "`%s.IterationOutputs[0].STEP.PROPERTY` reads what a step of the body made for the first item",
		          step->name->text);
	if (near)
		program_offer_fix(eval->program, diag, node, near);
	return &value_error;
}

/* The same for each member of a family of steps. */
static const struct value *family_of(struct eval *eval, const struct node *node, const struct value *iteration,
                                     const struct value *family)
{
	struct value *object = eval_new(eval, VALUE_OBJECT, node);
	struct field *fields = arena_array(eval->program->arena, struct field, family->count + 1);
	*object = *family;
	object->fields = fields;
	for (uint32_t i = 0; i < family->count; i++) {
		fields[i] = family->fields[i];
		if (fields[i].value->kind == VALUE_STEP)
			fields[i].value = made_by(eval, node, iteration, ACCESS_BODY_STEP, fields[i].value->step);
	}
	return object;
}

const struct value *foreach_body_step(struct eval *eval, const struct node *node, const struct value *iteration,
                                      const struct word *name)
{
	struct step *step = foreach_of_iteration(iteration);
	const struct unit *unit = find_unit(step->if_scope, name);
	if (!unit || unit->node->kind != N_STEP)
		return report_no_body_step(eval, node, step, name);
	const struct symbol symbol = {.name = name, .node = unit->node, .unit = (struct unit *)unit, .module = step->if_scope->module};
	const struct value *value = expand_symbol(eval->program, &symbol);
	if (value->kind == VALUE_OBJECT)
		return family_of(eval, node, iteration, value);
	return value->kind == VALUE_STEP ? made_by(eval, node, iteration, ACCESS_BODY_STEP, value->step) : &value_error;
}

/* --- items --- */

static const struct value *report_items(struct eval *eval, const struct node *at, const struct value *items, const char *help)
{
	struct diag *diag = eval_report(eval, SP2080, at, "`foreach` iterates over a list or over text that holds a JSON list, not over %s",
	                                items->kind == VALUE_STRING ? "constant text" : value_noun(eval->program->arena, items));
	diag_help(diag, "%s", help);
	return &value_error;
}

static bool is_good_item(struct eval *eval, const struct node *at, const struct value *item)
{
	if (value_is_scalar(item) || item->kind == VALUE_ERROR)
		return true;
	const struct node *place = item->at && node_is_within(item->at, at) ? item->at : at;
	struct diag *diag = eval_report(eval, SP2080, place, "an item of a `foreach` must be a scalar, not %s",
	                                value_noun(eval->program->arena, item));
	if (item->kind == VALUE_OBJECT || item->kind == VALUE_LIST)
		diag_help(diag, "write it as JSON text, `tojson(...)`: the variable has the members of the object");
	return false;
}

const struct value *foreach_items(struct program *program, struct step *step)
{
	const struct node *at = node_child(step->node, ROLE_IN);
	struct eval eval = {.program = program, .step = step, .origin = step->scope->origin};
	const struct value *items = eval_expression(&eval, at, step->scope->env);
	const struct type *type = value_type(items);
	if (items->kind == VALUE_ERROR)
		return items;
	if (items->kind == VALUE_LIST) {
		bool is_good = true;
		for (uint32_t i = 0; i < items->count; i++)
			is_good &= is_good_item(&eval, at, items->items[i]);
		return is_good ? check_value(program, items, world_own_type(program->world, "ForEachItems"), at) : &value_error;
	}
	if (items->kind == VALUE_OBJECT)
		return report_items(&eval, at, items, "for an object, make a family: `foreach NAME[key, value in ...] for ...`");
	if (value_is_constant_scalar(items) || items->kind == VALUE_NULL)
		return report_items(&eval, at, items, "write a list: `[\"a\", \"b\"]`");
	if (!value_is_deferred(items) || items->kind == VALUE_CONDITION)
		return report_items(&eval, at, items, "write a list, or a parameter or property whose value is a JSON list as text");
	if (type->kind == TYPE_INTEGER || type->kind == TYPE_FLOAT || type->kind == TYPE_BOOLEAN || type->kind == TYPE_SHAPE)
		return report_items(&eval, at, items, "the value must be text that holds a JSON list, such as `[\"a\", \"b\"]`");
	return items;
}

/* --- pick --- */

const struct node *foreach_pick_clause(const struct step *step)
{
	const struct node *item = node_child(node_child(step->node, ROLE_BLOCK), ROLE_ITEM);
	while (item && item->kind != N_PICK)
		item = node_next(item);
	return item;
}

static const struct value *check_picked(struct eval *eval, const struct node *at, const struct step *step, const struct value *value)
{
	const struct value *root = value->kind == VALUE_GET ? value_root(value) : value;
	if (value->kind == VALUE_ERROR)
		return value;
	if (value->kind == VALUE_GET && root->kind == VALUE_STEP && root->step->parent == step)
		return value;
	struct diag *diag = eval_report(eval, SP2084, at, "`pick` compares a property of a step in the body, not %s",
	                                value_noun(eval->program->arena, value));
	diag_help(diag, "write `pick max STEP.PROPERTY`, where STEP is in the body of `%s`", step->name->text);
	return &value_error;
}

const struct value *foreach_picked(struct program *program, struct step *step)
{
	const struct node *clause = foreach_pick_clause(step);
	if (step->picked || !clause)
		return step->picked;
	const struct node *at = node_child(clause, ROLE_ITEM);
	struct eval eval = {.program = program, .step = step, .origin = step->scope->origin};
	step->picked = &value_error; /* while it is evaluated */
	step->picked = check_picked(&eval, at ? at : clause, step, eval_expression(&eval, at, step->if_scope->env));
	return step->picked;
}

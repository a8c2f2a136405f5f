/* Layers: merges the fields that kinds, `defaults`, arguments and the step's own block give to a step. From weakest to strongest: the
 * bodies of kinds, `defaults`, what a body computes from arguments that the step gives, and the block. */
#include "compile/lower.h"
#include "eval/eval.h"

static const struct value *over(struct eval *eval, const struct value *weak, const struct value *strong)
{
	if (!weak || !strong)
		return strong ? strong : weak;
	return eval_merge(eval, weak, strong);
}

/* The fields of the layers from `*next` on that are, or are not, the bodies of kinds. NULL when there are none. */
static const struct value *merge_while(struct program *program, struct step *step, size_t *next, size_t end, bool is_kind)
{
	struct eval eval = {.program = program, .step = step, .origin = step->scope->origin};
	const struct value *fields = NULL;
	for (; *next < end && step->layers.items[*next].origin.is_kind == is_kind; ++*next) {
		const struct layer *layer = &step->layers.items[*next];
		struct eval own = {.program = program, .step = step, .origin = layer->origin};
		fields = over(&eval, fields, eval_fields(&own, layer->block, layer->env));
	}
	return fields;
}

const struct value *lower_layers(struct program *program, struct step *step, const struct value **given)
{
	struct eval eval = {.program = program, .step = step, .origin = step->scope->origin};
	size_t next = 0, count = step->layers.count;
	bool has_block = count && step->layers.items[count - 1].block == node_child(step->node, ROLE_BLOCK);
	const struct value *fields = merge_while(program, step, &next, count, true);
	*given = fields ? eval_only_arguments(&eval, fields) : NULL;
	const struct value *defaults = merge_while(program, step, &next, count - has_block, false);
	if (defaults && *given)
		fields = over(&eval, over(&eval, eval_empty_arguments(&eval, fields), defaults), *given);
	else
		fields = over(&eval, fields, defaults);
	fields = over(&eval, fields, merge_while(program, step, &next, count, false));
	return fields ? fields : eval_new(&eval, VALUE_OBJECT, step->node);
}

/* --- arguments without effect --- */

/* A value that a step's arguments gave, and the field of the step that has another value instead; NULL if it has this one. */
struct outcome {
	const struct node *at;
	const struct field *instead;
};

struct outcomes {
	struct arena *arena;
	VEC(struct outcome) list;
};

static bool has_item_at(const struct value *list, const struct node *at)
{
	for (uint32_t i = 0; i < list->count; i++)
		if (list->items[i]->at == at)
			return true;
	return false;
}

/* Whether a value of a step is the one that an argument gave, or a list with elements from there. */
static bool is_from(const struct value *value, const struct value *given)
{
	if (value->kind == VALUE_ERROR || value->at == given->at)
		return true;
	if (value->kind != VALUE_LIST || given->kind != VALUE_LIST)
		return false;
	for (uint32_t i = 0; i < given->count; i++)
		if (has_item_at(value, given->items[i]->at))
			return true;
	return false;
}

static void compare(struct outcomes *outcomes, const struct value *given, const struct value *fields)
{
	for (uint32_t i = 0; i < given->count; i++) {
		const struct value *value = given->fields[i].value;
		const struct field *field = value_field(fields, given->fields[i].name);
		if (!field)
			continue;
		if (value->kind == VALUE_OBJECT && field->value->kind == VALUE_OBJECT)
			compare(outcomes, value, field->value);
		else
			vec_push(outcomes->arena, &outcomes->list,
			         ((struct outcome){value->at, is_from(field->value, value) ? NULL : field}));
	}
}

/* Finds whether a value, or a part of it, reached the step. `*instead` is a field that has another value; it stays as it is if
 * the value reached no field. */
static bool has_effect(const struct outcomes *outcomes, const struct value *value, const struct field **instead)
{
	for (size_t i = 0; i < outcomes->list.count; i++) {
		if (outcomes->list.items[i].at != value->at)
			continue;
		if (!outcomes->list.items[i].instead)
			return true;
		*instead = outcomes->list.items[i].instead;
	}
	for (uint32_t i = 0; value->kind == VALUE_OBJECT && i < value->count; i++)
		if (has_effect(outcomes, value->fields[i].value, instead))
			return true;
	return false;
}

/* Reports an argument of which only fields remain that have other values. */
static void report_overridden(struct program *program, const struct outcomes *outcomes, const struct symbol *argument)
{
	struct eval eval = {.program = program, .origin = argument->origin};
	const struct field *instead = NULL;
	if (!argument->value || has_effect(outcomes, argument->value, &instead) || !instead)
		return;
	struct diag *diag = eval_report(&eval, SP3041, argument->expression, "the block of the step overrides this argument");
	if (instead->at && instead->at->kind == N_FIELD)
		diag_related(diag, program_file(program, instead->at), node_name_span(instead->at), "`%s` is written here",
		             instead->name->text);
}

void lower_check_arguments(struct program *program, const struct step *step, const struct value *given)
{
	struct outcomes outcomes = {.arena = program->arena};
	if (!given)
		return;
	if (step->arguments && step->arguments->kind == VALUE_OBJECT)
		compare(&outcomes, given, step->arguments);
	if (step->keys->kind == VALUE_OBJECT)
		compare(&outcomes, given, step->keys);
	for (size_t i = 0; i < step->layers.count; i++)
		if (step->layers.items[i].origin.is_kind)
			for (const struct env *env = step->layers.items[i].env; env; env = env->outer)
				if (env->symbol && env->symbol->is_given)
					report_overridden(program, &outcomes, env->symbol);
}

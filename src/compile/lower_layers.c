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

/* What became of a value that a step's arguments gave. */
struct outcome {
	const struct node *at;
	bool is_lost;                /* no field of the step has the value */
	const struct field *instead; /* if lost: the field that has another value, or NULL */
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

static void compare(struct outcomes *outcomes, const struct value *given, const struct field *field)
{
	if (given->kind == VALUE_OBJECT && (!field || field->value->kind == VALUE_OBJECT)) {
		for (uint32_t i = 0; i < given->count; i++)
			compare(outcomes, given->fields[i].value, field ? value_field(field->value, given->fields[i].name) : NULL);
	} else if (given->kind != VALUE_NULL) {
		bool is_lost = !field || !is_from(field->value, given);
		vec_push(outcomes->arena, &outcomes->list, ((struct outcome){given->at, is_lost, is_lost ? field : NULL}));
	}
}

/* The first outcome of a value, or of a part of it; NULL when it is in no field that the arguments gave. `*has_effect` becomes true
 * when one of the outcomes is not lost. */
static const struct outcome *find_outcome(const struct outcomes *outcomes, const struct value *value, bool *has_effect)
{
	const struct outcome *lost = NULL;
	for (size_t i = 0; i < outcomes->list.count; i++) {
		const struct outcome *outcome = &outcomes->list.items[i];
		if (outcome->at != value->at)
			continue;
		*has_effect |= !outcome->is_lost;
		lost = lost ? lost : outcome;
	}
	for (uint32_t i = 0; value->kind == VALUE_OBJECT && i < value->count; i++) {
		const struct outcome *more = find_outcome(outcomes, value->fields[i].value, has_effect);
		lost = lost ? lost : more;
	}
	return lost;
}

/* Reports an argument of which no value reached a field of the step, because the block excludes or overrides it. */
static void report_lost(struct program *program, const struct outcomes *outcomes, const struct symbol *argument)
{
	struct eval eval = {.program = program, .origin = argument->origin};
	bool has_effect = false;
	const struct outcome *lost = argument->value ? find_outcome(outcomes, argument->value, &has_effect) : NULL;
	if (!lost || has_effect)
		return;
	struct diag *diag = eval_report(&eval, SP3041, argument->expression,
	                                lost->instead ? "the block of the step overrides this argument"
	                                              : "this argument has no effect beside what the step's block or `defaults` set");
	if (lost->instead && lost->instead->at && lost->instead->at->kind == N_FIELD)
		diag_related(diag, program_file(program, lost->instead->at), node_name_span(lost->instead->at), "`%s` is written here",
		             lost->instead->name->text);
}

static const struct field *field_of(const struct value *object, const struct word *name)
{
	return object && object->kind == VALUE_OBJECT ? value_field(object, name) : NULL;
}

void lower_check_arguments(struct program *program, const struct step *step, const struct value *given)
{
	struct outcomes outcomes = {.arena = program->arena};
	bool is_unknown = step->keys->kind == VALUE_ERROR || (step->arguments && step->arguments->kind == VALUE_ERROR);
	for (uint32_t i = 0; given && !is_unknown && i < given->count; i++) {
		const struct field *field = field_of(step->arguments, given->fields[i].name);
		compare(&outcomes, given->fields[i].value, field ? field : field_of(step->keys, given->fields[i].name));
	}
	for (const struct env *env = outcomes.list.count ? step->parameters : NULL; env; env = env->outer)
		if (env->symbol && env->symbol->is_given)
			report_lost(program, &outcomes, env->symbol);
}

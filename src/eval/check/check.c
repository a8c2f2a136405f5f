#include "eval/check/check.h"

#include "eval/check/check_parts.h"
#include "eval/eval.h"
#include "eval/symbols.h"

/* A Join of one element, which makes SageMaker convert a scalar to text. */
static const struct value *cast_to_text(const struct slot *slot, const struct value *value)
{
	struct value *join = check_copy(slot, value);
	*join = (struct value){.kind = VALUE_JOIN, .is_interpolated = true, .at = value->at, .frame = value->frame, .count = 1};
	join->word = names_intern(&slot->program->world->names, "", 0);
	join->items = arena_array(slot->program->arena, const struct value *, 1);
	join->items[0] = value;
	return join;
}

static const char *root_name(const struct value *value)
{
	const struct value *root = value_root(value);
	return root->kind == VALUE_GET ? root->word->text : NULL;
}

/* The text of a Join whose parts are all constant; NULL for any other Join. */
static const struct value *fold_join(const struct slot *slot, const struct value *join)
{
	struct text text = {0};
	for (uint32_t i = 0; i < join->count; i++) {
		if (!value_is_constant_scalar(join->items[i])) {
			text_free(&text);
			return NULL;
		}
		if (i)
			text_puts(&text, join->word->text);
		value_print_scalar(&text, join->items[i]);
	}
	struct value *folded = check_copy(slot, join);
	folded->kind = VALUE_STRING;
	folded->items = NULL;
	folded->word = names_intern(&slot->program->world->names, text_string(&text), text.length);
	text_free(&text);
	return folded;
}

/* Whether a deferred scalar of type `has` may stand in a place of type `wants`. SageMaker refuses other assignments when the
 * pipeline is created. */
static bool is_assignable(const struct type *has, const struct type *wants)
{
	if (has->kind == TYPE_ANY || has->kind == TYPE_SCALAR || wants->kind == TYPE_SCALAR)
		return true;
	if (type_is_text(wants))
		return type_is_text(has);
	if (wants->kind == TYPE_FLOAT)
		return has->kind == TYPE_FLOAT || has->kind == TYPE_INTEGER;
	return has->kind == wants->kind;
}

/* Checks values that a parameter may have at run time, its default and those after `in`, against the type of a place that refers
 * to it. */
static void check_parameter_values(const struct slot *slot, const struct value *value, const struct type *type)
{
	if (value->kind != VALUE_GET || value->access != ACCESS_PARAMETER)
		return;
	const struct symbol *symbol = slot->program->symbols.items[value->symbol_index];
	struct slot reference = *slot;
	reference.target = value->at;
	/* pipelines use "" for an optional parameter that is not given: what it means is known only at run time */
	bool is_empty = symbol->initial && symbol->initial->kind == VALUE_STRING && !symbol->initial->word->length;
	bool is_good = !symbol->initial || is_empty || check_slot(&reference, symbol->initial, type)->kind != VALUE_ERROR;
	uint32_t count = symbol->allowed ? symbol->allowed->count : 0;
	struct eval eval = {.program = slot->program};
	if (!eval_spend(&eval, value->at, count / EVAL_LOOKS_OF_WORK))
		return;
	for (uint32_t i = 0; i < count && is_good; i++) /* one report is enough */
		is_good = check_slot(&reference, symbol->allowed->items[i], type)->kind != VALUE_ERROR;
}

/* Whether the constant beginning of a Join, if it has one, can begin a text that matches the pattern; false after a report. */
static bool may_start(const struct slot *slot, const struct value *join, const struct type *type)
{
	if (!type->pattern || !join->count || !value_is_constant_scalar(join->items[0]))
		return true;
	struct text start = {0};
	value_print_scalar(&start, join->items[0]);
	if (join->count > 1)
		text_puts(&start, join->word->text);
	bool is_right = pattern_accepts_prefix(slot->program->arena, &slot->program->patterns, type->pattern, start.bytes, start.length);
	if (!is_right) {
		struct diag *diag = check_report(slot, SP3026, join, "no valid %s starts with \"%s\"",
		                                 type->name ? type->name->text : "text", start.bytes);
		diag_help(diag, "it must match %s", type->pattern->text);
	}
	text_free(&start);
	return is_right;
}

/* A deferred value in a quoted field: it is not converted to text. */
static const struct value *check_quoted(const struct slot *slot, const struct value *value, const struct type *type)
{
	if (type_is_scalar(type) && !type->is_literal && !slot->is_constant)
		return check_any(slot, value);
	return check_pass(slot, value, "the library knows %s%s here, not a deferred value",
	                  type->is_literal || slot->is_constant ? "only a constant, " : "", type_noun(type));
}

static const struct value *check_deferred(const struct slot *slot, const struct value *value, const struct type *type)
{
	struct arena *arena = slot->program->arena;
	const struct type *has = value_type(value);
	if (value->kind == VALUE_CONDITION)
		return check_mismatch(slot, value, type);
	if (slot->is_quoted)
		return check_quoted(slot, value, type);
	if ((value->kind == VALUE_GET || value->kind == VALUE_JSON) && !type_is_scalar(has))
		return check_refuse_structure(slot, value);
	if (!type_is_scalar(type)) {
		struct diag *diag = check_report(slot, SP3002, value, "expected a %s, found %s", type_noun(type) + 2,
		                                 value_noun(arena, value));
		diag_help(diag, "a run-time value can only be a scalar: write out the %s", type_noun(type) + 2);
		return &value_error;
	}
	if (type->is_literal || slot->is_constant) {
		const struct value *folded = value->kind == VALUE_JOIN ? fold_join(slot, value) : NULL;
		return folded ? check_value(slot->program, folded, type, slot->target) : check_refuse_deferred(slot, value);
	}
	/* SageMaker does not know the shape that the program declares for a JSON file */
	bool is_unknown = value->kind == VALUE_JSON || has->kind == TYPE_SCALAR || has->kind == TYPE_ANY;
	bool is_text_already = type_is_text(has) && value->kind != VALUE_JSON;
	if (type_is_text(type) && !is_text_already && (slot->is_text_element || (is_unknown && is_assignable(has, type))))
		return cast_to_text(slot, value);
	if (is_assignable(has, type)) {
		if (value->kind == VALUE_JOIN && !may_start(slot, value, type))
			return &value_error;
		check_parameter_values(slot, value, type);
		return value;
	}
	struct diag *diag = check_report(slot, SP3001, value, "expected %s, found %s, which is %s", type_noun(type),
	                                 value_noun(arena, value), type_noun(has));
	if (type_is_text(type) && root_name(value))
		diag_help(diag, "convert it to text: \"${%s}\"", root_name(value));
	else if (type_is_text(type))
		diag_help(diag, "convert it to text by interpolation: \"${...}\"");
	return &value_error;
}

/* Reports elements with the same name, where elements are addressed by name. */
static void check_element_names(const struct slot *slot, const struct value *list, const struct word *by)
{
	struct map seen = {0};
	for (uint32_t i = 0; i < list->count && list->count > 1; i++) {
		const struct field *name = value_field(list->items[i], by);
		if (!name || name->value->kind != VALUE_STRING)
			continue;
		const struct field *earlier = map_get(&seen, name->value->word);
		if (!earlier) {
			map_put(slot->program->arena, &seen, name->value->word, (void *)name);
			continue;
		}
		struct diag *diag = check_report(slot, SP3034, name->value, "two elements have the `%s` \"%s\"", by->text,
		                                 name->value->word->text);
		const struct node *first = earlier->value->at;
		if (first)
			diag_related(diag, program_file(slot->program, first), node_span(first), "the first is here");
	}
}

static const struct value *check_list(const struct slot *slot, const struct value *value, const struct type *type)
{
	if (value->kind != VALUE_LIST)
		return check_mismatch(slot, value, type);
	struct eval eval = {.program = slot->program, .step = slot->step};
	if (value->under && type->by)
		value = eval_merge_named(&eval, value, type->by);
	struct value *list = check_copy(slot, value);
	struct slot element = *slot;
	element.is_text_element = type->element->kind == TYPE_STRING;
	element.is_constant |= type->is_literal;
	list->items = arena_array(slot->program->arena, const struct value *, value->count + 1);
	for (uint32_t i = 0; i < value->count; i++) {
		bool is_bad_null = value->items[i]->kind == VALUE_NULL && !type->element->is_nullable && type->element->kind != TYPE_ANY;
		if (is_bad_null)
			list->items[i] = check_mismatch(&element, value->items[i], type->element);
		else
			list->items[i] = check_slot(&element, value->items[i], type->element);
	}
	check_range(slot, value, type, value->count);
	if (type->by)
		check_element_names(slot, list, type->by);
	return list;
}

static const struct value *check_map(const struct slot *slot, const struct value *value, const struct type *type)
{
	if (value->kind != VALUE_OBJECT)
		return check_mismatch(slot, value, type);
	struct value *map = check_copy(slot, value);
	struct field *fields = arena_array(slot->program->arena, struct field, value->count + 1);
	map->count = 0;
	map->type = type;
	for (uint32_t i = 0; i < value->count; i++) {
		struct field field = value->fields[i];
		if (check_is_left_out(field.value, type->element) && !slot->is_quoted)
			continue;
		struct slot inner = *slot;
		inner.is_text_element = type->element->kind == TYPE_STRING;
		inner.is_constant |= type->is_literal;
		inner.target = field.at ? field.at : slot->target;
		if (type->key && !slot->is_quoted) {
			const struct value key = {.kind = VALUE_STRING, .word = field.name, .at = inner.target, .frame = value->frame};
			check_slot(&inner, &key, type->key);
		}
		field.value = check_slot(&inner, field.value, type->element);
		fields[map->count++] = field;
	}
	map->fields = fields;
	check_range(slot, map, type, map->count);
	return map;
}

static const char *shape_owner(struct arena *arena, const struct type *type)
{
	return type->name ? type->name->text : arena_printf(arena, "this structure");
}

/* Whether a type is the library's StepName, which takes the step itself. */
static bool is_step_name(const struct type *type)
{
	return type->kind == TYPE_STRING && type->name && names_is(type->name, "StepName");
}

/* The name that a step has in the definition, in place of the step. */
static const struct value *name_of_step(const struct slot *slot, const struct value *value)
{
	struct value *name = check_copy(slot, value);
	name->kind = VALUE_STRING;
	name->word = symbols_step_name(slot->program, value->step);
	return name;
}

const struct value *check_slot(const struct slot *slot, const struct value *value, const struct type *type)
{
	program_keep_expected(slot->program, value->at, type);
	bool is_null = value->kind == VALUE_NULL && (type->is_nullable || slot->is_quoted);
	if (value->kind == VALUE_ERROR || is_null || type->is_unknown)
		return value;
	if (value->kind == VALUE_STEP && is_step_name(type))
		return name_of_step(slot, value);
	if (type->kind == TYPE_ANY) {
		struct slot inner = *slot;
		inner.is_constant |= type->is_literal;
		return check_any(&inner, value);
	}
	if (value->kind > VALUE_CONDITION)
		return check_mismatch(slot, value, type);
	if (value_is_deferred(value))
		return check_deferred(slot, value, type);
	switch (type->kind) {
	case TYPE_STRING:
		return check_text(slot, value, type);
	case TYPE_ENUM:
		return check_enum(slot, value, type);
	case TYPE_INTEGER:
	case TYPE_FLOAT:
		return check_number(slot, value, type);
	case TYPE_BOOLEAN:
		return value->kind == VALUE_BOOLEAN ? value : check_mismatch(slot, value, type);
	case TYPE_LIST:
		return check_list(slot, value, type);
	case TYPE_MAP:
		return check_map(slot, value, type);
	case TYPE_SHAPE:
		if (value->kind != VALUE_OBJECT)
			return check_mismatch(slot, value, type);
		return check_members(slot, value, type, shape_owner(slot->program->arena, type));
	default:
		return value_is_constant_scalar(value) ? value : check_mismatch(slot, value, type);
	}
}

const struct value *check_value(struct program *program, const struct value *value, const struct type *type,
                                const struct node *target)
{
	const struct slot slot = {.program = program, .target = target};
	struct eval eval = {.program = program};
	return eval_spend(&eval, target, value_weigh(value)) ? check_slot(&slot, value, type) : &value_error;
}

const struct value *check_shape(struct program *program, const struct value *object, const struct type *shape,
                                const struct node *target, const char *owner, struct step *step)
{
	const struct slot slot = {.program = program, .target = target, .step = step};
	struct eval eval = {.program = program, .step = step};
	if (object->kind != VALUE_OBJECT || !eval_spend(&eval, target, value_weigh(object)))
		return &value_error;
	return check_members(&slot, object, shape, owner);
}

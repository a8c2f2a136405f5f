/* Sources of values: which of the values that a kind gives to a step come from arguments that the step wrote. */
#include "eval/eval_parts.h"

static struct value *copy_from(struct eval *eval, const struct value *value, enum value_source source)
{
	struct value *copy = arena_new(eval->program->arena, struct value);
	*copy = *value;
	copy->source = source;
	return copy;
}

/* The value with a stronger source for all its parts that have a weaker one. */
static const struct value *raise_source(struct eval *eval, const struct value *value, enum value_source source)
{
	if (value->kind == VALUE_ERROR || value->source >= source || !eval_spend(eval, value->at, 1 + value->count))
		return value;
	struct value *copy = copy_from(eval, value, source);
	if (value->kind == VALUE_OBJECT) {
		struct field *fields = arena_array(eval->program->arena, struct field, value->count + 1);
		for (uint32_t i = 0; i < value->count; i++) {
			fields[i] = value->fields[i];
			fields[i].value = raise_source(eval, fields[i].value, source);
		}
		copy->fields = fields;
	} else if (value->kind == VALUE_LIST) {
		copy->items = arena_array(eval->program->arena, const struct value *, value->count + 1);
		for (uint32_t i = 0; i < value->count; i++)
			copy->items[i] = raise_source(eval, value->items[i], source);
	}
	return copy;
}

const struct value *eval_traced(struct eval *eval, const struct node *node, const struct env *env)
{
	struct program *program = eval->program;
	bool reads_argument = program->reads_argument;
	program->reads_argument = false;
	const struct value *value = eval_expression(eval, node, env);
	bool is_computed = program->reads_argument && value->source != SOURCE_ARGUMENT;
	if (is_computed && (value_is_scalar(value) || value->kind == VALUE_LIST))
		value = copy_from(eval, value, SOURCE_ARGUMENT);
	else if (eval->origin.is_kind) /* a value from outside, such as a let, that the text of the kind gives to the step */
		value = raise_source(eval, value, SOURCE_KIND);
	program->reads_argument |= reads_argument;
	return value;
}

const struct value *eval_of_argument(struct eval *eval, const struct value *value)
{
	return raise_source(eval, value, SOURCE_ARGUMENT);
}

const struct value *eval_only_arguments(struct eval *eval, const struct value *object)
{
	if (object->source == SOURCE_ARGUMENT)
		return object;
	if (object->kind != VALUE_OBJECT)
		return NULL;
	struct fields fields = {0};
	for (uint32_t i = 0; i < object->count; i++) {
		struct field field = object->fields[i];
		field.value = eval_only_arguments(eval, field.value);
		if (field.value)
			eval_put_field(eval, &fields, field);
	}
	return fields.count ? eval_finish_object(eval, object->at, &fields) : NULL;
}

const struct value *eval_empty_arguments(struct eval *eval, const struct value *object)
{
	struct value *copy = copy_from(eval, object, object->source);
	if (object->kind == VALUE_LIST && object->source == SOURCE_ARGUMENT) {
		copy->count = 0;
		copy->under = NULL;
	} else if (object->kind == VALUE_OBJECT) {
		struct field *fields = arena_array(eval->program->arena, struct field, object->count + 1);
		for (uint32_t i = 0; i < object->count; i++) {
			fields[i] = object->fields[i];
			fields[i].value = eval_empty_arguments(eval, fields[i].value);
		}
		copy->fields = fields;
	}
	return copy;
}

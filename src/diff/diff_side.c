#include "diff/diff_parts.h"

#include "compile/limits.h"
#include "eval/json_value.h"

/* Reports that the other side cannot be compared, and returns false. */
static bool refuse(struct program *program, const struct value *value, const char *complaint, const char *help)
{
	struct diag *diag = program_report(program, SP6100, value->at, "%s", complaint);
	if (help)
		diag_help(diag, "%s", help);
	return false;
}

/* --- steps --- */

/* The service accepts a single exception as text, and a list of exceptions in any order. */
static const struct value *canonical_exceptions(struct program *program, const struct value *exceptions)
{
	if (exceptions->kind != VALUE_STRING)
		return diff_sorted(program, exceptions);
	struct value *list = diff_new_list(program, 1);
	list->items[list->count++] = exceptions;
	return list;
}

static const struct value *canonical_retry(struct program *program, const struct value *policy)
{
	if (policy->kind != VALUE_OBJECT)
		return policy;
	struct value *copy = diff_new_object(program, policy->count);
	for (uint32_t i = 0; i < policy->count; i++) {
		const struct field *field = &policy->fields[i];
		bool are_exceptions = names_is(field->name, "ExceptionType");
		const struct value *value = are_exceptions ? canonical_exceptions(program, field->value) : field->value;
		diff_add_field(program, copy, field->name->text, value);
	}
	return copy;
}

static const struct value *canonical_retries(struct program *program, const struct value *list)
{
	if (list->kind != VALUE_LIST)
		return list;
	struct value *copy = diff_new_list(program, list->count);
	for (uint32_t i = 0; i < list->count; i++)
		copy->items[copy->count++] = canonical_retry(program, list->items[i]);
	return copy;
}

/* NULL for a cache that is off. A duration has several spellings, which become one. */
static const struct value *canonical_cache(struct program *program, const struct value *cache)
{
	const struct value *enabled = cache->kind == VALUE_OBJECT ? diff_member(cache, "Enabled") : NULL;
	const struct value *expiry = cache->kind == VALUE_OBJECT ? diff_member(cache, "ExpireAfter") : NULL;
	uint32_t known = (enabled != NULL) + (expiry != NULL);
	if (cache->kind != VALUE_OBJECT || cache->count != known)
		return cache;
	if (!enabled || (enabled->kind == VALUE_BOOLEAN && !enabled->boolean))
		return NULL;
	const char *duration = NULL;
	if (expiry && expiry->kind == VALUE_STRING)
		duration = limits_duration(program->arena, expiry->word->text);
	struct value *copy = diff_new_object(program, 2);
	diff_add_field(program, copy, "Enabled", enabled);
	if (duration)
		expiry = diff_new_string(program, duration, strlen(duration));
	if (expiry)
		diff_add_field(program, copy, "ExpireAfter", expiry);
	return copy;
}

/* The members of `Arguments` that list steps, by the type of the step that has them. */
static const struct {
	const char *type, *member;
	bool is_else;
} nested_lists[] = {
	{"Condition", "IfSteps", false}, {"Condition", "ElseSteps", true}, {"ForEach", "ForEachBody", false},
};

enum { NESTED_COUNT = sizeof nested_lists / sizeof *nested_lists };

/* Whether the step object has the type of this row of nested_lists, and arguments. */
static bool may_nest(const struct value *object, size_t row)
{
	const struct value *type = diff_member(object, "Type"), *arguments = diff_member(object, "Arguments");
	return type && type->kind == VALUE_STRING && names_is(type->word, nested_lists[row].type) && arguments &&
	       arguments->kind == VALUE_OBJECT;
}

/* The arguments of a step object without the steps that they list. */
static const struct value *without_steps(struct program *program, const struct value *object, const struct value *arguments)
{
	struct value *copy = diff_new_object(program, arguments->count);
	for (uint32_t i = 0; i < arguments->count; i++) {
		bool is_list = false;
		for (size_t row = 0; row < NESTED_COUNT; row++)
			is_list |= may_nest(object, row) && names_is(arguments->fields[i].name, nested_lists[row].member);
		if (!is_list)
			diff_add_field(program, copy, arguments->fields[i].name->text, arguments->fields[i].value);
	}
	return copy;
}

/* The canonical form of a member of a step; NULL if it means the same as an absent one. */
static const struct value *canonical_member(struct program *program, const struct value *object, const struct field *field)
{
	/* members for which the service treats an empty list or object as absent */
	static const char *const may_be_empty[] = {"DependsOn", "RetryPolicies", "PropertyFiles", "OutputParameters",
	                                           "Arguments"};
	const struct value *value = field->value;
	for (size_t i = 0; i < sizeof may_be_empty / sizeof *may_be_empty; i++)
		if (names_is(field->name, may_be_empty[i]) && diff_is_empty_value(value))
			return NULL;
	if (names_is(field->name, "CacheConfig"))
		return canonical_cache(program, value);
	if (names_is(field->name, "RetryPolicies"))
		return canonical_retries(program, value);
	if (names_is(field->name, "Arguments") && value->kind == VALUE_OBJECT)
		return without_steps(program, object, value);
	return value;
}

/* The members of a step, canonical, without Name, Type and the steps of branches and bodies. */
static const struct value *step_content(struct program *program, const struct value *object)
{
	struct value *copy = diff_new_object(program, object->count);
	for (uint32_t i = 0; i < object->count; i++) {
		const struct field *field = &object->fields[i];
		bool is_separate = names_is(field->name, "Name") || (names_is(field->name, "Type") && field->value->kind == VALUE_STRING);
		const struct value *value = is_separate ? NULL : canonical_member(program, object, field);
		if (value)
			diff_add_field(program, copy, field->name->text, value);
	}
	return copy;
}

static bool read_steps(struct diff_side *side, struct program *program, const struct value *list,
                       struct diff_step *parent, bool is_else);

static bool read_step(struct diff_side *side, struct program *program, const struct value *object,
                      struct diff_step *parent, bool is_else)
{
	const struct value *name = object->kind == VALUE_OBJECT ? diff_member(object, "Name") : NULL;
	if (!name || name->kind != VALUE_STRING)
		return refuse(program, object, "a step must be an object with a `Name`", NULL);
	const struct value *type = diff_member(object, "Type");
	struct diff_step *step = arena_new(program->arena, struct diff_step);
	step->name = name->word;
	step->type = type && type->kind == VALUE_STRING ? type->word : NULL;
	step->object = step_content(program, object);
	step->parent = parent;
	step->is_else = is_else;
	vec_push(program->arena, &side->steps, step);
	if (!map_get(&side->steps_by_name, step->name))
		map_put(program->arena, &side->steps_by_name, step->name, step);
	for (size_t row = 0; row < NESTED_COUNT; row++) {
		const struct value *arguments = may_nest(object, row) ? diff_member(object, "Arguments") : NULL;
		const struct value *list = arguments ? diff_member(arguments, nested_lists[row].member) : NULL;
		if (list && !read_steps(side, program, list, step, nested_lists[row].is_else))
			return false;
	}
	return true;
}

static bool read_steps(struct diff_side *side, struct program *program, const struct value *list,
                       struct diff_step *parent, bool is_else)
{
	if (list->kind != VALUE_LIST)
		return refuse(program, list, "steps must be a list", NULL);
	for (uint32_t i = 0; i < list->count; i++)
		if (!read_step(side, program, list->items[i], parent, is_else))
			return false;
	return true;
}

/* --- the whole --- */

/* Reads a JSON object. NULL, with SP6100 reported, for any other text. */
static const struct value *read_object(struct program *program, const char *name, const char *text, size_t length)
{
	struct eval eval = {.program = program};
	struct diag *diag = NULL;
	eval_open_budget(program, length); /* a budget of its own, not the rest of the compilation's */
	const struct value *value = json_value_of_file(&eval, SP6100, name, text, length, &diag);
	if (!value || value->kind == VALUE_OBJECT)
		return value;
	refuse(program, value, "a pipeline definition must be a JSON object", NULL);
	return NULL;
}

/* Finds the definition, which requests and replies contain as a string. NULL, with SP6100 reported, if there is none. */
static const struct value *read_definition(struct diff_side *side, struct program *program, const char *name,
                                           const struct value *whole)
{
	const struct value *text = diff_member(whole, "PipelineDefinition");
	const struct value *location = diff_member(whole, "PipelineDefinitionS3Location");
	if (location && !text) {
		refuse(program, location, "the definition is in S3, not in this file", "download it and compare with that");
		return NULL;
	}
	if (!text)
		return whole;
	side->request = diff_canonical(program, whole);
	if (text->kind == VALUE_STRING)
		return read_object(program, arena_printf(program->arena, "%s (PipelineDefinition)", name), text->word->text,
		                   text->word->length);
	refuse(program, text, "`PipelineDefinition` must be a string", NULL);
	return NULL;
}

static bool check_parameters(struct program *program, const struct value *list)
{
	if (list->kind != VALUE_LIST)
		return refuse(program, list, "parameters must be a list", NULL);
	for (uint32_t i = 0; i < list->count; i++) {
		const struct value *name = list->items[i]->kind == VALUE_OBJECT ? diff_member(list->items[i], "Name") : NULL;
		if (!name || name->kind != VALUE_STRING)
			return refuse(program, list->items[i], "a parameter must be an object with a `Name`", NULL);
	}
	return true;
}

bool diff_read_side(struct diff_side *side, struct program *program, const char *name, const char *text, size_t length)
{
	const struct value *whole = read_object(program, name, text, length);
	const struct value *read = whole ? read_definition(side, program, name, whole) : NULL;
	if (!read)
		return false;
	side->definition = diff_canonical(program, read);
	const struct value *steps = diff_member(side->definition, "Steps");
	const struct value *parameters = diff_member(side->definition, "Parameters");
	if (!steps)
		return refuse(program, read, "this is not a pipeline definition: it has no `Steps`",
		              "compare with a definition, a reply of DescribePipeline, or a CreatePipeline request");
	return (!parameters || check_parameters(program, parameters)) && read_steps(side, program, steps, NULL, false);
}

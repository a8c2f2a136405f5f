#include "eval/value.h"

#include "base/json.h"
#include "eval/program.h"

#include <stdlib.h>

const struct value value_error = {.kind = VALUE_ERROR};

bool value_is_deferred(const struct value *value)
{
	return value->kind >= VALUE_GET && value->kind <= VALUE_CONDITION;
}

bool value_is_constant_scalar(const struct value *value)
{
	return value->kind >= VALUE_BOOLEAN && value->kind <= VALUE_STRING;
}

bool value_is_scalar(const struct value *value)
{
	bool may_be_scalar = value->kind == VALUE_GET || value->kind == VALUE_JSON;
	return value_is_constant_scalar(value) || value->kind == VALUE_JOIN || (may_be_scalar && type_is_scalar(value_type(value)));
}

bool value_is_constant(const struct value *value)
{
	if (value->kind == VALUE_LIST) {
		for (uint32_t i = 0; i < value->count; i++)
			if (!value_is_constant(value->items[i]))
				return false;
		return true;
	}
	if (value->kind == VALUE_OBJECT) {
		for (uint32_t i = 0; i < value->count; i++)
			if (!value_is_constant(value->fields[i].value))
				return false;
		return true;
	}
	return value->kind <= VALUE_STRING;
}

bool value_is_integer(const struct value *value)
{
	return value->kind == VALUE_NUMBER && !strpbrk(value->word->text, ".eE");
}

double value_number(const struct value *value)
{
	return strtod(value->word->text, NULL);
}

const struct field *value_field(const struct value *object, const struct word *name)
{
	if (object->kind == VALUE_OBJECT)
		for (uint32_t i = 0; i < object->count; i++)
			if (object->fields[i].name == name)
				return &object->fields[i];
	return NULL;
}

const struct field *value_field_named(const struct value *object, const char *name)
{
	if (object->kind == VALUE_OBJECT)
		for (uint32_t i = 0; i < object->count; i++)
			if (names_is(object->fields[i].name, name))
				return &object->fields[i];
	return NULL;
}

bool value_equal(const struct value *a, const struct value *b)
{
	if (a == b || a->kind != b->kind)
		return a == b;
	switch (a->kind) {
	case VALUE_BOOLEAN:
		return a->boolean == b->boolean;
	case VALUE_NUMBER:
		return a->word == b->word || value_number(a) == value_number(b);
	case VALUE_STRING:
		return a->word == b->word;
	case VALUE_LIST:
		for (uint32_t i = 0; i < a->count && a->count == b->count; i++)
			if (!value_equal(a->items[i], b->items[i]))
				return false;
		return a->count == b->count;
	case VALUE_OBJECT:
		for (uint32_t i = 0; i < a->count && a->count == b->count; i++) {
			bool is_in_order = b->fields[i].name == a->fields[i].name;
			const struct field *other = is_in_order ? &b->fields[i] : value_field(b, a->fields[i].name);
			if (!other || !value_equal(a->fields[i].value, other->value))
				return false;
		}
		return a->count == b->count;
	default:
		return a->kind == VALUE_NULL;
	}
}

uint32_t value_text_weight(size_t length)
{
	enum { BYTES_PER_UNIT = 32 };
	return (uint32_t)(length / BYTES_PER_UNIT);
}

static void add_part(struct value *whole, const struct value *part, size_t name_length)
{
	uint32_t weight = whole->weight + value_weigh(part) + value_text_weight(name_length);
	whole->weight = weight < VALUE_MAX_WEIGHT ? weight : VALUE_MAX_WEIGHT;
	if (part->height >= whole->height)
		whole->height = part->height < VALUE_MAX_HEIGHT ? part->height + 1u : VALUE_MAX_HEIGHT;
}

/* Writes to the value. A static value such as value_error has no parts, so it is never written to. */
static uint32_t weigh_parts(struct value *whole)
{
	whole->weight = whole->height = 1;
	switch (whole->kind) {
	case VALUE_OBJECT:
		for (uint32_t i = 0; i < whole->count; i++)
			add_part(whole, whole->fields[i].value, whole->fields[i].name->length);
		break;
	case VALUE_GET:
	case VALUE_JSON:
	case VALUE_FILE:
		add_part(whole, whole->parent, whole->access < ACCESS_BODY_STEP && whole->word ? whole->word->length : 0);
		break;
	default:
		for (uint32_t i = 0; i < whole->count; i++)
			add_part(whole, whole->items[i], whole->kind == VALUE_JOIN ? whole->word->length : 0);
	}
	return whole->weight;
}

uint32_t value_weigh(const struct value *value)
{
	if (value->weight)
		return value->weight;
	switch (value->kind) {
	case VALUE_LIST:
	case VALUE_OBJECT:
	case VALUE_JOIN:
	case VALUE_CONDITION:
		return weigh_parts((struct value *)value);
	case VALUE_GET:
	case VALUE_JSON:
		return value->parent ? weigh_parts((struct value *)value) : 1;
	case VALUE_FILE:
		return value->step ? 1 : weigh_parts((struct value *)value);
	case VALUE_STRING:
	case VALUE_NUMBER:
		return 1 + value_text_weight(value->word->length);
	default:
		return 1;
	}
}

const struct value *value_root(const struct value *value)
{
	while ((value->kind == VALUE_GET || value->kind == VALUE_JSON) && value->parent)
		value = value->parent;
	return value;
}

static const char *get_noun(struct arena *arena, const struct value *get)
{
	const struct value *root = value_root(get);
	if (root->kind == VALUE_STEP)
		return arena_printf(arena, "a property of step `%s`", root->step->name->text);
	if (root->access == ACCESS_PARAMETER)
		return arena_printf(arena, "the parameter `%s`", root->word->text);
	if (root->access == ACCESS_ITEM)
		return arena_printf(arena, get == root ? "the item `%s`" : "a member of the item `%s`", root->word->text);
	return arena_printf(arena, root->access == ACCESS_EXPERIMENT ? "`PipelineExperimentConfig.%s`" : "the execution variable `%s`",
	                    root->word->text);
}

static const char *const space_nouns[] = {
	[SPACE_PIPELINE] = "the object `Pipeline`", [SPACE_EXECUTION] = "the object `Execution`",
	[SPACE_STEP] = "the object `Step`", [SPACE_EXPERIMENT] = "the object `PipelineExperimentConfig`",
};

const char *value_noun(struct arena *arena, const struct value *value)
{
	switch (value->kind) {
	case VALUE_NULL:
		return "null";
	case VALUE_BOOLEAN:
		return value->boolean ? "the Boolean `true`" : "the Boolean `false`";
	case VALUE_NUMBER:
		return arena_printf(arena, "the number %s", value->word->text);
	case VALUE_STRING:
		return "text";
	case VALUE_LIST:
		return "a list";
	case VALUE_OBJECT:
		return value->is_family ? "a family of steps" : "an object";
	case VALUE_GET:
		return get_noun(arena, value);
	case VALUE_JSON:
		return "a value in a JSON file";
	case VALUE_JOIN:
		return "text that is computed at run time";
	case VALUE_CONDITION:
		return "a condition";
	case VALUE_STEP:
		return arena_printf(arena, "the step `%s`", value->step->name->text);
	case VALUE_FILE:
		return "a JSON file";
	case VALUE_OUTPUTS:
		return arena_printf(arena, "the outputs of step `%s`", value->step->name->text);
	case VALUE_INSTANCE:
		return arena_printf(arena, "the component instance `%s`",
		                    value->instance->node->word ? value->instance->node->word->text : "?");
	case VALUE_SPACE:
		return space_nouns[value->space];
	default:
		return "a value";
	}
}

const struct type *value_type(const struct value *value)
{
	switch (value->kind) {
	case VALUE_BOOLEAN:
	case VALUE_CONDITION:
		return type_primitive(TYPE_BOOLEAN);
	case VALUE_NUMBER:
		return type_primitive(value_is_integer(value) ? TYPE_INTEGER : TYPE_FLOAT);
	case VALUE_STRING:
	case VALUE_JOIN:
		return type_primitive(TYPE_STRING);
	case VALUE_JSON: /* the type is known only when the property file has a shape */
		return value->type ? value->type : type_primitive(TYPE_SCALAR);
	default:
		return value->type ? value->type : type_primitive(TYPE_ANY);
	}
}

void value_print_scalar(struct text *out, const struct value *value)
{
	if (value->kind == VALUE_BOOLEAN)
		text_puts(out, value->boolean ? "true" : "false");
	else
		text_add(out, value->word->text, value->word->length);
}

void value_print_json(struct text *out, const struct value *value)
{
	bool is_object = value->kind == VALUE_OBJECT;
	if (value->kind == VALUE_STRING) {
		json_add_string(out, value->word->text, value->word->length);
	} else if (value->kind == VALUE_NULL) {
		text_puts(out, "null");
	} else if (value_is_constant_scalar(value)) {
		value_print_scalar(out, value);
	} else {
		text_putc(out, is_object ? '{' : '[');
		for (uint32_t i = 0; i < value->count; i++) {
			if (i)
				text_puts(out, ", ");
			if (is_object) {
				const struct word *name = value->fields[i].name;
				json_add_string(out, name->text, name->length);
				text_puts(out, ": ");
			}
			value_print_json(out, is_object ? value->fields[i].value : value->items[i]);
		}
		text_putc(out, is_object ? '}' : ']');
	}
}

static void print_access(struct text *out, const struct value *value, bool is_first)
{
	switch (value->access) {
	case ACCESS_MEMBER:
		if (!is_first)
			text_putc(out, '.');
		text_puts(out, value->word->text);
		break;
	case ACCESS_KEY:
		text_puts(out, "['");
		text_puts(out, value->word->text);
		text_puts(out, "']");
		break;
	case ACCESS_POSITION:
		text_printf(out, "[%u]", (unsigned)value->position);
		break;
	case ACCESS_ITEM:
		text_puts(out, "ForEach.CurrentItem");
		break;
	case ACCESS_BODY_STEP:
		text_printf(out, ".%s", value->step->step_name->text);
		break;
	case ACCESS_SELECTED:
		text_puts(out, ".Selected");
		break;
	default:
		text_puts(out, value->word->text);
	}
}

void value_print_path(struct text *out, const struct value *get)
{
	if (get->kind == VALUE_STEP) {
		text_puts(out, "Steps.");
		text_puts(out, get->step->step_name->text);
		return;
	}
	if (get->parent)
		value_print_path(out, get->parent);
	else
		text_puts(out, get->access == ACCESS_PARAMETER    ? "Parameters."
		               : get->access == ACCESS_EXECUTION  ? "Execution."
		               : get->access == ACCESS_EXPERIMENT ? "PipelineExperimentConfig."
		                                                  : "");
	print_access(out, get, false);
}

void value_print_json_path(struct text *out, const struct value *json)
{
	bool is_first = json->parent->kind != VALUE_JSON;
	if (!is_first)
		value_print_json_path(out, json->parent);
	print_access(out, json, is_first);
}

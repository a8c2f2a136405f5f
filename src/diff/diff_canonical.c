#include "diff/diff_parts.h"

#include <stdlib.h>

/* --- new values --- */

struct value *diff_new_object(struct program *program, size_t room)
{
	struct value *value = arena_new(program->arena, struct value);
	value->kind = VALUE_OBJECT;
	value->fields = arena_array(program->arena, struct field, room + 1);
	return value;
}

struct value *diff_new_list(struct program *program, size_t room)
{
	struct value *value = arena_new(program->arena, struct value);
	value->kind = VALUE_LIST;
	value->items = arena_array(program->arena, const struct value *, room + 1);
	return value;
}

struct value *diff_new_string(struct program *program, const char *text, size_t length)
{
	struct value *value = arena_new(program->arena, struct value);
	value->kind = VALUE_STRING;
	value->word = names_intern(&program->world->names, text, length);
	return value;
}

void diff_add_field(struct program *program, struct value *object, const char *name, const struct value *value)
{
	struct field *fields = (struct field *)object->fields;
	fields[object->count++] = (struct field){names_word(&program->world->names, name), value, NULL};
}

/* --- reading values --- */

const struct value *diff_member(const struct value *object, const char *name)
{
	const struct field *field = value_field_named(object, name);
	return field ? field->value : NULL;
}

bool diff_is_empty_value(const struct value *value)
{
	if (value->kind == VALUE_STRING)
		return !value->word->length;
	return (value->kind == VALUE_LIST || value->kind == VALUE_OBJECT) && !value->count;
}

const char *diff_expression(const struct value *value)
{
	static const char *const names[] = {"Get", "Std:Join", "Std:JsonGet"};
	if (value->kind != VALUE_OBJECT || value->count != 1)
		return NULL;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (names_is(value->fields[0].name, names[i]))
			return names[i];
	return NULL;
}

static int compare_texts(const void *a, const void *b)
{
	return strcmp((*(const struct value *const *)a)->word->text, (*(const struct value *const *)b)->word->text);
}

const struct value *diff_sorted(struct program *program, const struct value *list)
{
	if (list->kind != VALUE_LIST)
		return list;
	struct value *copy = diff_new_list(program, list->count);
	copy->at = list->at;
	for (uint32_t i = 0; i < list->count; i++) {
		if (list->items[i]->kind != VALUE_STRING)
			return list;
		copy->items[copy->count++] = list->items[i];
	}
	qsort(copy->items, copy->count, sizeof *copy->items, compare_texts);
	return copy;
}

/* --- numbers --- */

/* A number as its digits, without zeros at either end, and the power of ten of the last digit. */
struct decimal {
	struct text digits;
	bool is_negative;
	long long power;
};

static struct decimal decimal_of(const char *text)
{
	struct decimal decimal = {.is_negative = *text == '-'};
	bool is_fraction = false;
	for (text += decimal.is_negative; *text && *text != 'e' && *text != 'E'; text++) {
		is_fraction |= *text == '.';
		decimal.power -= is_fraction && *text != '.';
		if (*text != '.' && (*text != '0' || decimal.digits.length))
			text_putc(&decimal.digits, *text);
	}
	const long long most = 1000000000000000; /* prevents overflow of the sum */
	long long exponent = *text ? strtoll(text + 1, NULL, 10) : 0;
	decimal.power += exponent > most ? most : exponent < -most ? -most : exponent;
	for (; decimal.digits.length && decimal.digits.bytes[decimal.digits.length - 1] == '0'; decimal.power++)
		decimal.digits.bytes[--decimal.digits.length] = '\0';
	if (!decimal.digits.length)
		decimal = (struct decimal){.digits = decimal.digits};
	return decimal;
}

bool diff_same_number(const struct word *a, const struct word *b)
{
	if (a == b)
		return true;
	struct decimal x = decimal_of(a->text), y = decimal_of(b->text);
	bool is_same = x.is_negative == y.is_negative && x.power == y.power &&
	               strcmp(text_string(&x.digits), text_string(&y.digits)) == 0;
	text_free(&x.digits);
	text_free(&y.digits);
	return is_same;
}

/* --- joins --- */

/* The parts of a Std:Join with an empty `On`: adjacent texts are merged, and nested joins are flattened. */
struct join_parts {
	struct program *program;
	VEC(const struct value *) items;
	struct text text; /* merged texts; not yet a part */
};

static void end_text(struct join_parts *parts)
{
	if (parts->text.length)
		vec_push(parts->program->arena, &parts->items,
		         diff_new_string(parts->program, parts->text.bytes, parts->text.length));
	parts->text.length = 0;
}

static void add_part(struct join_parts *parts, const struct value *part)
{
	if (part->kind == VALUE_STRING) {
		text_add(&parts->text, part->word->text, part->word->length);
		return;
	}
	end_text(parts);
	vec_push(parts->program->arena, &parts->items, part);
}

/* The values of a Std:Join, and its `On` or NULL. NULL for any other value, and for a join with unknown members. */
static const struct value *join_items(const struct value *value, const struct value **on)
{
	const char *expression = diff_expression(value);
	const struct value *join = expression && strcmp(expression, "Std:Join") == 0 ? value->fields[0].value : NULL;
	if (!join || join->kind != VALUE_OBJECT)
		return NULL;
	const struct value *values = diff_member(join, "Values");
	*on = diff_member(join, "On");
	bool is_known = values && values->kind == VALUE_LIST && (!*on || (*on)->kind == VALUE_STRING) &&
	                join->count == 1u + (*on != NULL);
	return is_known ? values : NULL;
}

static struct value *new_join(struct program *program, const struct join_parts *parts)
{
	struct value *list = diff_new_list(program, 0);
	struct value *object = diff_new_object(program, 2), *result = diff_new_object(program, 1);
	list->items = parts->items.items;
	list->count = (uint32_t)parts->items.count;
	diff_add_field(program, object, "On", diff_new_string(program, "", 0));
	diff_add_field(program, object, "Values", list);
	diff_add_field(program, result, "Std:Join", object);
	return result;
}

/* Makes an object canonical if it is a join. Its members are canonical already, so nested joins have an empty `On`. */
static const struct value *flatten_join(struct program *program, const struct value *object)
{
	const struct value *on, *inner_on;
	const struct value *values = join_items(object, &on);
	struct join_parts parts = {.program = program};
	if (!values)
		return object;
	for (uint32_t i = 0; i < values->count; i++) {
		const struct value *inner = join_items(values->items[i], &inner_on);
		if (i && on)
			add_part(&parts, on);
		if (!inner)
			add_part(&parts, values->items[i]);
		for (uint32_t k = 0; inner && k < inner->count; k++)
			add_part(&parts, inner->items[k]);
	}
	struct value *result = NULL;
	if (!parts.items.count)
		result = diff_new_string(program, text_string(&parts.text), parts.text.length);
	end_text(&parts);
	text_free(&parts.text);
	if (!result)
		result = new_join(program, &parts);
	result->at = object->at;
	return result;
}

/* --- any value --- */

static const struct value *canonical_list(struct program *program, const struct value *list)
{
	struct value *result = diff_new_list(program, list->count);
	result->at = list->at;
	for (uint32_t i = 0; i < list->count; i++)
		result->items[result->count++] = diff_canonical(program, list->items[i]);
	return result;
}

const struct value *diff_canonical(struct program *program, const struct value *value)
{
	if (value->kind == VALUE_LIST)
		return canonical_list(program, value);
	if (value->kind != VALUE_OBJECT)
		return value;
	struct value *result = diff_new_object(program, value->count);
	struct field *fields = (struct field *)result->fields;
	result->at = value->at;
	for (uint32_t i = 0; i < value->count; i++) {
		const struct field *field = &value->fields[i];
		if (field->value->kind != VALUE_NULL)
			fields[result->count++] = (struct field){field->name, diff_canonical(program, field->value), field->at};
	}
	return flatten_join(program, result);
}

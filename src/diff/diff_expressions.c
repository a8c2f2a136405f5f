/* Names and values of a definition as the language writes them. */
#include "diff/diff_parts.h"

#include "emit/expanded_value.h"

/* --- names --- */

static void name_scope(struct diff *diff, const struct scope *scope, const char *prefix);

static void put_key(struct text *out, const struct value *key)
{
	text_putc(out, '[');
	if (key->kind == VALUE_STRING)
		expanded_string(out, key->word);
	else
		value_print_scalar(out, key);
	text_putc(out, ']');
}

/* Names a step by its path from the top level: `Train`, `Copy["eu"]`, `Check.Quality`. */
static void name_expansion(struct diff *diff, const struct unit *unit, const struct expansion *expansion, const char *prefix)
{
	struct arena *arena = diff->program->arena;
	struct text text = {0};
	text_printf(&text, "%s%s", prefix, unit->node->word ? unit->node->word->text : "");
	if (expansion->key)
		put_key(&text, expansion->key);
	const char *name = arena_copy(arena, text.bytes, text.length);
	const struct step *step = expansion->step;
	if (step && !step->is_absent && !map_get(&diff->step_names, step->step_name))
		map_put(arena, &diff->step_names, step->step_name, (void *)name);
	if (step && step->if_scope)
		name_scope(diff, step->if_scope, prefix);
	if (step && step->else_scope)
		name_scope(diff, step->else_scope, prefix);
	if (expansion->instance && expansion->instance->scope)
		name_scope(diff, expansion->instance->scope, arena_printf(arena, "%s.", name));
	text_free(&text);
}

static void name_scope(struct diff *diff, const struct scope *scope, const char *prefix)
{
	for (size_t i = 0; i < scope->units.count; i++)
		for (size_t k = 0; k < scope->units.items[i]->expansions.count; k++)
			name_expansion(diff, scope->units.items[i], &scope->units.items[i]->expansions.items[k], prefix);
}

void diff_fill_names(struct diff *diff)
{
	const struct program *program = diff->program;
	name_scope(diff, program->scope, "");
	for (size_t i = 0; i < program->symbols.count; i++)
		if (program->symbols.items[i]->kind == SYMBOL_PARAM)
			map_put(program->arena, &diff->parameter_names, program->symbols.items[i]->emitted,
			        (void *)program->symbols.items[i]->name->text);
}

const char *diff_step_name(const struct diff *diff, const struct word *name)
{
	const char *written = map_get(&diff->step_names, name);
	return written ? written : name->text;
}

const char *diff_parameter_name(const struct diff *diff, const struct word *name)
{
	const char *written = map_get(&diff->parameter_names, name);
	return written ? written : name->text;
}

size_t diff_reference_step(const struct word *path, const char **name)
{
	static const char start[] = "Steps.";
	*name = path->text + sizeof start - 1;
	return strncmp(path->text, start, sizeof start - 1) == 0 ? strcspn(*name, ".[") : 0;
}

/* --- references --- */

static const struct word *word_of(const struct diff *diff, const char *text, size_t length)
{
	return names_intern(&diff->program->world->names, text, length);
}

/* Appends the rest of a path, after a step or file. A key in single quotes becomes a string; an output becomes a member. */
static void put_path(struct text *out, const struct diff *diff, const char *path)
{
	static const char outputs[] = ".OutputParameters['";
	const char *output = strncmp(path, outputs, sizeof outputs - 1) == 0 ? path + sizeof outputs - 1 : NULL;
	size_t length = output ? strcspn(output, "'") : 0;
	if (output && strcmp(output + length, "']") == 0 && names_is_identifier(output, length)) {
		text_printf(out, ".OutputParameters.%.*s", (int)length, output);
		return;
	}
	while (*path) {
		const char *end = strncmp(path, "['", 2) == 0 ? strstr(path + 2, "']") : NULL;
		if (!end) {
			text_putc(out, *path++);
			continue;
		}
		text_putc(out, '[');
		expanded_string(out, word_of(diff, path + 2, (size_t)(end - path - 2)));
		text_putc(out, ']');
		path = end + 2;
	}
}

/* Appends the reference of a Get. */
static void put_get(struct text *out, const struct diff *diff, const struct word *path)
{
	static const char parameters[] = "Parameters.";
	const char *name;
	size_t length = diff_reference_step(path, &name);
	if (length) {
		text_puts(out, diff_step_name(diff, word_of(diff, name, length)));
		put_path(out, diff, name + length);
	} else if (strncmp(path->text, parameters, sizeof parameters - 1) == 0) {
		const char *parameter = path->text + sizeof parameters - 1;
		text_puts(out, diff_parameter_name(diff, word_of(diff, parameter, strlen(parameter))));
	} else {
		text_puts(out, path->text);
	}
}

/* Appends a property file as a member of its step, with its name in the program. */
static void put_property_file(struct text *out, const struct diff *diff, const struct word *path)
{
	static const char files[] = ".PropertyFiles.";
	const char *name;
	size_t length = diff_reference_step(path, &name);
	if (!length || strncmp(name + length, files, sizeof files - 1) != 0) {
		put_get(out, diff, path);
		return;
	}
	const char *file = name + length + sizeof files - 1;
	const struct word *step_name = word_of(diff, name, length), *file_name = word_of(diff, file, strlen(file));
	const struct program *program = diff->program;
	for (size_t i = 0; i < program->all_steps.count; i++) {
		const struct step *step = program->all_steps.items[i];
		for (size_t k = 0; step->step_name == step_name && k < step->property_files.count; k++)
			if (step->property_files.items[k].emitted == file_name)
				file = step->property_files.items[k].name->text;
	}
	text_printf(out, "%s.%s", diff_step_name(diff, step_name), file);
}

/* Appends a Std:JsonGet; false for an unknown form. */
static bool put_json_get(struct text *out, const struct diff *diff, const struct value *json)
{
	const struct value *path = json->kind == VALUE_OBJECT ? diff_member(json, "Path") : NULL;
	const struct value *file = path ? diff_member(json, "PropertyFile") : NULL;
	const struct value *uri = path ? diff_member(json, "S3Uri") : NULL;
	const char *expression = file ? diff_expression(file) : NULL;
	bool is_get = expression && file->fields[0].value->kind == VALUE_STRING && names_is(file->fields[0].name, "Get");
	if (!path || path->kind != VALUE_STRING || json->count != 2 || (!is_get && !uri))
		return false;
	if (is_get) {
		put_property_file(out, diff, file->fields[0].value->word);
	} else {
		text_puts(out, "s3json(");
		diff_put_value(out, diff, uri);
		text_putc(out, ')');
	}
	text_puts(out, *path->word->text == '[' ? "" : ".");
	put_path(out, diff, path->word->text);
	return true;
}

/* --- joins --- */

static void put_items(struct text *out, const struct diff *diff, const struct value *list)
{
	for (uint32_t i = 0; i < list->count; i++) {
		text_puts(out, i ? ", " : "");
		diff_put_value(out, diff, list->items[i]);
	}
}

/* Appends a string literal without its quotes. */
static void put_inside(struct text *out, const struct word *word)
{
	struct text literal = {0};
	expanded_string(&literal, word);
	text_add(out, literal.bytes + 1, literal.length - 2);
	text_free(&literal);
}

/* Appends a Std:Join as a string with interpolation; false for another separator or an unknown form. */
static bool put_join(struct text *out, const struct diff *diff, const struct value *join)
{
	const struct value *on = join->kind == VALUE_OBJECT ? diff_member(join, "On") : NULL;
	const struct value *values = join->kind == VALUE_OBJECT ? diff_member(join, "Values") : NULL;
	if (!on || on->kind != VALUE_STRING || on->word->length || !values || values->kind != VALUE_LIST || join->count != 2)
		return false;
	text_putc(out, '"');
	for (uint32_t i = 0; i < values->count; i++) {
		if (values->items[i]->kind == VALUE_STRING) {
			put_inside(out, values->items[i]->word);
			continue;
		}
		text_puts(out, "${");
		diff_put_value(out, diff, values->items[i]);
		text_putc(out, '}');
	}
	text_putc(out, '"');
	return true;
}

/* --- values --- */

/* Appends an expression of the service; false for other values and unknown forms. */
static bool put_expression(struct text *out, const struct diff *diff, const struct value *value)
{
	const char *expression = diff_expression(value);
	const struct value *inner = expression ? value->fields[0].value : NULL;
	if (!expression)
		return false;
	if (strcmp(expression, "Std:Join") == 0)
		return put_join(out, diff, inner);
	if (strcmp(expression, "Std:JsonGet") == 0)
		return put_json_get(out, diff, inner);
	if (inner->kind == VALUE_STRING)
		put_get(out, diff, inner->word);
	return inner->kind == VALUE_STRING;
}

static void put_object(struct text *out, const struct diff *diff, const struct value *object)
{
	text_putc(out, '{');
	for (uint32_t i = 0; i < object->count; i++) {
		text_puts(out, i ? ", " : " ");
		expanded_key(out, object, &object->fields[i]);
		text_puts(out, ": ");
		diff_put_value(out, diff, object->fields[i].value);
	}
	text_puts(out, object->count ? " }" : "}");
}

void diff_put_value(struct text *out, const struct diff *diff, const struct value *value)
{
	if (put_expression(out, diff, value))
		return;
	if (value->kind == VALUE_OBJECT) {
		put_object(out, diff, value);
	} else if (value->kind == VALUE_LIST) {
		text_putc(out, '[');
		put_items(out, diff, value);
		text_putc(out, ']');
	} else if (value->kind == VALUE_STRING) {
		expanded_string(out, value->word);
	} else if (value->kind == VALUE_NULL) {
		text_puts(out, "null");
	} else {
		value_print_scalar(out, value);
	}
}

/* --- conditions --- */

static const char *operator_of(const struct value *type)
{
	static const char *const operators[][2] = {
		{"Equals", "=="},     {"LessThan", "<"}, {"LessThanOrEqualTo", "<="},
		{"GreaterThan", ">"}, {"GreaterThanOrEqualTo", ">="},
	};
	for (size_t i = 0; i < sizeof operators / sizeof *operators; i++)
		if (names_is(type->word, operators[i][0]))
			return operators[i][1];
	return NULL;
}

static void put_condition(struct text *out, const struct diff *diff, const struct value *condition, bool is_nested);

/* The condition that a Not negates, or NULL. */
static const struct value *negated_condition(const struct value *condition)
{
	const struct value *type = condition->kind == VALUE_OBJECT ? diff_member(condition, "Type") : NULL;
	return type && type->kind == VALUE_STRING && names_is(type->word, "Not") ? diff_member(condition, "Condition") : NULL;
}

/* Appends conditions, or the conditions that they negate, with an operator between them. Puts them in parentheses if they are
 * nested in another condition. */
static void put_operands(struct text *out, const struct diff *diff, const struct value *list, const char *between,
                         bool are_negated, bool is_nested)
{
	bool has_parentheses = is_nested && list->count > 1;
	text_puts(out, has_parentheses ? "(" : "");
	for (uint32_t i = 0; i < list->count; i++) {
		text_puts(out, i ? between : "");
		put_condition(out, diff, are_negated ? negated_condition(list->items[i]) : list->items[i], list->count > 1 || is_nested);
	}
	text_puts(out, has_parentheses ? ")" : "");
}

static void put_comparison(struct text *out, const struct diff *diff, const struct value *left, const char *operator,
                           const struct value *right)
{
	diff_put_value(out, diff, left);
	if (strcmp(operator, "==") == 0 && right->kind == VALUE_BOOLEAN && right->boolean)
		return;
	text_printf(out, " %s ", operator);
	diff_put_value(out, diff, right);
}

/* The operands, each in a Not, if the argument of a Not encodes an `and`; or NULL. The service has no And: `a and b` is
 * Not(Or(Not a, Not b)). */
static const struct value *operands_of_and(const struct value *inner)
{
	const struct value *type = inner->kind == VALUE_OBJECT ? diff_member(inner, "Type") : NULL;
	bool is_or = type && type->kind == VALUE_STRING && names_is(type->word, "Or");
	const struct value *list = is_or ? diff_member(inner, "Conditions") : NULL;
	for (uint32_t i = 0; list && list->kind == VALUE_LIST && i < list->count; i++)
		if (!negated_condition(list->items[i]))
			return NULL;
	return list && list->kind == VALUE_LIST ? list : NULL;
}

static void put_not(struct text *out, const struct diff *diff, const struct value *inner, bool is_nested)
{
	const struct value *type = inner->kind == VALUE_OBJECT ? diff_member(inner, "Type") : NULL;
	const struct value *left = type ? diff_member(inner, "LeftValue") : NULL;
	const struct value *right = type ? diff_member(inner, "RightValue") : NULL;
	bool is_equality = left && right && type->kind == VALUE_STRING && names_is(type->word, "Equals") &&
	                   right->kind != VALUE_BOOLEAN;
	const struct value *operands = operands_of_and(inner);
	if (is_equality) {
		put_comparison(out, diff, left, "!=", right);
	} else if (operands) {
		put_operands(out, diff, operands, " and ", true, is_nested);
	} else {
		text_puts(out, "not ");
		put_condition(out, diff, inner, true);
	}
}

static void put_condition(struct text *out, const struct diff *diff, const struct value *condition, bool is_nested)
{
	const struct value *type = condition->kind == VALUE_OBJECT ? diff_member(condition, "Type") : NULL;
	if (!type || type->kind != VALUE_STRING) {
		diff_put_value(out, diff, condition);
		return;
	}
	const struct value *left = diff_member(condition, "LeftValue"), *right = diff_member(condition, "RightValue");
	const struct value *query = diff_member(condition, "QueryValue"), *values = diff_member(condition, "Values");
	const struct value *list = diff_member(condition, "Conditions"), *inner = diff_member(condition, "Condition");
	const char *operator = operator_of(type);
	if (operator && left && right) {
		put_comparison(out, diff, left, operator, right);
	} else if (names_is(type->word, "In") && query && values) {
		put_comparison(out, diff, query, "in", values);
	} else if (names_is(type->word, "Or") && list && list->kind == VALUE_LIST) {
		put_operands(out, diff, list, " or ", false, is_nested);
	} else if (names_is(type->word, "Not") && inner) {
		put_not(out, diff, inner, is_nested);
	} else {
		diff_put_value(out, diff, condition);
	}
}

void diff_put_conditions(struct text *out, const struct diff *diff, const struct value *list)
{
	if (list->kind == VALUE_LIST)
		put_operands(out, diff, list, " and ", false, false);
	else
		diff_put_value(out, diff, list);
}

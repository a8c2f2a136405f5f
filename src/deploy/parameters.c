#include "deploy/parameters.h"

#include "base/json.h"
#include "base/json_tree.h"
#include "base/suggest.h"
#include "base/utf8.h"

#include <cjson/cJSON.h>
#include <stdlib.h>

/* The limits of StartPipelineExecution (API reference): 200 values of up to 1024 characters. */
enum { VALUES_MAX = 200, VALUE_LENGTH_MAX = 1024 };

static void report_error(struct parameters *parameters, enum diag_code code, const char *help, const char *format, ...)
	__attribute__((format(printf, 4, 5)));

static void report_error(struct parameters *parameters, enum diag_code code, const char *help, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	const char *message = arena_vprintf(parameters->arena, format, args);
	va_end(args);
	vec_push(parameters->arena, &parameters->errors, ((struct parameter_error){code, message, help}));
}

static void init(struct parameters *parameters, struct arena *arena)
{
	*parameters = (struct parameters){.arena = arena};
	names_init(&parameters->names, arena);
}

/* --- the parameters --- */

void parameters_of_program(struct parameters *parameters, struct arena *arena, const struct program *program)
{
	init(parameters, arena);
	for (size_t i = 0; i < program->symbols.count; i++) {
		const struct symbol *symbol = program->symbols.items[i];
		if (symbol->kind != SYMBOL_PARAM || symbol->is_optional)
			continue;
		uint32_t count = symbol->allowed ? symbol->allowed->count : 0;
		const char **allowed = arena_array(arena, const char *, count + 1);
		for (uint32_t j = 0; j < count; j++) {
			struct text text = {0};
			value_print_scalar(&text, symbol->allowed->items[j]);
			allowed[j] = arena_copy(arena, text_string(&text), text.length);
			text_free(&text);
		}
		vec_push(arena, &parameters->items, ((struct parameter){symbol->name->text, symbol->emitted->text, symbol->type, allowed,
		                                                        count, symbol->initial != NULL, NULL}));
	}
}

/* The primitive type of this name. A missing type means String in the schema of definitions; an unknown one counts as String. */
static const struct type *type_named(const char *name)
{
	for (enum type_kind kind = TYPE_STRING; name && kind <= TYPE_BOOLEAN; kind++) {
		struct text text = {0};
		type_print(&text, type_primitive(kind));
		bool is_same = strcmp(text_string(&text), name) == 0;
		text_free(&text);
		if (is_same)
			return type_primitive(kind);
	}
	return type_primitive(TYPE_STRING);
}

void parameters_of_definition(struct parameters *parameters, struct arena *arena, const struct cJSON *definition)
{
	init(parameters, arena);
	const cJSON *item, *value;
	cJSON_ArrayForEach(item, cJSON_GetObjectItemCaseSensitive(definition, "Parameters")) {
		const char *name = json_text(item, "Name");
		const cJSON *values = cJSON_GetObjectItemCaseSensitive(item, "EnumValues");
		if (!name)
			continue;
		name = arena_copy(arena, name, strlen(name));
		const char **allowed = arena_array(arena, const char *, cJSON_GetArraySize(values) + 1);
		size_t count = 0;
		cJSON_ArrayForEach(value, values)
			if (cJSON_IsString(value))
				allowed[count++] = arena_copy(arena, value->valuestring, strlen(value->valuestring));
		vec_push(arena, &parameters->items,
		         ((struct parameter){name, name, type_named(json_text(item, "Type")), allowed, count,
		                             cJSON_GetObjectItemCaseSensitive(item, "DefaultValue") != NULL, NULL}));
	}
}

/* --- one value --- */

/* Whether a text is an integer or, if `allows_fraction`, any number, in the syntax of JSON. */
static bool is_number(const char *text, bool allows_fraction)
{
	const char *at = text + (*text == '-');
	size_t digits = strspn(at, "0123456789");
	if (!digits || (*at == '0' && digits > 1))
		return false;
	at += digits;
	if (allows_fraction && *at == '.') {
		digits = strspn(at + 1, "0123456789");
		at += digits ? digits + 1 : 0;
	}
	if (allows_fraction && (*at == 'e' || *at == 'E')) {
		const char *exponent = at + 1 + (at[1] == '-' || at[1] == '+');
		digits = strspn(exponent, "0123456789");
		at = digits ? exponent + digits : at;
	}
	return !*at;
}

/* A value as it is sent to the service; NULL if the text is not a value of the type. A Boolean is spelled as in the Python SDK,
 * the only spelling that the service is known to accept. */
static const char *wire_text(const struct type *type, const char *text)
{
	switch (type->kind) {
	case TYPE_BOOLEAN:
		if (strcmp(text, "true") == 0 || strcmp(text, "True") == 0)
			return "True";
		return strcmp(text, "false") == 0 || strcmp(text, "False") == 0 ? "False" : NULL;
	case TYPE_INTEGER:
		return is_number(text, false) ? text : NULL;
	case TYPE_FLOAT:
		return is_number(text, true) ? text : NULL;
	default:
		return text;
	}
}

static bool is_allowed(const struct parameter *parameter, const char *text)
{
	bool is_float = parameter->type->kind == TYPE_FLOAT;
	for (size_t i = 0; i < parameter->allowed_count; i++)
		if (strcmp(parameter->allowed[i], text) == 0 || (is_float && strtod(parameter->allowed[i], NULL) == strtod(text, NULL)))
			return true;
	return !parameter->allowed_count;
}

static const char *allowed_text(struct arena *arena, const struct parameter *parameter)
{
	const char *text = "allowed values: ";
	for (size_t i = 0; i < parameter->allowed_count; i++)
		text = arena_printf(arena, "%s%s%s", text, i ? ", " : "", parameter->allowed[i]);
	return text;
}

static const char *range_text(struct arena *arena, const struct type *type)
{
	const char *unit = type->kind == TYPE_STRING ? " characters" : "";
	if (type->has_min && type->has_max)
		return arena_printf(arena, "from %.15g to %.15g%s", type->min, type->max, unit);
	return type->has_min ? arena_printf(arena, "at least %.15g%s", type->min, unit)
	                     : arena_printf(arena, "at most %.15g%s", type->max, unit);
}

/* Why the service or the declaration does not allow a text of the right type; NULL if both allow it. */
static const char *find_problem(struct parameters *parameters, const struct parameter *parameter, const char *text)
{
	const struct type *type = parameter->type;
	bool is_string = type->kind == TYPE_STRING;
	double measure = is_string ? (double)utf8_count(text, strlen(text)) : strtod(text, NULL);
	bool is_in_range = (!type->has_min || measure >= type->min) && (!type->has_max || measure <= type->max);
	if (!*text || utf8_count(text, strlen(text)) > VALUE_LENGTH_MAX)
		return "SageMaker allows values of 1 to 1024 characters";
	if (text[utf8_find_invalid(text, strlen(text))])
		return "it must be UTF-8 text";
	if (!is_allowed(parameter, text))
		return allowed_text(parameters->arena, parameter);
	if (type->kind != TYPE_BOOLEAN && !is_in_range)
		return arena_printf(parameters->arena, "it must be %s", range_text(parameters->arena, type));
	if (is_string && type->pattern && !pattern_matches(parameters->arena, &parameters->patterns, type->pattern,
	                                                   names_word(&parameters->names, text)))
		return arena_printf(parameters->arena, "it must match %s", type->pattern->text);
	return NULL;
}

/* Finds a parameter by its name in the program or, if there is none, in the definition. */
static struct parameter *find(struct parameters *parameters, const char *name)
{
	struct parameter *found = NULL;
	for (size_t i = 0; i < parameters->items.count; i++) {
		struct parameter *parameter = &parameters->items.items[i];
		if (strcmp(parameter->name, name) == 0)
			return parameter;
		if (!found && strcmp(parameter->emitted, name) == 0)
			found = parameter;
	}
	return found;
}

static void report_unknown(struct parameters *parameters, const char *from, const char *name)
{
	struct suggest suggest;
	suggest_init(&suggest, name);
	for (size_t i = 0; i < parameters->items.count; i++)
		suggest_offer(&suggest, parameters->items.items[i].name);
	const char *near = suggest_result(&suggest);
	const char *help = parameters->items.count ? NULL : "it has no parameters";
	if (near)
		help = arena_printf(parameters->arena, "a parameter with a similar name exists: `%s`", near);
	report_error(parameters, SP6071, help, "%s: the pipeline has no parameter `%s`", from, name);
}

void parameters_set(struct parameters *parameters, const char *from, const char *name, const char *text)
{
	struct parameter *parameter = find(parameters, name);
	if (!parameter) {
		report_unknown(parameters, from, name);
		return;
	}
	text = arena_copy(parameters->arena, text, strlen(text));
	parameter->value = text; /* even if it is wrong: the parameter is then not reported as missing */
	const char *wire = wire_text(parameter->type, text);
	const char *help = wire ? find_problem(parameters, parameter, text) : NULL;
	if (!wire)
		report_error(parameters, SP6072, parameter->type->kind == TYPE_BOOLEAN ? "a Boolean must be true or false" : NULL,
		             "%s: `%s` must be %s, not \"%s\"", from, name, type_noun(parameter->type), text);
	else if (help)
		report_error(parameters, SP6072, help, "%s: `%s` cannot be \"%s\"", from, name, text);
	else
		parameter->value = wire;
}

/* --- values of a file --- */

/* cJSON keeps a number as a double, without its digits, so an Integer is exact up to 2^53. */
static void set_from_number(struct parameters *parameters, const char *file, const char *name, const struct parameter *parameter,
                        double number)
{
	const char *text = arena_printf(parameters->arena, "%.15g", number);
	if (strtod(text, NULL) != number)
		text = arena_printf(parameters->arena, "%.17g", number);
	bool is_number = !parameter || parameter->type->kind == TYPE_INTEGER || parameter->type->kind == TYPE_FLOAT;
	if (is_number)
		parameters_set(parameters, file, name, text);
	else
		report_error(parameters, SP6072, NULL, "%s: `%s` must be %s, not a number", file, name, type_noun(parameter->type));
}

static void set_from_item(struct parameters *parameters, const char *file, const cJSON *item)
{
	struct parameter *parameter = find(parameters, item->string);
	bool is_text = !parameter || parameter->type->kind == TYPE_STRING;
	bool is_boolean = !parameter || parameter->type->kind == TYPE_BOOLEAN;
	if (parameter)
		parameter->value = ""; /* even if the value is wrong: the parameter is then not reported as missing */
	if (cJSON_IsNumber(item))
		set_from_number(parameters, file, item->string, parameter, item->valuedouble);
	else if (cJSON_IsString(item) && is_text)
		parameters_set(parameters, file, item->string, item->valuestring);
	else if (cJSON_IsBool(item) && is_boolean)
		parameters_set(parameters, file, item->string, cJSON_IsTrue(item) ? "true" : "false");
	else if (parameter)
		report_error(parameters, SP6072, NULL, "%s: `%s` must be %s, not %s", file, item->string, type_noun(parameter->type),
		             cJSON_IsString(item) ? "a string" : cJSON_IsBool(item) ? "a Boolean" : cJSON_IsNull(item) ? "null"
		             : "a list or object");
	else
		report_unknown(parameters, file, item->string);
}

void parameters_set_json(struct parameters *parameters, const char *file, const char *text, size_t length)
{
	cJSON *json = cJSON_ParseWithLength(text, length);
	const cJSON *item;
	if (cJSON_IsObject(json))
		cJSON_ArrayForEach(item, json)
			set_from_item(parameters, file, item);
	else if (!cJSON_IsArray(json))
		report_error(parameters, SP6073, "it must be a JSON object: { \"Name\": value, ... }",
		             "%s: this is not a parameter file", file);
	else
		cJSON_ArrayForEach(item, json) {
			const char *name = json_text(item, "Name"), *value = json_text(item, "Value");
			if (name && value)
				parameters_set(parameters, file, name, value);
			else
				report_error(parameters, SP6073, "each item must be { \"Name\": \"...\", \"Value\": \"...\" }",
				             "%s: this is not a list of parameters", file);
		}
	cJSON_Delete(json);
}

/* --- all values --- */

void parameters_require(struct parameters *parameters)
{
	const char *missing = NULL, *how = NULL;
	size_t given = 0;
	for (size_t i = 0; i < parameters->items.count; i++) {
		const struct parameter *parameter = &parameters->items.items[i];
		given += parameter->value != NULL;
		if (parameter->value || parameter->has_default)
			continue;
		missing = !missing ? arena_printf(parameters->arena, "`%s`", parameter->name)
		                   : arena_printf(parameters->arena, "%s, `%s`", missing, parameter->name);
		how = arena_printf(parameters->arena, "%s%s-p %s=...", how ? how : "", how ? " " : "give ", parameter->name);
	}
	if (missing)
		report_error(parameters, SP6070, how, "no value for %s, which %s no default", missing,
		             strchr(missing, ',') ? "have" : "has");
	if (given > VALUES_MAX)
		report_error(parameters, SP6072, NULL, "%zu parameters have values, but SageMaker takes at most %d", given, VALUES_MAX);
}

void parameters_write(struct text *out, const struct parameters *parameters)
{
	bool is_first = true;
	text_putc(out, '[');
	for (size_t i = 0; i < parameters->items.count; i++) {
		const struct parameter *parameter = &parameters->items.items[i];
		if (!parameter->value)
			continue;
		text_puts(out, is_first ? "{\"Name\": " : ", {\"Name\": ");
		json_add_string(out, parameter->emitted, strlen(parameter->emitted));
		text_puts(out, ", \"Value\": ");
		json_add_string(out, parameter->value, strlen(parameter->value));
		text_putc(out, '}');
		is_first = false;
	}
	text_putc(out, ']');
}

#include "eval/check/check_parts.h"

#include "base/embedded.h"

struct diag *check_report(const struct slot *slot, enum diag_code code, const struct value *value, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	const char *message = arena_vprintf(slot->program->arena, format, args);
	va_end(args);
	return program_report_value(slot->program, code, value, slot->target, "%s", message);
}

/* Whether the text of a string spells a constant of a type, so that the quotes are superfluous. */
static bool is_quoted_scalar(const char *text, const struct type *type)
{
	if (type->kind == TYPE_BOOLEAN)
		return strcmp(text, "true") == 0 || strcmp(text, "false") == 0;
	size_t digits = strspn(text, "0123456789");
	if (type->kind == TYPE_FLOAT && digits && text[digits] == '.')
		digits += 1 + strspn(text + digits + 1, "0123456789");
	return (type->kind == TYPE_INTEGER || type->kind == TYPE_FLOAT) && digits && !text[digits] && text[digits - 1] != '.';
}

const struct value *check_refuse_deferred(const struct slot *slot, const struct value *value)
{
	struct diag *diag = check_report(slot, SP3003, value, "expected a constant, found %s",
	                                 value_noun(slot->program->arena, value));
	const struct value *root = value_root(value);
	if (root->kind == VALUE_GET && root->access == ACCESS_PARAMETER)
		diag_help(diag, "make `%s` a `config`, which is known at compile time", root->word->text);
	else
		diag_help(diag, "use a constant or a `config`");
	return &value_error;
}

const struct value *check_refuse_structure(const struct slot *slot, const struct value *value)
{
	const struct type *type = value_type(value);
	struct diag *diag = check_report(slot, SP3002, value, "%s is %s, but SageMaker passes on only scalars",
	                                 value_noun(slot->program->arena, value), type_noun(type));
	diag_help(diag, type->kind == TYPE_LIST ? "select one of its elements" : "select one of its members");
	return &value_error;
}

/* Whether a type is a list of structures with two required members, of which one is the key: tags. */
static bool is_list_of_pairs(const struct type *type)
{
	const struct type *pair = type->kind == TYPE_LIST ? type->element : NULL;
	return pair && pair->kind == TYPE_SHAPE && pair->count == 2 && !pair->members[0].is_optional && !pair->members[1].is_optional &&
	       type->by == pair->members[0].name && type_is_scalar(type_of_member(&pair->members[1]));
}

/* Whether an object has as its names what identifies the elements of a list, as `{ train: { ... } }` for channels. */
static bool is_keyed_by_name(const struct type *type, const struct value *object)
{
	return type->kind == TYPE_LIST && type->by && object->count && !type_find_member(type->element, object->fields[0].name);
}

/* The constant fields of an object as pairs of a shape: `[{ Key: "team", Value: "ml" }]`. */
static const char *pairs_text(struct arena *arena, const struct value *object, const struct type *pair)
{
	enum { SHOWN = 4 };
	const char *text = "[";
	for (uint32_t i = 0; i < object->count && i < SHOWN; i++) {
		const struct value *value = object->fields[i].value;
		const char *shown = value_is_constant_scalar(value) ? arena_printf(arena, "\"%s\"", value->kind == VALUE_BOOLEAN ?
		                    value->boolean ? "true" : "false" : value->word->text) : "...";
		text = arena_printf(arena, "%s%s{ %s: \"%s\", %s: %s }", text, i ? ", " : "", pair->members[0].name->text,
		                    object->fields[i].name->text, pair->members[1].name->text, shown);
	}
	return arena_printf(arena, "%s%s]", text, object->count > SHOWN ? ", ..." : "");
}

static const struct value *report_mismatch(const struct slot *slot, const struct value *value, const struct type *type)
{
	struct arena *arena = slot->program->arena;
	const char *wanted = type->name ? arena_printf(arena, "%s (%s)", type_noun(type), type->name->text) : type_noun(type);
	struct diag *diag = check_report(slot, SP3001, value, "expected %s, found %s", wanted, value_noun(arena, value));
	if (type_is_text(type) && (value->kind == VALUE_NUMBER || value->kind == VALUE_BOOLEAN)) {
		struct text text = {0};
		value_print_scalar(&text, value);
		diag_help(diag, "write it as text: \"%s\"", text.bytes);
		if (value->at && (value->at->kind == N_NUMBER || value->at->kind == N_TRUE || value->at->kind == N_FALSE)) {
			diag_edit(diag, node_span(value->at), arena_printf(arena, "\"%s\"", text.bytes));
			diag->is_fix_safe = true;
		}
		text_free(&text);
	} else if (value->kind == VALUE_STEP && value->step->kind) {
		diag_help(diag, "read one of its properties: `%s.NAME`", value->step->name->text);
	} else if (value->kind == VALUE_FILE) {
		diag_help(diag, "read one of its members: `.member`");
	} else if (value->kind == VALUE_CONDITION) {
		diag_help(diag, "SageMaker evaluates comparisons only in conditions: use it after `if`");
	} else if (value->kind == VALUE_OBJECT && value->is_family) {
		diag_help(diag, "select one of its members: `[\"%s\"]`", value->count ? value->fields[0].name->text : "KEY");
	} else if (type_is_scalar(type) && (value->kind == VALUE_OBJECT || value->kind == VALUE_LIST)) {
		diag_help(diag, "use `tojson(...)` for its JSON text");
	} else if (value->kind == VALUE_OBJECT && is_list_of_pairs(type)) {
		diag_help(diag, "write each of them as an element: %s", pairs_text(slot->program->arena, value, type->element));
	} else if (value->kind == VALUE_OBJECT && is_keyed_by_name(type, value)) {
		diag_help(diag, "write a list in which each element has its `%s`: `[{ %s: \"%s\", ... }]`", type->by->text, type->by->text,
		          value->fields[0].name->text);
	} else if (type->kind == TYPE_LIST && (value_is_constant_scalar(value) || value->kind == VALUE_OBJECT)) {
		diag_help(diag, "write a list of one element as `[ ... ]`");
	} else if (type->kind == TYPE_INTEGER && value->kind == VALUE_NUMBER) {
		diag_help(diag, "write a whole number");
	} else if (type->kind == TYPE_SHAPE && type->count) {
		diag_help(diag, "write it as `{ %s: ... }`", type->members[0].name->text);
	} else if (value->kind == VALUE_STRING && is_quoted_scalar(value->word->text, type)) {
		diag_help(diag, "write it without quotes: %s", value->word->text);
		if (value->at && value->at->kind == N_STRING)
			diag_edit(diag, node_span(value->at), value->word->text);
	}
	return &value_error;
}

const struct value *check_any(const struct slot *slot, const struct value *value)
{
	if (slot->is_constant && value_is_deferred(value))
		return check_refuse_deferred(slot, value);
	if (value->kind == VALUE_LIST) {
		struct value *list = check_copy(slot, value);
		list->items = arena_array(slot->program->arena, const struct value *, value->count + 1);
		for (uint32_t i = 0; i < value->count; i++)
			list->items[i] = check_any(slot, value->items[i]);
		return list;
	}
	if (value->kind == VALUE_OBJECT) {
		struct value *object = check_copy(slot, value);
		struct field *fields = arena_array(slot->program->arena, struct field, value->count + 1);
		for (uint32_t i = 0; i < value->count; i++) {
			fields[i] = value->fields[i];
			fields[i].value = check_any(slot, fields[i].value);
		}
		object->fields = fields;
		return object;
	}
	if (value->kind > VALUE_JOIN)
		return report_mismatch(slot, value, type_primitive(TYPE_SCALAR));
	if (value->kind == VALUE_GET && !type_is_scalar(value->type))
		return check_refuse_structure(slot, value);
	return value;
}

const struct value *check_pass(const struct slot *slot, const struct value *value, const char *what, ...)
{
	va_list args;
	va_start(args, what);
	const char *message = arena_vprintf(slot->program->arena, what, args);
	va_end(args);
	struct slot plain = *slot;
	plain.is_constant = false;
	const struct value *passed = check_any(&plain, value);
	if (passed->kind == VALUE_ERROR)
		return passed;
	struct diag *diag = check_report(slot, SP3035, value, "%s", message);
	diag_label(diag, "it is passed on as written");
	diag_help(diag, "the library is made of %s", embedded_origins);
	return passed;
}

/* Whether a quoted value is an expression of the definition, `{ "Get": ... }` or `{ "Std:...": ... }`, whose result has any type. */
static bool is_raw_expression(const struct value *value)
{
	const char *name = value->kind == VALUE_OBJECT && value->count == 1 ? value->fields[0].name->text : "";
	return strcmp(name, "Get") == 0 || strncmp(name, "Std:", 4) == 0;
}

const struct value *check_mismatch(const struct slot *slot, const struct value *value, const struct type *type)
{
	struct arena *arena = slot->program->arena;
	if (slot->is_quoted && is_raw_expression(value))
		return check_any(slot, value);
	if (!slot->is_quoted || value->kind > VALUE_JOIN)
		return report_mismatch(slot, value, type);
	return check_pass(slot, value, "the library knows %s here, not %s", type_noun(type), value_noun(arena, value));
}

struct value *check_copy(const struct slot *slot, const struct value *value)
{
	struct value *copy = arena_new(slot->program->arena, struct value);
	*copy = *value;
	copy->height = copy->weight = 0; /* its parts may grow */
	return copy;
}

bool check_is_left_out(const struct value *value, const struct type *type)
{
	return value->kind == VALUE_NULL && !type->is_nullable && type->kind != TYPE_ANY;
}

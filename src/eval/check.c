#include "eval/check.h"

#include "base/suggest.h"
#include "base/utf8.h"
#include "eval/check_members.h"
#include "eval/eval.h"

#include <ctype.h>
#include <errno.h>
#include <math.h>
#include <stdlib.h>

struct diag *check_report(const struct slot *place, enum diag_code code, const struct value *value, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	const char *message = arena_vprintf(place->program->arena, format, args);
	va_end(args);
	return program_report_value(place->program, code, value, place->target, "%s", message);
}

/* Whether text is what a constant of the type looks like, but for its quotes. */
static bool is_quoted_scalar(const char *text, const struct type *type)
{
	if (type->kind == TYPE_BOOLEAN)
		return strcmp(text, "true") == 0 || strcmp(text, "false") == 0;
	size_t digits = strspn(text, "0123456789");
	if (type->kind == TYPE_FLOAT && digits && text[digits] == '.')
		digits += 1 + strspn(text + digits + 1, "0123456789");
	return (type->kind == TYPE_INTEGER || type->kind == TYPE_FLOAT) && digits && !text[digits] && text[digits - 1] != '.';
}

const struct value *check_mismatch(const struct slot *place, const struct value *value, const struct type *type)
{
	struct arena *arena = place->program->arena;
	const char *wanted = type->name ? arena_printf(arena, "%s (%s)", type_noun(type), type->name->text) : type_noun(type);
	struct diag *diag = check_report(place, SP3001, value, "expected %s, found %s", wanted, value_noun(arena, value));
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
		diag_help(diag, "look into it: `.member`");
	} else if (value->kind == VALUE_CONDITION) {
		diag_help(diag, "SageMaker compares only in conditions: use it after `if`");
	} else if (value->kind == VALUE_OBJECT && value->is_family) {
		diag_help(diag, "name one of its members: `[\"%s\"]`", value->count ? value->fields[0].name->text : "KEY");
	} else if (type_is_scalar(type) && (value->kind == VALUE_OBJECT || value->kind == VALUE_LIST)) {
		diag_help(diag, "`tojson(...)` gives its JSON text");
	} else if (type->kind == TYPE_LIST && (value_is_constant_scalar(value) || value->kind == VALUE_OBJECT)) {
		diag_help(diag, "a list of one element is written `[ ... ]`");
	} else if (type->kind == TYPE_INTEGER && value->kind == VALUE_NUMBER) {
		diag_help(diag, "write a whole number");
	} else if (type->kind == TYPE_SHAPE && type->count) {
		diag_help(diag, "it is written `{ %s: ... }`", type->members[0].name->text);
	} else if (value->kind == VALUE_STRING && is_quoted_scalar(value->word->text, type)) {
		diag_help(diag, "write it without quotes: %s", value->word->text);
		if (value->at && value->at->kind == N_STRING)
			diag_edit(diag, node_span(value->at), value->word->text);
	}
	return &value_error;
}

struct value *check_copy(const struct slot *place, const struct value *value)
{
	struct value *copy = arena_new(place->program->arena, struct value);
	*copy = *value;
	copy->height = copy->weight = 0; /* what becomes of its parts may be more */
	return copy;
}

/* The one-element Join by which the service makes text of a scalar (definition format, 2.6). */
static const struct value *cast_to_text(const struct slot *place, const struct value *value)
{
	struct value *join = check_copy(place, value);
	*join = (struct value){.kind = VALUE_JOIN, .is_interpolated = true, .at = value->at, .frame = value->frame, .count = 1};
	join->word = names_intern(&place->program->world->names, "", 0);
	join->items = arena_array(place->program->arena, const struct value *, 1);
	join->items[0] = value;
	return join;
}

static const char *source_name(const struct value *value)
{
	const struct value *root = value_root(value);
	return root->kind == VALUE_GET ? root->word->text : NULL;
}

static const struct value *refuse_literal(const struct slot *place, const struct value *value)
{
	struct diag *diag = check_report(place, SP3003, value, "only a constant may stand here, not %s",
	                           value_noun(place->program->arena, value));
	const struct value *root = value_root(value);
	if (root->kind == VALUE_GET && root->access == ACCESS_PARAMETER)
		diag_help(diag, "make `%s` a `config`, fixed when compiling", root->word->text);
	else
		diag_help(diag, "use a constant or a `config`");
	return &value_error;
}

/* A Join of constants is text where text must be constant. */
static const struct value *fold_join(const struct slot *place, const struct value *join)
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
	struct value *folded = check_copy(place, join);
	folded->kind = VALUE_STRING;
	folded->items = NULL;
	folded->word = names_intern(&place->program->world->names, text_string(&text), text.length);
	text_free(&text);
	return folded;
}

/* Whether a deferred scalar of type `has` may stand where `wants` is: the service refuses other assignments
 * when the pipeline is created (definition format, 2.8). */
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

/* What a parameter may be at run time, as far as the program says it, must be right in every place that the
 * parameter reaches. */
static void check_reach(const struct slot *place, const struct value *value, const struct type *type)
{
	if (value->kind != VALUE_GET || value->access != ACCESS_PARAMETER)
		return;
	const struct symbol *symbol = place->program->symbols.items[value->symbol_index];
	struct slot reached = *place;
	reached.target = value->at;
	/* "" stands for "not given" in pipelines with optional parameters: what it does is known only at run time */
	bool is_empty = symbol->initial && symbol->initial->kind == VALUE_STRING && !symbol->initial->word->length;
	bool is_good = !symbol->initial || is_empty || check_place(&reached, symbol->initial, type)->kind != VALUE_ERROR;
	uint32_t count = symbol->allowed ? symbol->allowed->count : 0;
	struct eval eval = {.program = place->program};
	if (!eval_spend(&eval, value->at, count / EVAL_LOOKS_OF_WORK))
		return;
	for (uint32_t i = 0; i < count && is_good; i++) /* one that does not fit is enough */
		is_good = check_place(&reached, symbol->allowed->items[i], type)->kind != VALUE_ERROR;
}

/* Of a Join the beginning may be known: it must be one that the pattern allows. */
static bool starts_right(const struct slot *place, const struct value *join, const struct type *type)
{
	if (!type->pattern || !join->count || !value_is_constant_scalar(join->items[0]))
		return true;
	struct text start = {0};
	value_print_scalar(&start, join->items[0]);
	if (join->count > 1)
		text_puts(&start, join->word->text);
	bool is_right = pattern_accepts_prefix(place->program->arena, &place->program->patterns, type->pattern, start.bytes, start.length);
	if (!is_right) {
		struct diag *diag = check_report(place, SP3026, join, "no %s begins with \"%s\"", type->name ? type->name->text : "valid text",
		                           start.bytes);
		diag_help(diag, "it must match %s", type->pattern->text);
	}
	text_free(&start);
	return is_right;
}

static const struct value *check_deferred(const struct slot *place, const struct value *value, const struct type *type)
{
	struct arena *arena = place->program->arena;
	const struct type *has = value_type(value);
	if (value->kind == VALUE_CONDITION)
		return check_mismatch(place, value, type);
	if ((value->kind == VALUE_GET || value->kind == VALUE_JSON) && !type_is_scalar(has)) {
		struct diag *diag = check_report(place, SP3002, value, "%s is %s: SageMaker passes on only scalars",
		                           value_noun(arena, value), type_noun(has));
		diag_help(diag, has->kind == TYPE_LIST ? "name one of its elements" : "name one of its members");
		return &value_error;
	}
	if (!type_is_scalar(type)) {
		struct diag *diag = check_report(place, SP3002, value, "a whole %s cannot come from %s", type_noun(type) + 2,
		                           value_noun(arena, value));
		diag_help(diag, "SageMaker takes values at run time only in the place of a scalar: write the %s out", type_noun(type) + 2);
		return &value_error;
	}
	if (type->is_literal || place->is_constant) {
		const struct value *folded = value->kind == VALUE_JOIN ? fold_join(place, value) : NULL;
		return folded ? check_value(place->program, folded, type, place->target) : refuse_literal(place, value);
	}
	/* whatever shape a JSON file is said to have, the service does not know it */
	bool is_unknown = value->kind == VALUE_JSON || has->kind == TYPE_SCALAR || has->kind == TYPE_ANY;
	bool is_text_already = type_is_text(has) && value->kind != VALUE_JSON;
	if (type_is_text(type) && !is_text_already && (place->is_text_element || (is_unknown && is_assignable(has, type))))
		return cast_to_text(place, value);
	if (is_assignable(has, type)) {
		if (value->kind == VALUE_JOIN && !starts_right(place, value, type))
			return &value_error;
		check_reach(place, value, type);
		return value;
	}
	struct diag *diag = check_report(place, SP3001, value, "expected %s, found %s, which is %s", type_noun(type),
	                           value_noun(arena, value), type_noun(has));
	if (type_is_text(type) && source_name(value))
		diag_help(diag, "make text of it: \"${%s}\"", source_name(value));
	else if (type_is_text(type))
		diag_help(diag, "make text of it by interpolation: \"${...}\"");
	return &value_error;
}

static const struct value *check_enum(const struct slot *place, const struct value *value, const struct type *type)
{
	if (value->kind != VALUE_STRING)
		return check_mismatch(place, value, type);
	for (uint32_t i = 0; i < type->count; i++)
		if (type->values[i] == value->word)
			return value;
	struct suggest suggest;
	suggest_init(&suggest, value->word->text);
	for (uint32_t i = 0; i < type->count; i++)
		suggest_offer(&suggest, type->values[i]->text);
	const char *near = suggest_result(&suggest);
	struct diag *diag = check_report(place, type->is_open ? SP3021 : SP3020, value, "\"%s\" is not %s%s%s", value->word->text,
	                           type->is_open ? "a known value" : "a value", type->name ? " of " : "",
	                           type->name ? type->name->text : "");
	if (near) {
		diag_help(diag, "a similar value exists: \"%s\"", near);
		if (value->at && value->at->kind == N_STRING)
			diag_edit(diag, node_span(value->at), arena_printf(place->program->arena, "\"%s\"", near));
	} else if (type->count <= 12) {
		struct text all = {0};
		for (uint32_t i = 0; i < type->count; i++)
			text_printf(&all, "%s\"%s\"", i ? ", " : "", type->values[i]->text);
		diag_help(diag, "it is one of %s", text_string(&all));
		text_free(&all);
	} else if (type->is_open) {
		diag_label(diag, "it passes on unchecked");
	}
	return type->is_open ? value : &value_error;
}

static const char *bounds(struct arena *arena, const struct type *type)
{
	if (type->has_min && type->has_max)
		return type->min == type->max ? arena_printf(arena, "exactly %.15g", type->min)
		                              : arena_printf(arena, "from %.15g to %.15g", type->min, type->max);
	return type->has_min ? arena_printf(arena, "at least %.15g", type->min) : arena_printf(arena, "at most %.15g", type->max);
}

/* Lengths, ranges and sizes: one rule with three units. */
static bool is_within(const struct slot *place, const struct value *value, const struct type *type, double measure)
{
	if ((!type->has_min || measure >= type->min) && (!type->has_max || measure <= type->max))
		return true;
	struct arena *arena = place->program->arena;
	if (value->kind == VALUE_STRING)
		check_report(place, SP3022, value, "this text has %.0f character%s: %s allowed", measure, measure == 1 ? "" : "s",
		       bounds(arena, type));
	else if (value->kind == VALUE_NUMBER)
		check_report(place, SP3022, value, "%s is out of range: %s allowed", value->word->text, bounds(arena, type));
	else
		check_report(place, SP3022, value, "this %s has %.0f element%s: %s allowed", value->kind == VALUE_LIST ? "list" : "map",
		       measure, measure == 1 ? "" : "s", bounds(arena, type));
	return false;
}

/* Whether a text looks like the path of a file: "code/train.py". */
static bool is_relative_path(const char *text)
{
	const char *name = strrchr(text, '/'), *dot = strrchr(name ? name : text, '.');
	return *text != '/' && !strstr(text, "://") && dot && isalnum((unsigned char)dot[1]);
}

/* An inline pattern has no name: then the member that has it says what was wanted. */
static const struct value *report_pattern(const struct slot *place, const struct value *value, const struct type *type)
{
	const struct word *field = place->target && place->target->kind == N_FIELD ? place->target->word : NULL;
	const struct word *name = type->name ? type->name : field;
	struct diag *diag = check_report(place, SP3026, value, "\"%s\" is not %s%s", value->word->text, name ? "a valid " : "valid here",
	                           name ? name->text : "");
	if (strstr(type->pattern->text, "s3)://") && is_relative_path(value->word->text))
		diag_help(diag, "the URI of a file of the project is file(\"%s\")", value->word->text);
	else
		diag_help(diag, "it must match %s", type->pattern->text);
	return &value_error;
}

static const struct value *check_text(const struct slot *place, const struct value *value, const struct type *type)
{
	if (value->kind != VALUE_STRING && place->is_text_element && value_is_constant_scalar(value)) {
		struct value *text = check_copy(place, value);
		if (value->kind == VALUE_BOOLEAN)
			text->word = names_word(&place->program->world->names, value->boolean ? "true" : "false");
		text->kind = VALUE_STRING;
		value = text;
	}
	if (value->kind != VALUE_STRING)
		return check_mismatch(place, value, type);
	if (type->pattern && !pattern_matches(place->program->arena, &place->program->patterns, type->pattern, value->word))
		return report_pattern(place, value, type);
	return is_within(place, value, type, (double)utf8_count(value->word->text, value->word->length)) ? value : &value_error;
}

static const struct value *check_number(const struct slot *place, const struct value *value, const struct type *type)
{
	if (value->kind != VALUE_NUMBER || (type->kind == TYPE_INTEGER && !value_is_integer(value)))
		return check_mismatch(place, value, type);
	if (!is_within(place, value, type, strtod(value->word->text, NULL)))
		return &value_error;
	if (type->kind == TYPE_FLOAT && !isfinite(strtod(value->word->text, NULL))) {
		check_report(place, SP3022, value, "%s is out of range: it is larger than any Float", value->word->text);
		return &value_error;
	}
	errno = 0;
	if (type->kind == TYPE_INTEGER && (strtoll(value->word->text, NULL, 10), errno == ERANGE)) {
		check_report(place, SP3022, value, "%s is out of range: it does not fit into 64 bits", value->word->text);
		return &value_error;
	}
	if (type->kind == TYPE_FLOAT && value_is_integer(value)) {
		struct value *real = check_copy(place, value);
		real->word = names_word(&place->program->world->names,
		                        arena_printf(place->program->arena, "%s.0", value->word->text));
		return real;
	}
	return value;
}

/* Elements that are addressed by name have one of their own. */
static void check_element_names(const struct slot *place, const struct value *list, const struct word *by)
{
	struct map seen = {0};
	for (uint32_t i = 0; i < list->count && list->count > 1; i++) {
		const struct field *name = value_field(list->items[i], by);
		if (!name || name->value->kind != VALUE_STRING)
			continue;
		const struct field *earlier = map_get(&seen, name->value->word);
		if (!earlier) {
			map_put(place->program->arena, &seen, name->value->word, (void *)name);
			continue;
		}
		struct diag *diag = check_report(place, SP3034, name->value, "two elements have the `%s` \"%s\"", by->text, name->value->word->text);
		if (earlier->value->at)
			diag_related(diag, program_file(place->program, earlier->value->at), node_span(earlier->value->at), "the first is here");
	}
}

static const struct value *check_list(const struct slot *place, const struct value *value, const struct type *type)
{
	if (value->kind != VALUE_LIST)
		return check_mismatch(place, value, type);
	struct eval eval = {.program = place->program, .step = place->step};
	if (value->under && type->by)
		value = eval_merge_named(&eval, value, type->by);
	struct value *list = check_copy(place, value);
	struct slot element = *place;
	element.is_text_element = type->element->kind == TYPE_STRING;
	element.is_constant |= type->is_literal;
	list->items = arena_array(place->program->arena, const struct value *, value->count + 1);
	for (uint32_t i = 0; i < value->count; i++) {
		if (value->items[i]->kind == VALUE_NULL && !type->element->is_nullable && type->element->kind != TYPE_ANY)
			list->items[i] = check_mismatch(&element, value->items[i], type->element);
		else
			list->items[i] = check_place(&element, value->items[i], type->element);
	}
	is_within(place, value, type, value->count);
	if (type->by)
		check_element_names(place, list, type->by);
	return list;
}

bool check_is_left_out(const struct value *value, const struct type *type)
{
	return value->kind == VALUE_NULL && !type->is_nullable && type->kind != TYPE_ANY;
}

static const struct value *check_map(const struct slot *place, const struct value *value, const struct type *type)
{
	if (value->kind != VALUE_OBJECT)
		return check_mismatch(place, value, type);
	struct value *map = check_copy(place, value);
	struct field *fields = arena_array(place->program->arena, struct field, value->count + 1);
	map->count = 0;
	map->type = type;
	for (uint32_t i = 0; i < value->count; i++) {
		struct field field = value->fields[i];
		if (check_is_left_out(field.value, type->element))
			continue;
		struct slot inner = *place;
		inner.is_text_element = type->element->kind == TYPE_STRING;
		inner.is_constant |= type->is_literal;
		inner.target = field.at ? field.at : place->target;
		if (type->key) {
			const struct value key = {.kind = VALUE_STRING, .word = field.name, .at = inner.target, .frame = value->frame};
			check_place(&inner, &key, type->key);
		}
		field.value = check_place(&inner, field.value, type->element);
		fields[map->count++] = field;
	}
	map->fields = fields;
	is_within(place, map, type, map->count);
	return map;
}

/* What nobody describes passes on: only what no definition could hold is refused. */
static const struct value *check_any(const struct slot *place, const struct value *value)
{
	if (place->is_constant && value_is_deferred(value))
		return refuse_literal(place, value);
	if (value->kind == VALUE_LIST) {
		struct value *list = check_copy(place, value);
		list->items = arena_array(place->program->arena, const struct value *, value->count + 1);
		for (uint32_t i = 0; i < value->count; i++)
			list->items[i] = check_any(place, value->items[i]);
		return list;
	}
	if (value->kind == VALUE_OBJECT) {
		struct value *object = check_copy(place, value);
		struct field *fields = arena_array(place->program->arena, struct field, value->count + 1);
		for (uint32_t i = 0; i < value->count; i++) {
			fields[i] = value->fields[i];
			fields[i].value = check_any(place, fields[i].value);
		}
		object->fields = fields;
		return object;
	}
	if (value->kind > VALUE_JOIN)
		return check_mismatch(place, value, type_primitive(TYPE_SCALAR));
	if (value->kind == VALUE_GET && !type_is_scalar(value->type))
		return check_deferred(place, value, type_primitive(TYPE_SCALAR));
	return value;
}

static const char *article_owner(struct arena *arena, const struct type *type)
{
	return type->name ? type->name->text : arena_printf(arena, "this structure");
}

const struct value *check_place(const struct slot *place, const struct value *value, const struct type *type)
{
	program_keep_expected(place->program, value->at, type);
	if (value->kind == VALUE_ERROR || (value->kind == VALUE_NULL && type->is_nullable) || type->is_unknown)
		return value;
	if (type->kind == TYPE_ANY) {
		struct slot inner = *place;
		inner.is_constant |= type->is_literal;
		return check_any(&inner, value);
	}
	if (value->kind > VALUE_CONDITION)
		return check_mismatch(place, value, type);
	if (value_is_deferred(value))
		return check_deferred(place, value, type);
	switch (type->kind) {
	case TYPE_STRING:
		return check_text(place, value, type);
	case TYPE_ENUM:
		return check_enum(place, value, type);
	case TYPE_INTEGER:
	case TYPE_FLOAT:
		return check_number(place, value, type);
	case TYPE_BOOLEAN:
		return value->kind == VALUE_BOOLEAN ? value : check_mismatch(place, value, type);
	case TYPE_LIST:
		return check_list(place, value, type);
	case TYPE_MAP:
		return check_map(place, value, type);
	case TYPE_SHAPE:
		if (value->kind != VALUE_OBJECT)
			return check_mismatch(place, value, type);
		return check_members(place, value, type, article_owner(place->program->arena, type));
	default:
		return value_is_constant_scalar(value) ? value : check_mismatch(place, value, type);
	}
}

const struct value *check_value(struct program *program, const struct value *value, const struct type *type,
                                const struct node *target)
{
	const struct slot place = {.program = program, .target = target};
	struct eval eval = {.program = program};
	return eval_spend(&eval, target, value_weigh(value)) ? check_place(&place, value, type) : &value_error;
}

const struct value *check_shape(struct program *program, const struct value *object, const struct type *shape,
                                const struct node *target, const char *owner, struct step *step)
{
	const struct slot place = {.program = program, .target = target, .step = step};
	struct eval eval = {.program = program, .step = step};
	if (object->kind != VALUE_OBJECT || !eval_spend(&eval, target, value_weigh(object)))
		return &value_error;
	return check_members(&place, object, shape, owner);
}

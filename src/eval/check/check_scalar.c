/* Constants in the place of a scalar: text, numbers, enumerations. */
#include "eval/check/check_parts.h"

#include "base/embedded.h"
#include "base/suggest.h"
#include "base/utf8.h"

#include <ctype.h>
#include <errno.h>
#include <math.h>
#include <stdlib.h>

/* How a value that is newer than the library is written: the name of the field in quotes. */
static const char *quoting_hint(const struct slot *slot)
{
	const struct word *field = slot->target && slot->target->kind == N_FIELD ? slot->target->word : NULL;
	if (!field)
		return "";
	return arena_printf(slot->program->arena, "; one that is newer than %.*s passes if the field is in quotes: \"%s\": ...",
	                    EMBEDDED_BOTOCORE, field->text);
}

const struct value *check_enum(const struct slot *slot, const struct value *value, const struct type *type)
{
	if (value->kind != VALUE_STRING)
		return check_mismatch(slot, value, type);
	for (uint32_t i = 0; i < type->count; i++)
		if (type->values[i] == value->word)
			return value;
	if (slot->is_quoted && !type->is_open)
		return check_pass(slot, value, "\"%s\" is not a value of %s that the library knows", value->word->text,
		                  type->name ? type->name->text : "this field");
	struct suggest suggest;
	suggest_init(&suggest, value->word->text);
	for (uint32_t i = 0; i < type->count; i++)
		suggest_offer(&suggest, type->values[i]->text);
	const char *near = suggest_result(&suggest);
	struct diag *diag = check_report(slot, type->is_open ? SP3021 : SP3020, value, "\"%s\" is not %s%s%s", value->word->text,
	                                 type->is_open ? "a known value" : "a value", type->name ? " of " : "",
	                                 type->name ? type->name->text : "");
	if (near) {
		diag_help(diag, "a similar value exists: \"%s\"", near);
		if (value->at && value->at->kind == N_STRING)
			diag_edit(diag, node_span(value->at), arena_printf(slot->program->arena, "\"%s\"", near));
	} else if (type->count <= 12) {
		struct text all = {0};
		for (uint32_t i = 0; i < type->count; i++)
			text_printf(&all, "%s\"%s\"", i ? ", " : "", type->values[i]->text);
		diag_help(diag, "known values: %s%s", text_string(&all), type->is_open ? "" : quoting_hint(slot));
		if (!type->is_open && slot->target && slot->target->kind == N_FIELD && slot->target->word)
			diag_edit(diag, node_name_span(slot->target),
			          arena_printf(slot->program->arena, "\"%s\"", slot->target->word->text));
		text_free(&all);
	} else if (type->is_open) {
		diag_label(diag, "it is passed on unchecked");
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

bool check_range(const struct slot *slot, const struct value *value, const struct type *type, double measure)
{
	if ((!type->has_min || measure >= type->min) && (!type->has_max || measure <= type->max))
		return true;
	struct arena *arena = slot->program->arena;
	if (slot->is_quoted) {
		check_pass(slot, value, "the library knows another limit here: %s allowed", bounds(arena, type));
		return true;
	}
	if (value->kind == VALUE_STRING)
		check_report(slot, SP3022, value, "this text has %.0f character%s: %s allowed", measure, measure == 1 ? "" : "s",
		             bounds(arena, type));
	else if (value->kind == VALUE_NUMBER)
		check_report(slot, SP3022, value, "%s is out of range: %s allowed", value->word->text, bounds(arena, type));
	else
		check_report(slot, SP3022, value, "this %s has %.0f element%s: %s allowed", value->kind == VALUE_LIST ? "list" : "map",
		             measure, measure == 1 ? "" : "s", bounds(arena, type));
	return false;
}

/* Whether a text looks like the path of a file, such as "code/train.py". */
static bool is_file_path(const char *text)
{
	const char *name = strrchr(text, '/'), *dot = strrchr(name ? name : text, '.');
	return *text != '/' && !strstr(text, "://") && dot && isalnum((unsigned char)dot[1]);
}

/* Reports text that does not match a pattern. The message names the type or, for an inline pattern, the member. */
static const struct value *report_pattern(const struct slot *slot, const struct value *value, const struct type *type)
{
	const struct word *field = slot->target && slot->target->kind == N_FIELD ? slot->target->word : NULL;
	const struct word *name = type->name ? type->name : field;
	if (slot->is_quoted)
		return check_pass(slot, value, "the library knows another pattern here: %s", type->pattern->text);
	struct diag *diag = check_report(slot, SP3026, value, "\"%s\" is not %s%s", value->word->text, name ? "a valid " : "valid here",
	                                 name ? name->text : "");
	if (strstr(type->pattern->text, "s3)://") && is_file_path(value->word->text))
		diag_help(diag, "write file(\"%s\") for the URI of a file of the project", value->word->text);
	else
		diag_help(diag, "it must match %s", type->pattern->text);
	return &value_error;
}

const struct value *check_text(const struct slot *slot, const struct value *value, const struct type *type)
{
	if (value->kind != VALUE_STRING && slot->is_text_element && value_is_constant_scalar(value) && !slot->is_quoted) {
		struct value *text = check_copy(slot, value);
		if (value->kind == VALUE_BOOLEAN)
			text->word = names_word(&slot->program->world->names, value->boolean ? "true" : "false");
		text->kind = VALUE_STRING;
		value = text;
	}
	if (value->kind != VALUE_STRING)
		return check_mismatch(slot, value, type);
	if (type->pattern && !pattern_matches(slot->program->arena, &slot->program->patterns, type->pattern, value->word))
		return report_pattern(slot, value, type);
	return check_range(slot, value, type, (double)utf8_count(value->word->text, value->word->length)) ? value : &value_error;
}

const struct value *check_number(const struct slot *slot, const struct value *value, const struct type *type)
{
	if (value->kind != VALUE_NUMBER || (type->kind == TYPE_INTEGER && !value_is_integer(value)))
		return check_mismatch(slot, value, type);
	if (!check_range(slot, value, type, value_number(value)))
		return &value_error;
	if (type->kind == TYPE_FLOAT && !isfinite(value_number(value))) {
		check_report(slot, SP3022, value, "%s is out of range: it does not fit into a Float", value->word->text);
		return &value_error;
	}
	errno = 0;
	if (type->kind == TYPE_INTEGER && (strtoll(value->word->text, NULL, 10), errno == ERANGE)) {
		check_report(slot, SP3022, value, "%s is out of range: it does not fit into 64 bits", value->word->text);
		return &value_error;
	}
	if (type->kind == TYPE_FLOAT && value_is_integer(value) && !slot->is_quoted) {
		struct value *real = check_copy(slot, value);
		real->word = names_word(&slot->program->world->names,
		                        arena_printf(slot->program->arena, "%s.0", value->word->text));
		return real;
	}
	return value;
}

#include "eval/functions/functions.h"

#include "base/suggest.h"
#include "base/utf8.h"
#include "eval/functions/functions_files.h"
#include "eval/functions/functions_leaves.h"
#include "eval/symbols.h"

#include <math.h>
#include <stdlib.h>

const struct value *functions_wrong_type(struct eval *eval, const struct node *node, const struct value *wrong, const char *wanted)
{
	const struct function *function = functions_find(node_child(node, ROLE_LEFT)->word->text);
	eval_report(eval, SP3004, node, "`%s` takes %s, not %s", function->signature, wanted,
	            value_noun(eval->program->arena, wrong));
	return &value_error;
}

static struct value *new_list(struct eval *eval, const struct node *node, size_t room)
{
	struct value *list = eval_new(eval, VALUE_LIST, node);
	list->items = arena_array(eval->program->arena, const struct value *, room + 1);
	return list;
}

static const struct value *from_text(struct eval *eval, const struct node *node, struct text *text)
{
	const struct value *value = eval_string(eval, node, text_string(text), text->length);
	text_free(text);
	return value;
}

static const struct value *call_len(struct eval *eval, const struct node *node, const struct value **args, size_t count)
{
	(void)count;
	if (args[0]->kind == VALUE_LIST || args[0]->kind == VALUE_OBJECT)
		return eval_integer(eval, node, args[0]->count);
	if (args[0]->kind != VALUE_STRING)
		return functions_wrong_type(eval, node, args[0], "a list, an object or constant text");
	return eval_integer(eval, node, (int64_t)utf8_count(args[0]->word->text, args[0]->word->length));
}

static const struct value *call_keys(struct eval *eval, const struct node *node, const struct value **args, size_t count)
{
	(void)count;
	if (args[0]->kind != VALUE_OBJECT)
		return functions_wrong_type(eval, node, args[0], "an object");
	struct value *list = new_list(eval, node, args[0]->count);
	for (; list->count < args[0]->count; list->count++) {
		const struct word *name = args[0]->fields[list->count].name;
		list->items[list->count] = eval_string(eval, node, name->text, name->length);
	}
	return list;
}

static const struct value *call_values(struct eval *eval, const struct node *node, const struct value **args, size_t count)
{
	(void)count;
	if (args[0]->kind != VALUE_OBJECT)
		return functions_wrong_type(eval, node, args[0], "an object");
	struct value *list = new_list(eval, node, args[0]->count);
	for (; list->count < args[0]->count; list->count++)
		list->items[list->count] = args[0]->fields[list->count].value;
	return list;
}

/* A range longer than this is a mistake, and would end in a pipeline that no quota allows. */
enum { RANGE_MAX = 100000 };

static const struct value *call_range(struct eval *eval, const struct node *node, const struct value **args, size_t count)
{
	int64_t bounds[3] = {0, 0, 1};
	for (size_t i = 0; i < count; i++) {
		if (!value_is_integer(args[i]))
			return functions_wrong_type(eval, node, args[i], "whole numbers");
		bounds[count == 1 ? 1 : i] = strtoll(args[i]->word->text, NULL, 10);
	}
	if (bounds[2] == 0) {
		eval_report(eval, SP3012, node, "a range with step 0 does not end");
		return &value_error;
	}
	double length = ceil(((double)bounds[1] - (double)bounds[0]) / (double)bounds[2]);
	if (length > RANGE_MAX) {
		eval_report(eval, SP3012, node, "this range has %.0f numbers; at most %d are allowed", length, RANGE_MAX);
		return &value_error;
	}
	struct value *list = new_list(eval, node, length > 0 ? (size_t)length : 0);
	for (int64_t i = 0; i < (int64_t)length; i++)
		list->items[list->count++] = eval_integer(eval, node, (int64_t)((uint64_t)bounds[0] + (uint64_t)i * (uint64_t)bounds[2]));
	return list;
}

static const struct value *change_case(struct eval *eval, const struct node *node, const struct value *text, char first)
{
	if (text->kind != VALUE_STRING)
		return functions_wrong_type(eval, node, text, "text");
	struct text out = {0};
	text_add(&out, text->word->text, text->word->length);
	for (size_t i = 0; i < out.length; i++)
		if (out.bytes[i] >= first && out.bytes[i] < first + 26)
			out.bytes[i] ^= 0x20;
	return from_text(eval, node, &out);
}

static const struct value *call_lower(struct eval *eval, const struct node *node, const struct value **args, size_t count)
{
	(void)count;
	return change_case(eval, node, args[0], 'A');
}

static const struct value *call_upper(struct eval *eval, const struct node *node, const struct value **args, size_t count)
{
	(void)count;
	return change_case(eval, node, args[0], 'a');
}

/* All arguments must be constant text. */
static const struct value *first_not_text(const struct value **args, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (args[i]->kind != VALUE_STRING)
			return args[i];
	return NULL;
}

static const struct value *call_replace(struct eval *eval, const struct node *node, const struct value **args, size_t count)
{
	if (first_not_text(args, count))
		return functions_wrong_type(eval, node, first_not_text(args, count), "text");
	const struct word *old = args[1]->word, *new = args[2]->word;
	if (!old->length)
		return args[0];
	struct text out = {0};
	const char *at = args[0]->word->text;
	for (const char *found; (found = strstr(at, old->text)); at = found + old->length) {
		if (!eval_spend(eval, node, 1 + value_text_weight(new->length)))
			break;
		text_add(&out, at, (size_t)(found - at));
		text_puts(&out, new->text);
	}
	text_puts(&out, at);
	return from_text(eval, node, &out);
}

static const struct value *call_split(struct eval *eval, const struct node *node, const struct value **args, size_t count)
{
	if (first_not_text(args, count))
		return functions_wrong_type(eval, node, first_not_text(args, count), "text");
	const struct word *text = args[0]->word, *separator = args[1]->word;
	VEC(const struct value *) parts = {0};
	const char *at = text->text;
	if (separator->length)
		for (const char *found; (found = strstr(at, separator->text)); at = found + separator->length)
			vec_push(eval->program->arena, &parts, eval_string(eval, node, at, (size_t)(found - at)));
	vec_push(eval->program->arena, &parts, eval_string(eval, node, at, strlen(at)));
	struct value *list = eval_new(eval, VALUE_LIST, node);
	list->items = parts.items;
	list->count = (uint32_t)parts.count;
	return list;
}

static const struct value *call_trim(struct eval *eval, const struct node *node, const struct value **args, size_t count)
{
	(void)count;
	if (args[0]->kind != VALUE_STRING)
		return functions_wrong_type(eval, node, args[0], "text");
	const char *start = args[0]->word->text, *end = start + args[0]->word->length;
	while (start < end && strchr(" \t\r\n", *start))
		start++;
	while (end > start && strchr(" \t\r\n", end[-1]))
		end--;
	return eval_string(eval, node, start, (size_t)(end - start));
}

static const struct value *call_startswith(struct eval *eval, const struct node *node, const struct value **args, size_t count)
{
	if (first_not_text(args, count))
		return functions_wrong_type(eval, node, first_not_text(args, count), "text");
	const struct word *text = args[0]->word, *part = args[1]->word;
	return eval_boolean(eval, node, strncmp(text->text, part->text, part->length) == 0);
}

static const struct value *call_endswith(struct eval *eval, const struct node *node, const struct value **args, size_t count)
{
	if (first_not_text(args, count))
		return functions_wrong_type(eval, node, first_not_text(args, count), "text");
	const struct word *text = args[0]->word, *part = args[1]->word;
	return eval_boolean(eval, node, text->length >= part->length &&
	                                        strcmp(text->text + text->length - part->length, part->text) == 0);
}

static const struct value *call_matches(struct eval *eval, const struct node *node, const struct value **args, size_t count)
{
	struct program *program = eval->program;
	if (first_not_text(args, count))
		return functions_wrong_type(eval, node, first_not_text(args, count), "text and a pattern");
	if (pattern_is_valid(program->arena, &program->patterns, args[1]->word))
		return eval_boolean(eval, node, pattern_matches(program->arena, &program->patterns, args[1]->word, args[0]->word));
	program_report_value(program, SP3012, args[1], node, "\"%s\" is no regular expression", args[1]->word->text);
	return &value_error;
}

static const struct value *call_contains(struct eval *eval, const struct node *node, const struct value **args, size_t count)
{
	const struct value *whole = args[0], *part = args[1];
	if (whole->kind == VALUE_LIST) {
		for (uint32_t i = 0; i < whole->count; i++)
			if (value_equal(whole->items[i], part))
				return eval_boolean(eval, node, true);
		return eval_boolean(eval, node, false);
	}
	if (whole->kind == VALUE_OBJECT && part->kind == VALUE_STRING)
		return eval_boolean(eval, node, value_field(whole, part->word) != NULL);
	if (first_not_text(args, count))
		return functions_wrong_type(eval, node, first_not_text(args, count), "text, a list or an object, and what to look for");
	return eval_boolean(eval, node, strstr(whole->word->text, part->word->text) != NULL);
}

static const struct value *call_basename(struct eval *eval, const struct node *node, const struct value **args, size_t count)
{
	(void)count;
	if (args[0]->kind != VALUE_STRING)
		return functions_wrong_type(eval, node, args[0], "text");
	const char *slash = strrchr(args[0]->word->text, '/');
	const char *base = slash ? slash + 1 : args[0]->word->text;
	return eval_string(eval, node, base, strlen(base));
}

static const struct value *call_dirname(struct eval *eval, const struct node *node, const struct value **args, size_t count)
{
	(void)count;
	if (args[0]->kind != VALUE_STRING)
		return functions_wrong_type(eval, node, args[0], "text");
	const char *text = args[0]->word->text, *slash = strrchr(text, '/');
	return eval_string(eval, node, slash ? text : ".", slash ? (size_t)(slash - text) : 1);
}

/* min and max take numbers one by one or as a list. */
static const struct value *extreme(struct eval *eval, const struct node *node, const struct value **args, size_t count, int sign)
{
	if (count == 1 && args[0]->kind == VALUE_LIST) {
		count = args[0]->count;
		args = args[0]->items;
	}
	const struct value *best = NULL;
	for (size_t i = 0; i < count; i++) {
		if (args[i]->kind != VALUE_NUMBER)
			return functions_wrong_type(eval, node, args[i], "constant numbers");
		double difference = best ? strtod(args[i]->word->text, NULL) - strtod(best->word->text, NULL) : 0;
		if (!best || difference * sign > 0)
			best = args[i];
	}
	if (best)
		return best;
	eval_report(eval, SP3012, node, "an empty list has no smallest or largest number");
	return &value_error;
}

static const struct value *call_min(struct eval *eval, const struct node *node, const struct value **args, size_t count)
{
	return extreme(eval, node, args, count, -1);
}

static const struct value *call_max(struct eval *eval, const struct node *node, const struct value **args, size_t count)
{
	return extreme(eval, node, args, count, 1);
}

static const struct value *call_abs(struct eval *eval, const struct node *node, const struct value **args, size_t count)
{
	(void)count;
	if (args[0]->kind != VALUE_NUMBER)
		return functions_wrong_type(eval, node, args[0], "a number");
	if (args[0]->word->text[0] != '-')
		return args[0];
	struct value *value = eval_new(eval, VALUE_NUMBER, node);
	value->word = names_word(&eval->program->world->names, args[0]->word->text + 1);
	return value;
}

static const struct value *whole(struct eval *eval, const struct node *node, const struct value *value, double (*rounding)(double))
{
	if (value->kind != VALUE_NUMBER)
		return functions_wrong_type(eval, node, value, "a number");
	if (value_is_integer(value))
		return value;
	double rounded = rounding(strtod(value->word->text, NULL));
	if (fabs(rounded) < 9.2e18)
		return eval_integer(eval, node, (int64_t)rounded);
	eval_report(eval, SP3012, node, "the result does not fit into 64 bits");
	return &value_error;
}

static const struct value *call_floor(struct eval *eval, const struct node *node, const struct value **args, size_t count)
{
	(void)count;
	return whole(eval, node, args[0], floor);
}

static const struct value *call_ceil(struct eval *eval, const struct node *node, const struct value **args, size_t count)
{
	(void)count;
	return whole(eval, node, args[0], ceil);
}

static const struct value *call_round(struct eval *eval, const struct node *node, const struct value **args, size_t count)
{
	(void)count;
	return whole(eval, node, args[0], round);
}

static const struct value *call_string(struct eval *eval, const struct node *node, const struct value **args, size_t count)
{
	bool is_scalar = value_is_constant_scalar(args[0]) ||
	                 (value_is_deferred(args[0]) && args[0]->kind != VALUE_CONDITION && type_is_scalar(value_type(args[0])));
	if (!is_scalar)
		return functions_wrong_type(eval, node, args[0], "a scalar");
	return eval_interpolate(eval, node, args, count);
}

/* A number from its text. What the language would spell otherwise (`007`, `1.`) is spelled anew. */
static const struct value *parse_number(struct eval *eval, const struct node *node, const struct value *text)
{
	const char *digits = text->word->text;
	char *end;
	double number = strtod(digits, &end);
	bool is_plain = *digits && strspn(digits, "0123456789+-.eE") == text->word->length && !strchr("+.", *digits);
	if (!is_plain || *end || !isfinite(number)) {
		eval_report(eval, SP3012, node, "\"%s\" is not a number", digits);
		return &value_error;
	}
	return strpbrk(digits, ".eE") || fabs(number) >= 9.2e18 ? eval_float(eval, node, number)
	                                                        : eval_integer(eval, node, strtoll(digits, NULL, 10));
}

/* The number that an argument is or spells, or value_error after a report. */
static const struct value *number_of(struct eval *eval, const struct node *node, const struct value *arg)
{
	if (arg->kind == VALUE_STRING)
		return parse_number(eval, node, arg);
	return arg->kind == VALUE_NUMBER ? arg : functions_wrong_type(eval, node, arg, "a number or its text");
}

static const struct value *call_integer(struct eval *eval, const struct node *node, const struct value **args, size_t count)
{
	const struct value *number = number_of(eval, node, args[0]);
	(void)count;
	if (number->kind == VALUE_ERROR)
		return number;
	double exact = strtod(number->word->text, NULL);
	if (value_is_integer(number) || exact == floor(exact))
		return whole(eval, node, number, floor);
	struct diag *diag = eval_report(eval, SP3012, node, "%s is not a whole number", number->word->text);
	diag_help(diag, "say how: `floor`, `ceil` or `round`");
	return &value_error;
}

static const struct value *call_float(struct eval *eval, const struct node *node, const struct value **args, size_t count)
{
	const struct value *number = number_of(eval, node, args[0]);
	(void)count;
	return number->kind == VALUE_NUMBER && value_is_integer(number)
	       ? eval_float(eval, node, strtod(number->word->text, NULL)) : number;
}

static const struct value *call_known(struct eval *eval, const struct node *node, const struct value **args, size_t count)
{
	(void)count;
	return eval_boolean(eval, node, value_is_constant(args[0]));
}

static const struct value *call_tojson(struct eval *eval, const struct node *node, const struct value **args, size_t count)
{
	(void)count;
	if (!value_is_constant(args[0])) {
		struct diag *diag = eval_report(eval, SP3005, node, "SageMaker cannot make JSON text at run time");
		diag_help(diag, "every part must be constant; text with values in it is put together by interpolation");
		return &value_error;
	}
	struct text out = {0};
	value_print_json(&out, args[0]);
	return from_text(eval, node, &out);
}

static const struct value *call_base64(struct eval *eval, const struct node *node, const struct value **args, size_t count)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	(void)count;
	if (args[0]->kind != VALUE_STRING)
		return functions_wrong_type(eval, node, args[0], "text");
	const unsigned char *bytes = (const unsigned char *)args[0]->word->text;
	size_t length = args[0]->word->length;
	struct text out = {0};
	for (size_t i = 0; i < length; i += 3) {
		uint32_t group = (uint32_t)bytes[i] << 16 | (i + 1 < length ? (uint32_t)bytes[i + 1] << 8 : 0) |
		                 (i + 2 < length ? bytes[i + 2] : 0);
		text_putc(&out, digits[group >> 18]);
		text_putc(&out, digits[group >> 12 & 63]);
		text_putc(&out, i + 1 < length ? digits[group >> 6 & 63] : '=');
		text_putc(&out, i + 2 < length ? digits[group & 63] : '=');
	}
	return from_text(eval, node, &out);
}

static const struct value *call_name(struct eval *eval, const struct node *node, const struct value **args, size_t count)
{
	(void)count;
	if (args[0]->kind != VALUE_STEP)
		return functions_wrong_type(eval, node, args[0], "a step");
	const struct word *name = symbols_name(eval->program, args[0]->step);
	return eval_string(eval, node, name->text, name->length);
}

static const struct value *call_join(struct eval *eval, const struct node *node, const struct value **args, size_t count)
{
	(void)count;
	if (args[0]->kind != VALUE_STRING)
		return functions_wrong_type(eval, node, args[0], "constant text first");
	if (args[1]->kind != VALUE_LIST)
		return functions_wrong_type(eval, node, args[1], "a list second");
	for (uint32_t i = 0; i < args[1]->count; i++) {
		const struct value *item = args[1]->items[i];
		bool is_text = value_is_constant_scalar(item) ||
		               (value_is_deferred(item) && item->kind != VALUE_CONDITION && type_is_scalar(value_type(item)));
		if (item->kind == VALUE_ERROR)
			return &value_error;
		if (!is_text)
			return functions_wrong_type(eval, node, item, "a list of scalars");
	}
	struct value *join = eval_new(eval, VALUE_JOIN, node);
	join->word = args[0]->word;
	join->items = args[1]->items;
	join->count = args[1]->count;
	return join;
}

/* The service takes a Join as S3Uri, and in it only literals, parameters, execution variables and properties
 * (definition format, 2.7). */
static const struct value *call_s3json(struct eval *eval, const struct node *node, const struct value **args, size_t count)
{
	const struct value *uri = args[0];
	(void)count;
	if (!type_is_text(value_type(uri)) || uri->kind == VALUE_JSON)
		return functions_wrong_type(eval, node, uri, "the text of an S3 URI");
	if (uri->kind == VALUE_STRING && strncmp(uri->word->text, "s3://", 5) != 0) {
		eval_report(eval, SP3013, node, "\"%s\" is no S3 URI", uri->word->text);
		return &value_error;
	}
	for (uint32_t i = 0; uri->kind == VALUE_JOIN && i < uri->count; i++) {
		if (uri->items[i]->kind != VALUE_JOIN && uri->items[i]->kind != VALUE_JSON)
			continue;
		struct diag *diag = eval_report(eval, SP3013, node, "the URI of `s3json` cannot hold %s",
		                                value_noun(eval->program->arena, uri->items[i]));
		diag_help(diag, "SageMaker takes constants, parameters, execution variables and properties there");
		return &value_error;
	}
	if (uri->kind != VALUE_JOIN) {
		struct value *join = eval_new(eval, VALUE_JOIN, node);
		join->word = names_intern(&eval->program->world->names, "", 0);
		join->items = arena_array(eval->program->arena, const struct value *, 1);
		join->items[0] = uri;
		join->count = 1;
		uri = join;
	}
	struct value *file = eval_new(eval, VALUE_FILE, node);
	file->uri = uri;
	return file;
}

/* The offset of the first character of a JsonGet path that cannot be right, or -1: members divided by `.`, positions
 * and quoted keys in brackets (definition format, 2.7). */
static int find_bad_path(const char *path)
{
	const char *at = path;
	bool wants_member = true; /* at the start, and after a `.` */
	if (*at == '$' || !*at)
		return 0;
	while (*at) {
		if (*at == '[' && (!wants_member || at == path)) {
			char quote = at[1] == '\'' || at[1] == '"' ? at[1] : 0;
			const char *inside = at + 1 + (quote != 0);
			size_t length = quote ? strcspn(inside, (char[]){quote, 0}) : strspn(inside, "0123456789");
			const char *close = inside + length + (quote != 0);
			if (!length || (quote && inside[length] != quote) || *close != ']')
				return (int)(at - path);
			at = close + 1;
			wants_member = false;
		} else if (*at == '.' && !wants_member) {
			at++;
			wants_member = true;
		} else if (wants_member && !strchr("[].'\"", *at)) {
			at += strcspn(at, "[].'\"");
			wants_member = false;
		} else {
			return (int)(at - path);
		}
	}
	return wants_member ? (int)(at - path) : -1;
}

static const struct value *call_jsonget(struct eval *eval, const struct node *node, const struct value **args, size_t count)
{
	(void)count;
	if (args[0]->kind != VALUE_FILE)
		return functions_wrong_type(eval, node, args[0], "a property file or an `s3json` first");
	if (args[1]->kind != VALUE_STRING) {
		struct diag *diag = eval_report(eval, SP3005, args[1]->at ? args[1]->at : node, "the path of `jsonget` must be constant text, not %s",
		                                value_noun(eval->program->arena, args[1]));
		if (value_is_deferred(args[1]))
			diag_help(diag, "SageMaker takes no expression in a path: use a `config`");
		return &value_error;
	}
	int bad = find_bad_path(args[1]->word->text);
	if (bad >= 0) {
		const char *rest = args[1]->word->text + bad;
		struct diag *diag = eval_report(eval, SP5013, args[1]->at, "this path cannot be right: %s",
		                                !*rest         ? "a member is missing at its end"
		                                : *rest == '$' ? "it starts with a member, without `$`"
		                                               : arena_printf(eval->program->arena, "it breaks at \"%s\"", rest));
		diag_help(diag, "members are divided by `.`, positions and keys stand in brackets: \"metrics.mse['a b'][0]\"");
		return &value_error;
	}
	struct value *json = eval_new(eval, VALUE_JSON, node);
	json->access = ACCESS_TEXT;
	json->parent = args[0];
	json->word = args[1]->word;
	return json;
}

static const struct function functions[] = {
	{"abs", "abs(number)", 1, 1, false, call_abs},
	{"archive", "archive(folder [, without])", 1, 2, true, functions_call_archive},
	{"base64", "base64(text)", 1, 1, false, call_base64},
	{"basename", "basename(path)", 1, 1, false, call_basename},
	{"ceil", "ceil(number)", 1, 1, false, call_ceil},
	{"contains", "contains(whole, part)", 2, 2, false, call_contains},
	{"dirname", "dirname(path)", 1, 1, false, call_dirname},
	{"endswith", "endswith(text, end)", 2, 2, false, call_endswith},
	{"file", "file(path)", 1, 1, true, functions_call_file},
	{"files_in", "files_in(uri)", 1, 1, true, functions_call_files_in},
	{"float", "float(value)", 1, 1, false, call_float},
	{"floor", "floor(number)", 1, 1, false, call_floor},
	{"folder", "folder(folder [, without])", 1, 2, true, functions_call_folder},
	{"image_uri", "image_uri(framework, version, region, instance, ...)", 14, 14, true, functions_call_image_uri},
	{"integer", "integer(value)", 1, 1, false, call_integer},
	{"join", "join(on, list)", 2, 2, true, call_join},
	{"jsonget", "jsonget(file, path)", 2, 2, true, call_jsonget},
	{"keys", "keys(object)", 1, 1, true, call_keys},
	{"known", "known(value)", 1, 1, true, call_known},
	{"leaves", "leaves(value)", 1, 1, true, functions_call_leaves},
	{"len", "len(value)", 1, 1, false, call_len},
	{"lower", "lower(text)", 1, 1, false, call_lower},
	{"matches", "matches(text, pattern)", 2, 2, false, call_matches},
	{"max", "max(number, ...)", 1, 255, false, call_max},
	{"min", "min(number, ...)", 1, 255, false, call_min},
	{"name", "name(step)", 1, 1, true, call_name},
	{"range", "range([from,] to [, step])", 1, 3, false, call_range},
	{"readjson", "readjson(path)", 1, 1, true, functions_call_readjson},
	{"readtext", "readtext(path)", 1, 1, true, functions_call_readtext},
	{"replace", "replace(text, old, new)", 3, 3, false, call_replace},
	{"round", "round(number)", 1, 1, false, call_round},
	{"s3json", "s3json(uri)", 1, 1, true, call_s3json},
	{"sha256", "sha256(text)", 1, 1, false, functions_call_sha256},
	{"split", "split(text, separator)", 2, 2, false, call_split},
	{"startswith", "startswith(text, start)", 2, 2, false, call_startswith},
	{"string", "string(value)", 1, 1, true, call_string},
	{"text_file", "text_file(name, text)", 2, 2, true, functions_call_text_file},
	{"tojson", "tojson(value)", 1, 1, true, call_tojson},
	{"trim", "trim(text)", 1, 1, false, call_trim},
	{"typeof", "typeof(value)", 1, 1, true, functions_call_typeof},
	{"upper", "upper(text)", 1, 1, false, call_upper},
	{"values", "values(object)", 1, 1, true, call_values},
	{"zip", "zip(folder [, without])", 1, 2, true, functions_call_zip},
};

enum { FUNCTION_COUNT = sizeof functions / sizeof *functions };

static int compare_name(const void *name, const void *function)
{
	return strcmp(name, ((const struct function *)function)->name);
}

const struct function *functions_find(const char *name)
{
	return bsearch(name, functions, FUNCTION_COUNT, sizeof *functions, compare_name);
}

const struct function *functions_at(size_t index)
{
	return index < FUNCTION_COUNT ? &functions[index] : NULL;
}

const struct value *functions_call(struct eval *eval, const struct node *node, const struct function *function,
                                  const struct value **args, size_t count)
{
	if (count < function->min || count > function->max) {
		eval_report(eval, SP2008, node, "`%s` takes %d argument%s, not %zu", function->signature,
		            count < function->min ? function->min : function->max,
		            (count < function->min ? function->min : function->max) == 1 ? "" : "s", count);
		return &value_error;
	}
	for (size_t i = 0; i < count; i++) {
		if (args[i]->kind == VALUE_ERROR || !eval_spend(eval, node, value_weigh(args[i]) / EVAL_LOOKS_OF_WORK))
			return &value_error;
		if (!function->takes_deferred && value_is_deferred(args[i])) {
			struct diag *diag = eval_report(eval, SP3005, node, "SageMaker cannot compute `%s` at run time: %s is known only then",
			                                function->name, value_noun(eval->program->arena, args[i]));
			diag_help(diag, "compute it in a Lambda step, or make the value a `config`");
			return &value_error;
		}
	}
	return function->call(eval, node, args, count);
}

void functions_suggest(struct suggest *suggest)
{
	for (size_t i = 0; i < FUNCTION_COUNT; i++)
		suggest_offer(suggest, functions[i].name);
}

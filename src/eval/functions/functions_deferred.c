/* Functions whose results may be deferred to the run: text, and parts of JSON files. */
#include "eval/functions/functions_parts.h"

#include "eval/symbols.h"

const struct value *functions_call_string(const struct function_call *call)
{
	if (!value_is_scalar(call->args[0]))
		return functions_wrong_type(call, call->args[0], "a scalar");
	return eval_interpolate(call->eval, call->node, call->args, call->count);
}

const struct value *functions_call_join(const struct function_call *call)
{
	const struct value *on = call->args[0], *list = call->args[1];
	if (on->kind != VALUE_STRING)
		return functions_wrong_type(call, on, "constant text as its first argument");
	if (list->kind != VALUE_LIST)
		return functions_wrong_type(call, list, "a list as its second argument");
	for (uint32_t i = 0; i < list->count; i++) {
		if (list->items[i]->kind == VALUE_ERROR)
			return &value_error;
		if (!value_is_scalar(list->items[i]))
			return functions_wrong_type(call, list->items[i], "a list of scalars");
	}
	struct value *join = eval_new(call->eval, VALUE_JOIN, call->node);
	join->word = on->word;
	join->items = list->items;
	join->count = list->count;
	return join;
}

const struct value *functions_call_name(const struct function_call *call)
{
	if (call->args[0]->kind != VALUE_STEP)
		return functions_wrong_type(call, call->args[0], "a step");
	const struct word *name = symbols_step_name(call->eval->program, call->args[0]->step);
	return functions_string(call, name->text, name->length);
}

/* The S3Uri of an s3json is a Join. SageMaker takes only constants, parameters, execution variables and properties in it. */
const struct value *functions_call_s3json(const struct function_call *call)
{
	struct program *program = call->eval->program;
	const struct value *uri = call->args[0];
	if (!type_is_text(value_type(uri)) || uri->kind == VALUE_JSON)
		return functions_wrong_type(call, uri, "an S3 URI as text");
	if (uri->kind == VALUE_STRING && strncmp(uri->word->text, "s3://", 5) != 0) {
		eval_report(call->eval, SP3013, call->node, "\"%s\" is not an S3 URI", uri->word->text);
		return &value_error;
	}
	for (uint32_t i = 0; uri->kind == VALUE_JOIN && i < uri->count; i++) {
		if (uri->items[i]->kind != VALUE_JOIN && uri->items[i]->kind != VALUE_JSON)
			continue;
		struct diag *diag = eval_report(call->eval, SP3013, call->node, "the URI of `s3json` cannot contain %s",
		                                value_noun(program->arena, uri->items[i]));
		diag_help(diag, "it can contain constants, parameters, execution variables and properties");
		return &value_error;
	}
	if (uri->kind != VALUE_JOIN) {
		struct value *join = eval_new(call->eval, VALUE_JOIN, call->node);
		join->word = names_intern(&program->world->names, "", 0);
		join->items = arena_array(program->arena, const struct value *, 1);
		join->items[0] = uri;
		join->count = 1;
		uri = join;
	}
	struct value *file = eval_new(call->eval, VALUE_FILE, call->node);
	file->uri = uri;
	return file;
}

/* The offset of the first wrong character in a JsonGet path, or -1. A path consists of members separated by `.`, and of positions
 * and quoted keys in brackets. */
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

const struct value *functions_call_jsonget(const struct function_call *call)
{
	struct arena *arena = call->eval->program->arena;
	const struct value *file = call->args[0], *path = call->args[1];
	if (file->kind != VALUE_FILE)
		return functions_wrong_type(call, file, "a property file or an `s3json` as its first argument");
	if (path->kind != VALUE_STRING) {
		struct diag *diag = eval_report(call->eval, SP3005, path->at ? path->at : call->node,
		                                "the path of `jsonget` must be constant text, not %s", value_noun(arena, path));
		if (value_is_deferred(path))
			diag_help(diag, "SageMaker takes no expression in a path: use a `config`");
		return &value_error;
	}
	int bad = find_bad_path(path->word->text);
	if (bad >= 0) {
		const char *rest = path->word->text + bad;
		struct diag *diag = eval_report(call->eval, SP5013, path->at, "invalid JSON path: %s",
		                                !*rest         ? "a member is missing at the end"
		                                : *rest == '$' ? "it must start with a member, not with `$`"
		                                               : arena_printf(arena, "unexpected \"%s\"", rest));
		diag_help(diag, "separate members with `.`, and write positions and keys in brackets: \"metrics.mse['a b'][0]\"");
		return &value_error;
	}
	struct value *json = eval_new(call->eval, VALUE_JSON, call->node);
	json->access = ACCESS_TEXT;
	json->parent = file;
	json->word = path->word;
	return json;
}

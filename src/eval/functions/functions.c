#include "eval/functions/functions.h"

#include "base/suggest.h"
#include "eval/functions/functions_parts.h"

#include <stdlib.h>

static const struct function functions[] = {
	{"abs", "abs(number)", 1, 1, false, functions_call_abs},
	{"archive", "archive(folder [, without])", 1, 2, true, functions_call_archive},
	{"base64", "base64(text)", 1, 1, false, functions_call_base64},
	{"basename", "basename(path)", 1, 1, false, functions_call_basename},
	{"ceil", "ceil(number)", 1, 1, false, functions_call_ceil},
	{"check_file", "check_file(source, name [, function [, written]])", 2, 4, true, functions_call_check_file},
	{"contains", "contains(whole, part)", 2, 2, false, functions_call_contains},
	{"dirname", "dirname(path)", 1, 1, false, functions_call_dirname},
	{"endswith", "endswith(text, end)", 2, 2, false, functions_call_endswith},
	{"file", "file(path)", 1, 1, true, functions_call_file},
	{"files_in", "files_in(uri)", 1, 1, true, functions_call_files_in},
	{"float", "float(value)", 1, 1, false, functions_call_float},
	{"floor", "floor(number)", 1, 1, false, functions_call_floor},
	{"folder", "folder(folder [, without])", 1, 2, true, functions_call_folder},
	{"image_uri", "image_uri(framework, version, region, instance, ...)", 15, 15, true, functions_call_image_uri},
	{"integer", "integer(value)", 1, 1, false, functions_call_integer},
	{"join", "join(on, list)", 2, 2, true, functions_call_join},
	{"jsonget", "jsonget(file, path)", 2, 2, true, functions_call_jsonget},
	{"keys", "keys(object)", 1, 1, true, functions_call_keys},
	{"known", "known(value)", 1, 1, true, functions_call_known},
	{"leaves", "leaves(value)", 1, 1, true, functions_call_leaves},
	{"len", "len(value)", 1, 1, false, functions_call_len},
	{"lower", "lower(text)", 1, 1, false, functions_call_lower},
	{"matches", "matches(text, pattern)", 2, 2, false, functions_call_matches},
	{"max", "max(number, ...)", 1, 255, false, functions_call_max},
	{"min", "min(number, ...)", 1, 255, false, functions_call_min},
	{"name", "name(step)", 1, 1, true, functions_call_name},
	{"policy_texts", "policy_texts(value)", 1, 1, true, functions_call_policy_texts},
	{"product", "product(number, ...)", 1, 255, false, functions_call_product},
	{"range", "range([from,] to [, step])", 1, 3, false, functions_call_range},
	{"readjson", "readjson(path)", 1, 1, true, functions_call_readjson},
	{"readtext", "readtext(path)", 1, 1, true, functions_call_readtext},
	{"replace", "replace(text, old, new)", 3, 3, false, functions_call_replace},
	{"round", "round(number)", 1, 1, false, functions_call_round},
	{"s3json", "s3json(uri)", 1, 1, true, functions_call_s3json},
	{"sha256", "sha256(text)", 1, 1, false, functions_call_sha256},
	{"split", "split(text, separator)", 2, 2, false, functions_call_split},
	{"startswith", "startswith(text, start)", 2, 2, false, functions_call_startswith},
	{"string", "string(value)", 1, 1, true, functions_call_string},
	{"text_file", "text_file(name, text)", 2, 2, true, functions_call_text_file},
	{"tojson", "tojson(value)", 1, 1, true, functions_call_tojson},
	{"trim", "trim(text)", 1, 1, false, functions_call_trim},
	{"typeof", "typeof(value)", 1, 1, true, functions_call_typeof},
	{"upper", "upper(text)", 1, 1, false, functions_call_upper},
	{"values", "values(object)", 1, 1, true, functions_call_values},
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
			struct diag *diag = eval_report(eval, SP3005, node,
			                                "SageMaker cannot compute `%s` at run time: %s is known only then", function->name,
			                                value_noun(eval->program->arena, args[i]));
			diag_help(diag, "compute it in a Lambda step, or make the value a `config`");
			return &value_error;
		}
	}
	const struct function_call call = {eval, node, function, args, count};
	return function->call(&call);
}

void functions_suggest(struct suggest *suggest)
{
	for (size_t i = 0; i < FUNCTION_COUNT; i++)
		suggest_offer(suggest, functions[i].name);
}

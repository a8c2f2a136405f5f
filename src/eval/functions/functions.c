#include "eval/functions/functions.h"

#include "base/suggest.h"
#include "eval/functions/functions_parts.h"

#include <stdlib.h>

static const struct function functions[] = {
	{"abs", "abs(number)", 1, 1, false, functions_call_abs, "abs(-2.5)"},
	{"archive", "archive(folder [, without])", 1, 2, true, functions_call_archive, "archive(\"code\")"},
	{"base64", "base64(text)", 1, 1, false, functions_call_base64, "base64(\"hi\")"},
	{"basename", "basename(path)", 1, 1, false, functions_call_basename, "basename(\"code/train.py\")"},
	{"ceil", "ceil(number)", 1, 1, false, functions_call_ceil, "ceil(1.2)"},
	{"check_file", "check_file(source, name [, function [, written]])", 2, 4, true, functions_call_check_file,
	 "check_file(\"s3://b/code.tar.gz\", \"train.py\")"},
	{"contains", "contains(whole, part)", 2, 2, false, functions_call_contains, "contains([\"a\", \"b\"], \"a\")"},
	{"dirname", "dirname(path)", 1, 1, false, functions_call_dirname, "dirname(\"code/train.py\")"},
	{"endswith", "endswith(text, end)", 2, 2, false, functions_call_endswith, "endswith(\"train.py\", \".py\")"},
	{"file", "file(path)", 1, 1, true, functions_call_file, "file(\"code/prepare.py\")"},
	{"files_in", "files_in(uri)", 1, 1, true, functions_call_files_in, "files_in(folder(\"code\"))"},
	{"float", "float(value)", 1, 1, false, functions_call_float, "float(\"0.5\")"},
	{"floor", "floor(number)", 1, 1, false, functions_call_floor, "floor(1.8)"},
	{"folder", "folder(folder [, without])", 1, 2, true, functions_call_folder, "folder(\"code\")"},
	{"image_uri", "image_uri(framework, version, region, instance, ...)", 15, 15, true, functions_call_image_uri, NULL},
	{"integer", "integer(value)", 1, 1, false, functions_call_integer, "integer(\"3\")"},
	{"join", "join(on, list)", 2, 2, true, functions_call_join, "join(\"/\", [\"s3:/\", Pipeline.Bucket, \"data\"])"},
	{"jsonget", "jsonget(file, path)", 2, 2, true, functions_call_jsonget,
	 "jsonget(s3json(\"s3://example-data/metrics.json\"), \"metrics.mse\")"},
	{"keys", "keys(object)", 1, 1, true, functions_call_keys, "keys({ a: 1, b: 2 })"},
	{"known", "known(value)", 1, 1, true, functions_call_known, "known(Pipeline.Region)"},
	{"leaves", "leaves(value)", 1, 1, true, functions_call_leaves, "leaves({ a: [1, 2] })"},
	{"len", "len(value)", 1, 1, false, functions_call_len, "len([\"a\", \"b\"])"},
	{"lower", "lower(text)", 1, 1, false, functions_call_lower, "lower(\"ABC\")"},
	{"matches", "matches(text, pattern)", 2, 2, false, functions_call_matches, "matches(\"ml.m5.xlarge\", \"ml\\\\..*\")"},
	{"max", "max(number, ...)", 1, 255, false, functions_call_max, "max(1, 3, 2)"},
	{"min", "min(number, ...)", 1, 255, false, functions_call_min, "min([4, 2])"},
	{"name", "name(step)", 1, 1, true, functions_call_name, "name(Prepare)"},
	{"policy_texts", "policy_texts(value)", 1, 1, true, functions_call_policy_texts, "policy_texts(\"churn\")"},
	{"product", "product(number, ...)", 1, 255, false, functions_call_product, "product([2, 3, 4])"},
	{"range", "range([from,] to [, step])", 1, 3, false, functions_call_range, "range(1, 4)"},
	{"readjson", "readjson(path)", 1, 1, true, functions_call_readjson, "readjson(\"settings.json\")"},
	{"readtext", "readtext(path)", 1, 1, true, functions_call_readtext, "readtext(\"settings.json\")"},
	{"replace", "replace(text, old, new)", 3, 3, false, functions_call_replace, "replace(\"a-b-c\", \"-\", \".\")"},
	{"round", "round(number)", 1, 1, false, functions_call_round, "round(2.5)"},
	{"s3json", "s3json(uri)", 1, 1, true, functions_call_s3json, "s3json(\"s3://example-data/metrics.json\")"},
	{"sha256", "sha256(text)", 1, 1, false, functions_call_sha256, "sha256(\"text\")"},
	{"split", "split(text, separator)", 2, 2, false, functions_call_split, "split(\"a,b\", \",\")"},
	{"startswith", "startswith(text, start)", 2, 2, false, functions_call_startswith, "startswith(\"ml.m5.xlarge\", \"ml.\")"},
	{"string", "string(value)", 1, 1, true, functions_call_string, "string(0.5)"},
	{"text_file", "text_file(name, text)", 2, 2, true, functions_call_text_file, "text_file(\"rows.txt\", \"10\")"},
	{"tojson", "tojson(value)", 1, 1, true, functions_call_tojson, "tojson({ a: 1 })"},
	{"trim", "trim(text)", 1, 1, false, functions_call_trim, "trim(\"  a \")"},
	{"typeof", "typeof(value)", 1, 1, true, functions_call_typeof, "typeof([1, 2])"},
	{"upper", "upper(text)", 1, 1, false, functions_call_upper, "upper(\"abc\")"},
	{"values", "values(object)", 1, 1, true, functions_call_values, "values({ a: 1, b: 2 })"},
	{"zip", "zip(folder [, without])", 1, 2, true, functions_call_zip, "zip(\"code\")"},
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

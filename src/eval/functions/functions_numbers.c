/* Functions of constant numbers. */
#include "eval/functions/functions_parts.h"

#include <math.h>
#include <stdlib.h>

/* A longer range must be a mistake: no quota allows the pipeline that it would make. */
enum { RANGE_MAX = 100000 };

const struct value *functions_call_range(const struct function_call *call)
{
	int64_t bounds[3] = {0, 0, 1}; /* from, to, step */
	for (size_t i = 0; i < call->count; i++) {
		if (!value_is_integer(call->args[i]))
			return functions_wrong_type(call, call->args[i], "whole numbers");
		bounds[call->count == 1 ? 1 : i] = strtoll(call->args[i]->word->text, NULL, 10);
	}
	if (bounds[2] == 0) {
		eval_report(call->eval, SP3012, call->node, "the step of a range cannot be 0");
		return &value_error;
	}
	double length = ceil(((double)bounds[1] - (double)bounds[0]) / (double)bounds[2]);
	if (length > RANGE_MAX) {
		eval_report(call->eval, SP3012, call->node, "this range has %.0f numbers; at most %d are allowed", length, RANGE_MAX);
		return &value_error;
	}
	struct value *list = functions_new_list(call, length > 0 ? (size_t)length : 0);
	for (int64_t i = 0; i < (int64_t)length; i++) {
		uint64_t item = (uint64_t)bounds[0] + (uint64_t)i * (uint64_t)bounds[2]; /* unsigned, because the product may wrap */
		list->items[list->count++] = eval_integer(call->eval, call->node, (int64_t)item);
	}
	return list;
}

/* The smallest or largest number among the arguments, or in a list that is the only argument. */
static const struct value *extreme(const struct function_call *call, int sign)
{
	bool is_list = call->count == 1 && call->args[0]->kind == VALUE_LIST;
	const struct value **items = is_list ? call->args[0]->items : call->args, *best = NULL;
	size_t count = is_list ? call->args[0]->count : call->count;
	for (size_t i = 0; i < count; i++) {
		if (items[i]->kind != VALUE_NUMBER)
			return functions_wrong_type(call, items[i], "constant numbers");
		if (!best || (value_number(items[i]) - value_number(best)) * sign > 0)
			best = items[i];
	}
	if (best)
		return best;
	eval_report(call->eval, SP3012, call->node, "an empty list has no minimum or maximum");
	return &value_error;
}

const struct value *functions_call_min(const struct function_call *call)
{
	return extreme(call, -1);
}

const struct value *functions_call_max(const struct function_call *call)
{
	return extreme(call, 1);
}

const struct value *functions_call_product(const struct function_call *call)
{
	bool is_list = call->count == 1 && call->args[0]->kind == VALUE_LIST, is_whole = true;
	const struct value **items = is_list ? call->args[0]->items : call->args;
	size_t count = is_list ? call->args[0]->count : call->count;
	double product = 1;
	for (size_t i = 0; i < count; i++) {
		if (items[i]->kind != VALUE_NUMBER)
			return functions_wrong_type(call, items[i], "constant numbers");
		is_whole &= value_is_integer(items[i]);
		product *= value_number(items[i]);
	}
	if (is_whole && fabs(product) < 9e15)
		return eval_integer(call->eval, call->node, (int64_t)product);
	if (isfinite(product))
		return eval_float(call->eval, call->node, product);
	eval_report(call->eval, SP3012, call->node, "the product is too large");
	return &value_error;
}

const struct value *functions_call_abs(const struct function_call *call)
{
	const struct value *value = call->args[0];
	if (value->kind != VALUE_NUMBER)
		return functions_wrong_type(call, value, "a number");
	if (value->word->text[0] != '-')
		return value;
	struct value *positive = eval_new(call->eval, VALUE_NUMBER, call->node);
	positive->word = names_word(&call->eval->program->world->names, value->word->text + 1);
	return positive;
}

static const struct value *to_integer(const struct function_call *call, const struct value *value, double (*rounding)(double))
{
	if (value->kind != VALUE_NUMBER)
		return functions_wrong_type(call, value, "a number");
	if (value_is_integer(value))
		return value;
	double rounded = rounding(value_number(value));
	if (fabs(rounded) < 9.2e18)
		return eval_integer(call->eval, call->node, (int64_t)rounded);
	eval_report(call->eval, SP3012, call->node, "the result does not fit into 64 bits");
	return &value_error;
}

const struct value *functions_call_floor(const struct function_call *call)
{
	return to_integer(call, call->args[0], floor);
}

const struct value *functions_call_ceil(const struct function_call *call)
{
	return to_integer(call, call->args[0], ceil);
}

const struct value *functions_call_round(const struct function_call *call)
{
	return to_integer(call, call->args[0], round);
}

/* The number that a text spells. Spellings that the language does not have (`007`, `1.`) are normalized. */
static const struct value *parse_number(const struct function_call *call, const struct word *text)
{
	const char *digits = text->text;
	char *end;
	double parsed = strtod(digits, &end);
	bool is_plain = *digits && strspn(digits, "0123456789+-.eE") == text->length && !strchr("+.", *digits);
	if (!is_plain || *end || !isfinite(parsed)) {
		eval_report(call->eval, SP3012, call->node, "\"%s\" is not a number", digits);
		return &value_error;
	}
	return strpbrk(digits, ".eE") || fabs(parsed) >= 9.2e18 ? eval_float(call->eval, call->node, parsed)
	                                                        : eval_integer(call->eval, call->node, strtoll(digits, NULL, 10));
}

/* The number that the argument is or spells; value_error after a report. */
static const struct value *number_of(const struct function_call *call)
{
	const struct value *value = call->args[0];
	if (value->kind == VALUE_STRING)
		return parse_number(call, value->word);
	return value->kind == VALUE_NUMBER ? value : functions_wrong_type(call, value, "a number, or text that is a number");
}

const struct value *functions_call_integer(const struct function_call *call)
{
	const struct value *value = number_of(call);
	if (value->kind == VALUE_ERROR)
		return value;
	double exact = value_number(value);
	if (value_is_integer(value) || exact == floor(exact))
		return to_integer(call, value, floor);
	struct diag *diag = eval_report(call->eval, SP3012, call->node, "%s is not a whole number", value->word->text);
	diag_help(diag, "convert it with `floor`, `ceil` or `round`");
	return &value_error;
}

const struct value *functions_call_float(const struct function_call *call)
{
	const struct value *value = number_of(call);
	bool is_integer = value->kind == VALUE_NUMBER && value_is_integer(value);
	return is_integer ? eval_float(call->eval, call->node, value_number(value)) : value;
}

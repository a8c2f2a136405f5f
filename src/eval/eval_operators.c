/* Operators. On constants they are computed. On deferred scalars, comparisons and logic become conditions; arithmetic is refused. */
#include "eval/eval_parts.h"

#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>

static const char *noun(struct eval *eval, const struct value *value)
{
	return value_noun(eval->program->arena, value);
}

static const struct value *report_deferred(struct eval *eval, const struct node *node, const struct value *operand)
{
	static const char *const verbs[] = {
		[OP_ADD] = "add", [OP_SUBTRACT] = "subtract", [OP_MULTIPLY] = "multiply", [OP_DIVIDE] = "divide",
		[OP_REMAINDER] = "divide", [OP_NEGATE] = "negate",
	};
	struct diag *diag = eval_report(eval, SP3005, node, "SageMaker cannot %s at run time: %s is known only then",
	                                verbs[node->op], noun(eval, operand));
	const struct value *root = value_root(operand);
	if (type_is_text(value_type(operand)) && node->op == OP_ADD)
		diag_help(diag, "use interpolation to combine text: \"${a}${b}\"");
	else if (root->kind == VALUE_GET && root->access == ACCESS_PARAMETER)
		diag_help(diag, "compute it in a Lambda step, or make `%s` a `config`", root->word->text);
	else
		diag_help(diag, "compute it in a Lambda or Processing step");
	return &value_error;
}

static bool to_integer(const struct value *value, int64_t *integer)
{
	errno = 0;
	*integer = strtoll(value->word->text, NULL, 10);
	return value_is_integer(value) && errno == 0;
}

static const struct value *float_result(struct eval *eval, const struct node *node, double result)
{
	if (isfinite(result))
		return eval_float(eval, node, result);
	eval_report(eval, SP3012, node, "the result is not a finite number");
	return &value_error;
}

static const struct value *report_overflow(struct eval *eval, const struct node *node)
{
	eval_report(eval, SP3012, node, "the result does not fit into 64 bits");
	return &value_error;
}

/* Integers stay integers; a quotient is an integer when there is no remainder. */
static const struct value *integer_result(struct eval *eval, const struct node *node, int64_t a, int64_t b)
{
	int64_t result;
	bool is_over = false;
	switch (node->op) {
	case OP_ADD:
		is_over = __builtin_add_overflow(a, b, &result);
		break;
	case OP_SUBTRACT:
		is_over = __builtin_sub_overflow(a, b, &result);
		break;
	case OP_MULTIPLY:
		is_over = __builtin_mul_overflow(a, b, &result);
		break;
	case OP_DIVIDE:
		if (b == -1) { /* the only divisor whose quotient may not fit */
			is_over = __builtin_sub_overflow(0, a, &result);
			break;
		}
		if (a % b)
			return float_result(eval, node, (double)a / (double)b);
		result = a / b;
		break;
	default:
		result = b == -1 ? 0 : a % b;
	}
	return is_over ? report_overflow(eval, node) : eval_integer(eval, node, result);
}

static const struct value *arithmetic(struct eval *eval, const struct node *node, const struct value *a,
                                      const struct value *b)
{
	if (a->kind == VALUE_LIST && b->kind == VALUE_LIST && node->op == OP_ADD) {
		struct value *list = eval_new(eval, VALUE_LIST, node);
		list->count = a->count + b->count;
		list->items = arena_array(eval->program->arena, const struct value *, list->count + 1);
		for (uint32_t i = 0; i < a->count; i++)
			list->items[i] = a->items[i];
		for (uint32_t i = 0; i < b->count; i++)
			list->items[a->count + i] = b->items[i];
		return list;
	}
	if (value_is_deferred(a) || value_is_deferred(b))
		return report_deferred(eval, node, value_is_deferred(a) ? a : b);
	if (node->op == OP_ADD && (a->kind == VALUE_LIST || b->kind == VALUE_LIST)) {
		eval_report(eval, SP3004, node, "`+` takes two numbers or two lists, not %s and %s", noun(eval, a), noun(eval, b));
		return &value_error;
	}
	if (a->kind != VALUE_NUMBER || b->kind != VALUE_NUMBER) {
		const struct value *wrong = a->kind != VALUE_NUMBER ? a : b;
		struct diag *diag = eval_report(eval, SP3004, node, "`%s` takes %s, not %s", node_op_name(node->op),
		                                node->op == OP_ADD ? "numbers or lists" : "numbers", noun(eval, wrong));
		if (wrong->kind == VALUE_STRING && node->op == OP_ADD)
			diag_help(diag, "use interpolation to combine text: \"${a}${b}\"");
		return &value_error;
	}
	int64_t x, y;
	bool is_whole = value_is_integer(a) && value_is_integer(b);
	if (is_whole && (!to_integer(a, &x) || !to_integer(b, &y)))
		return report_overflow(eval, node);
	if (value_number(b) == 0 && (node->op == OP_DIVIDE || node->op == OP_REMAINDER)) {
		eval_report(eval, SP3012, node, "division by zero");
		return &value_error;
	}
	if (is_whole)
		return integer_result(eval, node, x, y);
	switch (node->op) {
	case OP_ADD:
		return float_result(eval, node, value_number(a) + value_number(b));
	case OP_SUBTRACT:
		return float_result(eval, node, value_number(a) - value_number(b));
	case OP_MULTIPLY:
		return float_result(eval, node, value_number(a) * value_number(b));
	case OP_DIVIDE:
		return float_result(eval, node, value_number(a) / value_number(b));
	default:
		return float_result(eval, node, fmod(value_number(a), value_number(b)));
	}
}

static const struct value *condition(struct eval *eval, const struct node *node, const struct value *a,
                                     const struct value *b)
{
	struct value *value = eval_new(eval, VALUE_CONDITION, node);
	value->op = node->op;
	value->count = b ? 2 : 1;
	value->items = arena_array(eval->program->arena, const struct value *, 2);
	value->items[0] = a;
	value->items[1] = b;
	return value;
}

/* 't' for text, 'n' for a number, 'b' for a Boolean, '?' for a scalar whose type is known only at run time, 0 for anything else. */
static char category(const struct value *value)
{
	switch (value_type(value)->kind) {
	case TYPE_STRING:
	case TYPE_ENUM:
		return 't';
	case TYPE_INTEGER:
	case TYPE_FLOAT:
		return 'n';
	case TYPE_BOOLEAN:
		return value->kind == VALUE_CONDITION ? 0 : 'b';
	case TYPE_SCALAR:
		return '?';
	default:
		return value->kind == VALUE_GET && value->type->kind == TYPE_ANY ? '?' : 0;
	}
}

/* Whether SageMaker can compare two values, which must have the same type; false after a report. */
static bool is_comparable(struct eval *eval, const struct node *node, const struct value *a, const struct value *b)
{
	const struct value *wrong = !category(a) ? a : !category(b) ? b : NULL;
	if (wrong) {
		struct diag *diag = eval_report(eval, SP3009, node, "%s cannot be compared", noun(eval, wrong));
		if (wrong->kind == VALUE_GET)
			diag_help(diag, "it is %s: select one of its %s", type_noun(wrong->type),
			          wrong->type->kind == TYPE_LIST ? "elements" : "members");
		else if (wrong->kind == VALUE_STEP)
			diag_help(diag, "read one of its properties: `%s.NAME`", wrong->step->name->text);
		else if (wrong->kind == VALUE_FILE)
			diag_help(diag, "read one of its members: `.member`");
		else if (wrong->kind == VALUE_CONDITION)
			diag_help(diag, "it is already true or false: remove the comparison, or write `not` before it");
		return false;
	}
	char x = category(a), y = category(b);
	bool is_order = node->op >= OP_LESS && node->op <= OP_GREATER_EQUAL;
	if (x != y && x != '?' && y != '?') {
		struct diag *diag = eval_report(eval, SP3009, node, "%s and %s cannot be compared", type_noun(value_type(a)),
		                                type_noun(value_type(b)));
		diag_help(diag, "compare two numbers, two strings or two Booleans");
		return false;
	}
	if (is_order && (x == 'b' || y == 'b')) {
		eval_report(eval, SP3009, node, "a Boolean has no order: `%s` takes numbers or text", node_op_name(node->op));
		return false;
	}
	return true;
}

/* An operand as SageMaker takes it: an integer that is compared with a Float becomes a Float. */
static const struct value *convert_operand(struct eval *eval, const struct value *value, const struct value *other)
{
	if (!value_is_integer(value) || value_type(other)->kind != TYPE_FLOAT)
		return value;
	struct value *real = eval_new(eval, VALUE_NUMBER, value->at);
	real->word = names_word(&eval->program->world->names, arena_printf(eval->program->arena, "%s.0", value->word->text));
	return real;
}

static int compare_values(const struct value *a, const struct value *b)
{
	if (a->kind == VALUE_NUMBER)
		return value_number(a) < value_number(b) ? -1 : value_number(a) > value_number(b);
	return strcmp(a->word->text, b->word->text);
}

static const struct value *comparison(struct eval *eval, const struct node *node, const struct value *a,
                                      const struct value *b)
{
	bool is_equality = node->op == OP_EQUAL || node->op == OP_NOT_EQUAL;
	if (!eval_spend(eval, node, value_weigh(a) / EVAL_LOOKS_OF_WORK))
		return &value_error;
	if (is_equality && a->kind != VALUE_ERROR && b->kind != VALUE_ERROR && (a->kind == VALUE_NULL || b->kind == VALUE_NULL))
		return eval_boolean(eval, node, (a->kind == b->kind) == (node->op == OP_EQUAL)); /* a deferred value is never null */
	if (is_equality && value_is_constant(a) && value_is_constant(b) &&
	    (!value_is_constant_scalar(a) || !value_is_constant_scalar(b)))
		return eval_boolean(eval, node, value_equal(a, b) == (node->op == OP_EQUAL));
	if (!is_comparable(eval, node, a, b))
		return &value_error;
	if (value_is_deferred(a) || value_is_deferred(b))
		return condition(eval, node, convert_operand(eval, a, b), convert_operand(eval, b, a));
	if (is_equality)
		return eval_boolean(eval, node, value_equal(a, b) == (node->op == OP_EQUAL));
	int sign = compare_values(a, b);
	return eval_boolean(eval, node,
	                    node->op == OP_LESS         ? sign < 0
	                    : node->op == OP_LESS_EQUAL ? sign <= 0
	                    : node->op == OP_GREATER    ? sign > 0
	                                                : sign >= 0);
}

static const struct value *membership(struct eval *eval, const struct node *node, const struct value *a,
                                      const struct value *list)
{
	if (list->kind != VALUE_LIST) {
		eval_report(eval, SP3004, node, "`in` takes a list on its right, not %s", noun(eval, list));
		return &value_error;
	}
	bool is_deferred = value_is_deferred(a);
	if (!eval_spend(eval, node, list->count / EVAL_LOOKS_OF_WORK))
		return &value_error;
	for (uint32_t i = 0; i < list->count; i++) {
		if (list->items[i]->kind == VALUE_ERROR || !is_comparable(eval, node, a, list->items[i]))
			return &value_error;
		is_deferred |= value_is_deferred(list->items[i]);
	}
	if (is_deferred) {
		struct value *compared = eval_new(eval, VALUE_LIST, list->at);
		compared->items = arena_array(eval->program->arena, const struct value *, list->count + 1);
		for (; compared->count < list->count; compared->count++)
			compared->items[compared->count] = convert_operand(eval, list->items[compared->count], a);
		return condition(eval, node, a, compared);
	}
	for (uint32_t i = 0; i < list->count; i++)
		if (value_equal(a, list->items[i]))
			return eval_boolean(eval, node, true);
	return eval_boolean(eval, node, false);
}

/* Whether a value is a Boolean, constant or deferred; false after a report. */
static bool is_boolean(struct eval *eval, const struct node *node, const struct value *value)
{
	enum type_kind kind = value_type(value)->kind;
	if (value->kind == VALUE_BOOLEAN || value->kind == VALUE_CONDITION)
		return true;
	if (value_is_deferred(value) && (kind == TYPE_BOOLEAN || kind == TYPE_SCALAR || kind == TYPE_ANY))
		return true;
	if (value->kind != VALUE_ERROR) {
		struct diag *diag = eval_report(eval, SP3004, node, "%s is not a Boolean", noun(eval, value));
		diag_help(diag, "write a comparison, with `==`, `<`, `in` ...");
	}
	return false;
}

/* `and` and `or` evaluate their right side only when it matters. */
static const struct value *logic(struct eval *eval, const struct node *node, const struct env *env)
{
	const struct node *left = node_child(node, ROLE_LEFT), *right = node_child(node, ROLE_RIGHT);
	bool decides = node->op == OP_OR; /* `true` decides an `or`, `false` an `and` */
	const struct value *a = eval_expression(eval, left, env);
	if (!left || !right || !is_boolean(eval, left, a))
		return &value_error;
	if (a->kind == VALUE_BOOLEAN && a->boolean == decides)
		return a;
	const struct value *b = eval_expression(eval, right, env);
	if (!is_boolean(eval, right, b))
		return &value_error;
	if (a->kind == VALUE_BOOLEAN)
		return b;
	if (b->kind == VALUE_BOOLEAN)
		return b->boolean == decides ? b : a;
	return condition(eval, node, a, b);
}

static const struct value *ternary(struct eval *eval, const struct node *node, const struct env *env)
{
	const struct node *choice_node = node_child(node, ROLE_CONDITION);
	const struct value *choice = eval_expression(eval, choice_node, env);
	if (choice->kind == VALUE_BOOLEAN)
		return eval_expression(eval, node_child(node, choice->boolean ? ROLE_LEFT : ROLE_RIGHT), env);
	if (choice->kind != VALUE_ERROR) {
		struct diag *diag = eval_report(eval, SP3005, choice_node,
		                                "`? :` chooses at compile time: it takes a constant Boolean, not %s", noun(eval, choice));
		if (value_is_deferred(choice))
			diag_help(diag, "choose at run time with a `condition`, or make it a `config`");
	}
	return &value_error;
}

static const struct value *unary(struct eval *eval, const struct node *node, const struct env *env)
{
	const struct node *right = node_child(node, ROLE_RIGHT);
	const struct value *operand = eval_expression(eval, right, env);
	if (operand->kind == VALUE_ERROR)
		return operand;
	if (node->op == OP_NOT) {
		if (!is_boolean(eval, right, operand))
			return &value_error;
		return operand->kind == VALUE_BOOLEAN ? eval_boolean(eval, node, !operand->boolean)
		                                      : condition(eval, node, operand, NULL);
	}
	if (value_is_deferred(operand))
		return report_deferred(eval, node, operand);
	if (operand->kind != VALUE_NUMBER) {
		eval_report(eval, SP3004, node, "`-` takes a number, not %s", noun(eval, operand));
		return &value_error;
	}
	/* keep the digits as written */
	const char *digits = operand->word->text;
	const char *negated = digits[0] == '-' ? digits + 1 : arena_printf(eval->program->arena, "-%s", digits);
	struct value *value = eval_new(eval, VALUE_NUMBER, node);
	value->word = names_word(&eval->program->world->names, negated);
	return value;
}

const struct value *eval_operator(struct eval *eval, const struct node *node, const struct env *env)
{
	if (node->kind == N_TERNARY)
		return ternary(eval, node, env);
	if (node->kind == N_UNARY)
		return unary(eval, node, env);
	if (node->op == OP_AND || node->op == OP_OR)
		return logic(eval, node, env);
	const struct value *a = eval_expression(eval, node_child(node, ROLE_LEFT), env);
	if (node->op == OP_COALESCE)
		return a->kind == VALUE_NULL ? eval_expression(eval, node_child(node, ROLE_RIGHT), env) : a;
	const struct value *b = eval_expression(eval, node_child(node, ROLE_RIGHT), env);
	if (a->kind == VALUE_ERROR || b->kind == VALUE_ERROR)
		return &value_error;
	if (node->op == OP_IN)
		return membership(eval, node, a, b);
	if (node->op >= OP_EQUAL && node->op <= OP_GREATER_EQUAL)
		return comparison(eval, node, a, b);
	return arithmetic(eval, node, a, b);
}

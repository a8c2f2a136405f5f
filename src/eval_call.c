/* Calls: the user's functions and the library's, and the arguments of both. */
#include "eval.h"

#include "check.h"
#include "functions.h"
#include "lower.h"
#include "suggest.h"

static bool is_running(const struct eval *eval, const struct node *function)
{
	for (const struct frame *frame = eval->frame; frame; frame = frame->outer)
		if (frame->name == function->word)
			return true;
	return false;
}

static size_t count_children(const struct node *node, enum node_role role)
{
	size_t count = 0;
	for (const struct node *child = node_child(node, role); child; child = node_next(child))
		count++;
	return count;
}

static const struct node *find_parameter(const struct node *function, const struct word *name, size_t *index)
{
	*index = 0;
	for (const struct node *p = node_child(function, ROLE_PARAMETER); p; p = node_next(p), ++*index)
		if (p->word == name)
			return p;
	return NULL;
}

static void report_unknown_argument(struct eval *eval, const struct node *argument, const struct node *function)
{
	struct diag *diag = eval_report(eval, SP2008, argument, "`%s` has no argument `%s`", function->word->text,
	                                argument->word->text);
	struct suggest suggest;
	suggest_init(&suggest, argument->word->text);
	for (const struct node *p = node_child(function, ROLE_PARAMETER); p; p = node_next(p))
		if (p->word)
			suggest_offer(&suggest, p->word->text);
	const char *near = suggest_result(&suggest);
	if (near)
		diag_help(diag, "an argument with a similar name exists: `%s`", near);
}

/* The arguments of a call in the order of the function's parameters; NULL where none is given. */
static bool place_arguments(struct eval *eval, const struct node *call, const struct node *function, const struct env *env,
                            const struct value **values, size_t count)
{
	size_t next = 0;
	bool is_good = true, is_named = false;
	for (const struct node *argument = node_child(call, ROLE_ITEM); argument; argument = node_next(argument)) {
		size_t index = next++;
		if (is_named && !argument->word) {
			eval_report(eval, SP2008, argument, "an argument by position stands behind one by name");
			return false;
		}
		is_named |= argument->word != NULL;
		if (argument->word && !find_parameter(function, argument->word, &index)) {
			report_unknown_argument(eval, argument, function);
			is_good = false;
			continue;
		}
		if (index >= count) {
			eval_report(eval, SP2008, argument, "`%s` takes %zu argument%s", function->word->text, count, count == 1 ? "" : "s");
			return false;
		}
		if (values[index]) {
			eval_report(eval, SP2008, argument, "this argument of `%s` is given twice", function->word->text);
			return false;
		}
		values[index] = eval_expression(eval, node_child(argument, ROLE_VALUE), env);
	}
	return is_good;
}

static const struct value *fit_argument(struct eval *eval, const struct node *parameter, const struct value *value)
{
	struct program *program = eval->program;
	const struct node *type = node_child(parameter, ROLE_TYPE);
	const struct kind *kind = type ? world_kind(program->world, type->word) : NULL;
	if (!type || value->kind == VALUE_ERROR)
		return value;
	if (kind) {
		const struct kind *has = value->kind == VALUE_STEP ? lower_kind(program, value->step) : NULL;
		if (value->kind != VALUE_STEP || (has && has != kind))
			program_report_value(program, SP3001, value, parameter, "expected %s, found %s", kind_text(program->arena, kind),
			                     has ? kind_text(program->arena, has) : value_noun(program->arena, value));
		return has == kind ? value : &value_error;
	}
	return check_value(eval->program, value, type_from_node(&eval->program->types, type), parameter);
}

static const struct value *call_declared(struct eval *eval, const struct node *call, const struct node *function,
                                         const struct env *env, bool is_library)
{
	struct arena *arena = eval->program->arena;
	size_t count = count_children(function, ROLE_PARAMETER), index = 0;
	const struct value **values = arena_array(arena, const struct value *, count + 1);
	if (is_running(eval, function)) {
		eval_report(eval, SP2006, call, "the function `%s` calls itself", function->word->text);
		return &value_error;
	}
	if (!place_arguments(eval, call, function, env, values, count))
		return &value_error;

	struct frame *frame = arena_new(arena, struct frame);
	*frame = (struct frame){eval->frame, call, function->word};
	const struct frame *outer = eval->frame;
	const struct node *outer_use = eval->use;
	struct env *bound = arena_array(arena, struct env, count + 1);
	const struct env *inner = NULL;
	bool is_good = true;
	eval->frame = frame;
	eval->use = is_library && !outer_use ? call : outer_use;
	for (const struct node *p = node_child(function, ROLE_PARAMETER); p; p = node_next(p), index++) {
		const struct node *initial = node_child(p, ROLE_VALUE);
		if (!values[index] && initial)
			values[index] = eval_expression(eval, initial, inner);
		if (!values[index]) {
			eval->frame = outer;
			if (p->word)
				eval_report(eval, SP2008, call, "`%s` needs its argument `%s`", function->word->text, p->word->text);
			eval->frame = frame;
			is_good = false;
			continue;
		}
		bound[index] = (struct env){inner, p->word, fit_argument(eval, p, values[index]), NULL};
		inner = &bound[index];
	}
	const struct value *result = is_good ? eval_expression(eval, node_child(function, ROLE_VALUE), inner) : &value_error;
	eval->frame = outer;
	eval->use = outer_use;
	return result;
}

static const struct value *report_unknown_function(struct eval *eval, const struct node *name)
{
	struct diag *diag;
	if (function_is_elsewhere(name->word->text)) {
		eval_report(eval, SP1202, name, "`%s()` has no meaning in this version of sagepipec", name->word->text);
		return &value_error;
	}
	diag = eval_report(eval, SP2007, name, "there is no function `%s`", name->word->text);
	struct suggest suggest;
	suggest_init(&suggest, name->word->text);
	function_suggest(&suggest);
	for (size_t i = 0; i < eval->program->functions.room && program_may_suggest(eval->program); i++)
		if (eval->program->functions.slots[i].key)
			suggest_offer(&suggest, eval->program->functions.slots[i].key->text);
	const char *near = suggest_result(&suggest);
	if (near)
		diag_help(diag, "a function with a similar name exists: `%s`", near);
	return &value_error;
}

const struct value *eval_call(struct eval *eval, const struct node *node, const struct env *env)
{
	const struct node *name = node_child(node, ROLE_LEFT);
	if (!name || !name->word)
		return &value_error;
	const struct node **own = map_get(&eval->program->functions, name->word);
	if (own)
		return call_declared(eval, node, *own, env, false);
	const struct function *function = function_find(name->word->text);
	if (!function) {
		const struct node *declared = world_function(eval->program->world, name->word);
		return declared ? call_declared(eval, node, declared, env, true) : report_unknown_function(eval, name);
	}
	VEC(const struct value *) values = {0};
	for (const struct node *argument = node_child(node, ROLE_ITEM); argument; argument = node_next(argument)) {
		if (argument->word) {
			eval_report(eval, SP2008, argument, "`%s` takes its arguments by position: `%s`", function->name, function->signature);
			return &value_error;
		}
		vec_push(eval->program->arena, &values, eval_expression(eval, node_child(argument, ROLE_VALUE), env));
	}
	return function_call(eval, node, function, values.items, values.count);
}

/* Calls of functions: those that the program or the library declares, and those built in. */
#include "base/suggest.h"
#include "eval/arguments.h"
#include "eval/eval_parts.h"
#include "eval/functions/functions.h"
#include "eval/module.h"
#include "eval/resolve.h"

static bool is_running(const struct eval *eval, const struct node *function)
{
	for (const struct call_frame *frame = eval->origin.frame; frame; frame = frame->outer)
		if (frame->declaration == function)
			return true;
	return false;
}

static const struct value *call_declared(struct eval *eval, const struct node *call, const struct node *function,
                                         const struct env *env, struct module *module)
{
	struct arena *arena = eval->program->arena;
	size_t count = arguments_count(function), index = 0;
	const struct node **expressions = arena_array(arena, const struct node *, count + 1);
	const struct value **values = arena_array(arena, const struct value *, count + 1);
	if (is_running(eval, function)) {
		eval_report(eval, SP2006, call, "the function `%s` calls itself", function->word->text);
		return &value_error;
	}
	if (!arguments_place(eval, call, function, expressions, count))
		return &value_error;
	for (size_t i = 0; i < count; i++)
		values[i] = expressions[i] ? eval_traced(eval, expressions[i], env) : NULL;

	struct eval inside = {eval->program, eval->step, arguments_enter(eval->program, eval->origin, call, function, module)};
	struct env *bound = arena_array(arena, struct env, count + 1);
	const struct env *inner = &module->env;
	bool is_complete = true;
	for (const struct node *p = node_child(function, ROLE_PARAMETER); p; p = node_next(p), index++) {
		const struct node *initial = node_child(p, ROLE_VALUE);
		if (!values[index] && initial)
			values[index] = eval_expression(&inside, initial, inner);
		if (!values[index]) {
			arguments_report_missing(eval, call, function, p);
			is_complete = false;
			values[index] = &value_error;
		}
		const struct value *value = arguments_fit(eval->program, module, p, values[index]);
		bound[index] = (struct env){.outer = inner, .name = p->word, .value = value};
		inner = &bound[index];
	}
	return is_complete ? eval_expression(&inside, node_child(function, ROLE_VALUE), inner) : &value_error;
}

static const struct value *report_unknown_function(struct eval *eval, struct module *module, const struct node *name)
{
	struct diag *diag = eval_report(eval, SP2007, name, "there is no function `%s`", name->word->text);
	if (eval_help_python(eval, diag, name))
		return &value_error;
	struct suggest suggest;
	suggest_init(&suggest, name->word->text);
	functions_suggest(&suggest);
	if (program_may_suggest(eval->program))
		resolve_offer_names(&suggest, &module->functions);
	suggest_offer(&suggest, world_suggest(eval->program->world, name->word->text, WORLD_FUNCTIONS));
	const char *near = suggest_result(&suggest);
	if (near) {
		diag_help(diag, "a function with a similar name exists: `%s`", near);
		program_offer_fix(eval->program, diag, name, near);
	}
	return &value_error;
}

static const struct value *report_component(struct eval *eval, const struct node *name)
{
	diag_help(eval_report(eval, SP2007, name, "`%s` is a component, not a function", name->word->text),
	          "create its steps with `use NAME: %s(...)`", name->word->text);
	return &value_error;
}

const struct value *eval_call(struct eval *eval, const struct node *node, const struct env *env)
{
	const struct node *name = node_child(node, ROLE_LEFT);
	if (!name || !name->word)
		return &value_error;
	struct module *module = program_module(eval->program, env), *owner;
	bool is_own = map_get(&module->functions, name->word) != NULL;
	const struct function *function = is_own ? NULL : functions_find(name->word->text);
	if (!function) {
		const struct node *declared = module_function(module, name->word, &owner);
		if (declared && declared->kind == N_COMPONENT)
			return report_component(eval, name);
		return declared ? call_declared(eval, node, declared, env, owner) : report_unknown_function(eval, module, name);
	}
	VEC(const struct value *) values = {0};
	for (const struct node *argument = node_child(node, ROLE_ITEM); argument; argument = node_next(argument)) {
		if (argument->word) {
			eval_report(eval, SP2008, argument, "`%s` takes only positional arguments: `%s`", function->name,
			            function->signature);
			return &value_error;
		}
		vec_push(eval->program->arena, &values, eval_expression(eval, node_child(argument, ROLE_VALUE), env));
	}
	return functions_call(eval, node, function, values.items, values.count);
}

/* The values of arguments, checked against the types of parameters. */
#include "eval/arguments.h"

#include "eval/check/check.h"
#include "eval/derive.h"
#include "eval/module.h"

const struct value *arguments_fit(struct program *program, struct module *module, const struct node *parameter,
                                  const struct value *value)
{
	const struct node *type = node_child(parameter, ROLE_TYPE);
	const struct kind *kind = type && type->word ? module_kind(module, type->word) : NULL;
	if (!type || value->kind == VALUE_ERROR)
		return value;
	if (kind) { /* a step of this kind is wanted */
		const struct kind *has = value->kind == VALUE_STEP ? derive_kind(program, value->step) : NULL;
		if (value->kind != VALUE_STEP || (has && !kind_is_made_from(has, kind)))
			program_report_value(program, SP3001, value, parameter, "expected %s, found %s",
			                     kind_text(program->arena, kind),
			                     has ? kind_text(program->arena, has) : value_noun(program->arena, value));
		return kind_is_made_from(has, kind) ? value : &value_error;
	}
	return check_value(program, value, type_from_node(&module->scope, type), parameter);
}

const struct value *arguments_value(struct program *program, const struct symbol *symbol)
{
	struct eval eval = {program, symbol->step, symbol->origin};
	const struct value *value = eval_traced(&eval, symbol->expression, symbol->env);
	if (symbol->is_given)
		value = eval_of_argument(&eval, value);
	return arguments_fit(program, (struct module *)symbol->module, symbol->node, value);
}

#include "compile/lambdas.h"

static const struct word *function_name(const struct value *function)
{
	const struct field *field = value_field_named(function, "FunctionName");
	return field && field->value->kind == VALUE_STRING ? field->value->word : NULL;
}

static void add_function(struct program *program, const struct step *step, const struct value *function)
{
	const struct word *name = function_name(function);
	for (size_t i = 0; i < program->functions.count && name; i++) {
		const struct lambda_function *earlier = &program->functions.items[i];
		if (earlier->name != name)
			continue;
		if (value_equal(earlier->fields, function))
			return;
		struct diag *diag = program_report(program, SP6203, step->node, "conflicting declarations of the function `%s`",
		                                   name->text);
		diag->span = node_name_span(step->node);
		diag_related(diag, program_file(program, earlier->step->node), node_name_span(earlier->step->node),
		             "step `%s` also declares it", earlier->step->name->text);
		return;
	}
	if (name)
		vec_push(program->arena, &program->functions, ((struct lambda_function){name, function, step}));
}

void lambdas_collect(struct program *program)
{
	for (size_t i = 0; i < program->all_steps.count; i++) {
		const struct step *step = program->all_steps.items[i];
		if (step->is_absent || !step->kind || !step->keys || step->keys->kind != VALUE_OBJECT)
			continue;
		for (uint32_t j = 0; j < step->keys->count; j++)
			if (kind_deploys(step->kind, step->keys->fields[j].name) && step->keys->fields[j].value->kind == VALUE_OBJECT)
				add_function(program, step, step->keys->fields[j].value);
	}
}

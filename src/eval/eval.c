#include "eval/eval_parts.h"

#include "eval/arguments.h"
#include "eval/check/check.h"
#include "eval/expand.h"
#include "eval/module.h"
#include "eval/resolve.h"
#include "eval/symbols.h"

/* Reports a symbol that needs its own value. */
static void report_cycle(struct eval *eval, const struct symbol *symbol, const struct node *reference)
{
	struct diag *diag = eval_report(eval, SP2006, reference, "`%s` is defined in terms of itself", symbol->name->text);
	diag_related(diag, program_file(eval->program, symbol->node), node_name_span(symbol->node), "it is declared here");
}

static const struct value *make_symbol(struct eval *eval, struct symbol *symbol)
{
	struct eval own = {.program = eval->program};
	struct value *value;
	switch (symbol->kind) {
	case SYMBOL_PARAM:
		symbols_param(eval->program, symbol);
		value = eval_new(&own, VALUE_GET, symbol->node);
		value->access = ACCESS_PARAMETER;
		value->type = symbol->type;
		value->word = symbol->emitted;
		value->symbol_index = symbol->index;
		return value;
	case SYMBOL_CONFIG:
		symbols_config(eval->program, symbol);
		return symbol->initial;
	case SYMBOL_STEP:
		return expand_symbol(eval->program, symbol);
	case SYMBOL_ARGUMENT:
		return arguments_value(eval->program, symbol);
	default:
		break;
	}
	own = (struct eval){eval->program, symbol->step, symbol->origin};
	const struct value *result = eval_traced(&own, symbol->expression, symbol->env);
	const struct node *type = node_child(symbol->node, ROLE_TYPE);
	if (type)
		result = check_value(eval->program, result, type_from_node(&symbol->module->scope, type), symbol->node);
	return result;
}

const struct value *eval_symbol(struct eval *eval, struct symbol *symbol, const struct node *reference)
{
	if (symbol->is_busy) {
		report_cycle(eval, symbol, reference);
		return &value_error;
	}
	if (!symbol->value) {
		symbol->is_busy = true;
		const struct value *value = make_symbol(eval, symbol);
		symbol->value = value ? value : &value_error;
		symbol->is_busy = false;
	}
	return symbol->value;
}

static const struct value *make_space(struct eval *eval, const struct node *node, enum space space, const char *shape)
{
	struct value *value = eval_new(eval, VALUE_SPACE, node);
	value->space = space;
	if (shape)
		value->type = world_own_type(eval->program->world, shape);
	return value;
}

/* A copy of a value with its place at a reference: a misused parameter or step is reported there, not at its declaration. */
static const struct value *at_reference(struct eval *eval, const struct value *value, const struct node *node)
{
	struct value *here = eval_new(eval, VALUE_ERROR, node);
	*here = *value;
	here->at = program_place(eval->origin, node);
	here->frame = eval->origin.frame;
	return here;
}

/* The item of a `foreach`, with its type and the place of the reference. */
static const struct value *item_at_reference(struct eval *eval, const struct value *item, const struct node *node,
                                             const struct env *env)
{
	const struct node *type = node_child(item->at->parent, ROLE_TYPE);
	struct value *here = (struct value *)at_reference(eval, item, node);
	here->type = type ? type_from_node(&program_module(eval->program, env)->scope, type) : type_primitive(TYPE_ANY);
	return here;
}

static const struct value *evaluate_name(struct eval *eval, const struct node *node, const struct env *env)
{
	struct program *program = eval->program;
	const struct value *value;
	if (!node->word)
		return &value_error;
	struct symbol *symbol = resolve_name(program, env, node->word, &value);
	if (value)
		return value->kind == VALUE_GET && !value->type ? item_at_reference(eval, value, node, env) : value;
	if (symbol) {
		value = eval_symbol(eval, symbol, node);
		return symbol->kind == SYMBOL_PARAM || symbol->kind == SYMBOL_STEP ? at_reference(eval, value, node) : value;
	}
	if (node->word == program->world->word.pipeline)
		return make_space(eval, node, SPACE_PIPELINE, NULL);
	if (node->word == program->world->word.execution)
		return make_space(eval, node, SPACE_EXECUTION, "Execution");
	if (node->word == program->world->word.step)
		return make_space(eval, node, SPACE_STEP, NULL);
	if (node->word == program->world->word.experiment)
		return make_space(eval, node, SPACE_EXPERIMENT, "PipelineExperimentConfigVariables");
	struct diag *diag = eval_report(eval, SP2004, node, "`%s` is not declared", node->word->text);
	if (eval_help_python(eval, diag, node))
		return &value_error;
	const char *near = resolve_suggest(program, env, node->word->text);
	if (near)
		diag_help(diag, "a value with a similar name exists: `%s`", near);
	else if (module_kind(program_module(program, env), node->word))
		diag_help(diag, "`%s` is a step kind: declare a step with `step NAME: %s { ... }`", node->word->text,
		          node->word->text);
	else if (node->parent && node->parent->kind == N_WHEN && (names_is(node->word, "failed") || names_is(node->word, "stopped")))
		diag_help(diag, "`when` is a constant; a step that runs after another has %s takes `%s STEP`", node->word->text,
		          node_trigger_clause(names_is(node->word, "failed") ? TRIGGER_FAILED : TRIGGER_STOPPED));
	else
		diag_help(diag, "if this is text, write it in quotes: \"%s\"", node->word->text);
	if (near)
		program_offer_fix(program, diag, node, near);
	return &value_error;
}

static const struct value *evaluate_template(struct eval *eval, const struct node *node, const struct env *env)
{
	VEC(const struct value *) parts = {0};
	bool is_whole = true;
	for (const struct node *item = node_child(node, ROLE_ITEM); item; item = node_next(item)) {
		const struct value *part = eval_expression(eval, item, env);
		is_whole &= eval_is_text_part(eval, item, part);
		vec_push(eval->program->arena, &parts, part);
	}
	return is_whole ? eval_interpolate(eval, node, parts.items, parts.count) : &value_error;
}

static const struct value *evaluate_list(struct eval *eval, const struct node *node, const struct env *env)
{
	VEC(const struct value *) items = {0};
	for (const struct node *item = node_child(node, ROLE_ITEM); item; item = node_next(item)) {
		if (item->kind != N_SPREAD) {
			vec_push(eval->program->arena, &items, eval_expression(eval, item, env));
			continue;
		}
		const struct value *more = eval_expression(eval, node_child(item, ROLE_VALUE), env);
		if (more->kind == VALUE_LIST) {
			for (uint32_t i = 0; i < more->count; i++)
				vec_push(eval->program->arena, &items, more->items[i]);
		} else if (more->kind != VALUE_ERROR && more->kind != VALUE_NULL) {
			eval_report(eval, SP3007, item, "`...` in a list takes a list, not %s", value_noun(eval->program->arena, more));
		}
	}
	return eval_list(eval, node, items.items, items.count);
}

/* Whether an earlier field in the same object has the same name; true after a report. */
static bool is_written_twice(struct eval *eval, struct fields *fields, const struct node *field)
{
	const struct field *earlier = eval_find_field(eval, fields, field->word);
	const struct node *other = earlier && earlier->at && earlier->at->parent == field->parent ? earlier->at : field->parent->first;
	if (!earlier)
		return false;
	while (other->kind != N_FIELD || other->word != field->word)
		other = other->next;
	if (other == field)
		return false;
	const struct source_file *file = program_file(eval->program, field);
	struct diag *diag = diag_report(eval->program->diags, SP2001, file, node_name_span(field), "the field `%s` is written twice",
	                                field->word->text);
	diag_related(diag, file, node_name_span(other), "it is written here first");
	return true;
}

static void add_spread(struct eval *eval, struct fields *fields, const struct node *item, const struct env *env)
{
	const struct value *more = eval_traced(eval, node_child(item, ROLE_VALUE), env);
	if (more->kind == VALUE_OBJECT) {
		for (uint32_t i = 0; i < more->count; i++)
			eval_put_field(eval, fields, more->fields[i]);
	} else if (more->kind != VALUE_ERROR && more->kind != VALUE_NULL) {
		eval_report(eval, SP3007, item, "`...` in an object takes an object, not %s",
		            value_noun(eval->program->arena, more));
	}
}

const struct value *eval_fields(struct eval *eval, const struct node *node, const struct env *env)
{
	struct fields fields = {0};
	for (const struct node *item = node_child(node, ROLE_ITEM); item; item = node_next(item))
		fields.room++;
	fields.items = arena_array(eval->program->arena, struct field, fields.room);
	for (const struct node *item = node_child(node, ROLE_ITEM); item; item = node_next(item)) {
		if (item->kind == N_SPREAD) {
			add_spread(eval, &fields, item, env);
			continue;
		}
		if (item->kind != N_FIELD || !item->word)
			continue;
		if (is_written_twice(eval, &fields, item))
			continue;
		const struct value *value = eval_traced(eval, node_child(item, ROLE_VALUE), env);
		eval_put_field(eval, &fields, (struct field){item->word, value, program_place(eval->origin, item)});
	}
	return eval_finish_object(eval, node, &fields);
}

static const struct value *evaluate_node(struct eval *eval, const struct node *node, const struct env *env)
{
	struct value *value;
	switch (node->kind) {
	case N_NAME:
		return evaluate_name(eval, node, env);
	case N_STRING:
	case N_NUMBER:
		value = eval_new(eval, node->kind == N_STRING ? VALUE_STRING : VALUE_NUMBER, node);
		value->word = node->word;
		return value;
	case N_TRUE:
	case N_FALSE:
		return eval_boolean(eval, node, node->kind == N_TRUE);
	case N_NULL:
		return eval_new(eval, VALUE_NULL, node);
	case N_TEMPLATE:
		return evaluate_template(eval, node, env);
	case N_LIST:
		return evaluate_list(eval, node, env);
	case N_OBJECT:
		return eval_fields(eval, node, env);
	case N_LIST_FOR:
	case N_OBJECT_FOR:
		return eval_comprehension(eval, node, env);
	case N_MEMBER:
		return eval_member(eval, node, eval_expression(eval, node_child(node, ROLE_LEFT), env));
	case N_INDEX:
		return eval_index(eval, node, eval_expression(eval, node_child(node, ROLE_LEFT), env),
		                  eval_expression(eval, node_child(node, ROLE_RIGHT), env));
	case N_CALL:
		return eval_call(eval, node, env);
	case N_UNARY:
	case N_BINARY:
	case N_TERNARY:
		return eval_operator(eval, node, env);
	default:
		return &value_error;
	}
}

const struct value *eval_expression(struct eval *eval, const struct node *node, const struct env *env)
{
	if (!node)
		return &value_error;
	if (!eval_spend(eval, node, 1) || !eval_enter(eval, node))
		return &value_error;
	const struct value *value = eval_admit(eval, node, evaluate_node(eval, node, env));
	eval_leave(eval);
	eval->program->reads_argument |= value->source == SOURCE_ARGUMENT;
	if (eval->program->node_values && !eval->origin.call_site)
		program_keep_value(eval->program, node, value);
	return value;
}

const struct value *eval_constant_text(struct eval *eval, const struct node *node, const struct env *env)
{
	static const struct type type = {.kind = TYPE_STRING, .is_literal = true};
	return check_value(eval->program, eval_expression(eval, node, env), &type, node);
}

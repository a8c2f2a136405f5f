#include "eval/symbols.h"

#include "eval/check/check.h"
#include "eval/derive.h"
#include "eval/resolve.h"
#include "eval/settings.h"

/* The list after `in`, with each value checked against the declared type; NULL when there is none, or after a report. */
static const struct value *allowed_values(struct program *program, const struct symbol *symbol)
{
	const struct node *in = node_child(symbol->node, ROLE_IN);
	struct eval eval = {.program = program};
	if (!in)
		return NULL;
	struct type *list = arena_new(program->arena, struct type);
	*list = (struct type){.kind = TYPE_LIST, .element = symbol->type};
	const struct value *value = check_value(program, eval_expression(&eval, in, &symbol->module->env), list, in);
	if (value->kind == VALUE_LIST && !value_is_constant(value)) {
		program_report(program, SP3003, in, "the values after `in` must be constants");
		return NULL;
	}
	return value->kind == VALUE_LIST ? value : NULL;
}

const struct value *symbols_allowed_value(struct program *program, const struct symbol *symbol, const struct value *value,
                                          const struct node *at)
{
	if (!symbol->allowed || !value || value->kind == VALUE_ERROR)
		return value;
	struct text all = {0};
	for (uint32_t i = 0; i < symbol->allowed->count; i++) {
		const struct value *item = symbol->allowed->items[i];
		if (item->kind == VALUE_ERROR || value_equal(item, value)) {
			text_free(&all);
			return value;
		}
		text_puts(&all, i ? ", " : "");
		value_print_json(&all, item);
	}
	struct text found = {0};
	value_print_json(&found, value);
	struct diag *diag = program_report(program, SP3023, at, "`%s` cannot be %s", symbol->name->text, text_string(&found));
	diag_help(diag, "allowed values: %s", text_string(&all));
	text_free(&found);
	text_free(&all);
	return &value_error;
}

static const struct value *initial_value(struct program *program, const struct symbol *symbol)
{
	const struct node *node = node_child(symbol->node, ROLE_VALUE);
	if (!node)
		return NULL;
	struct eval eval = {.program = program};
	struct type *literal = arena_new(program->arena, struct type);
	*literal = *symbol->type;
	literal->is_literal = true;
	const struct type *type = type_is_scalar(symbol->type) ? literal : symbol->type;
	const struct value *value = check_value(program, eval_expression(&eval, node, &symbol->module->env), type, node);
	if (value->kind == VALUE_ERROR || value_is_constant(value))
		return value;
	struct diag *diag = program_report(program, SP3003, node, "the value of `%s` must be constant", symbol->name->text);
	diag_help(diag, "parameters, execution variables and properties are known only at run time");
	return &value_error;
}

void symbols_param(struct program *program, struct symbol *symbol)
{
	const struct node *type = node_child(symbol->node, ROLE_TYPE);
	symbol->type = type_from_node(&symbol->module->scope, type);
	struct eval eval = {.program = program};
	symbol->emitted = symbols_own_name(&eval, symbol->node, &symbol->module->env);
	if (!symbol->type->is_unknown && (symbol->type->kind < TYPE_STRING || symbol->type->kind > TYPE_BOOLEAN)) {
		struct diag *diag = program_report(program, SP3024, type, "a parameter must be a String, an Integer, a Float or a Boolean");
		if (symbol->type->kind == TYPE_ENUM)
			diag_help(diag, "to list the values of a parameter, write `param %s: String in [...]`", symbol->name->text);
		symbol->type = type_unknown();
	}
	symbol->allowed = allowed_values(program, symbol);
	symbol->initial = initial_value(program, symbol);
	symbol->initial = symbols_allowed_value(program, symbol, symbol->initial, node_child(symbol->node, ROLE_VALUE));
}

/* Labels the diagnostics from `diag` on whose place is the config: they are about the value of a `--set`. */
static void label_setting(const struct symbol *symbol, const struct setting *setting, struct diag *diag)
{
	for (; diag; diag = diag->next) {
		if (diag->span.start != symbol->node->start || diag->span.end != symbol->node->end)
			continue;
		diag->span = node_name_span(symbol->node);
		diag->edits = NULL;
		diag_label(diag, "`--set %s=%s`", setting->name, setting->value);
	}
}

void symbols_config(struct program *program, struct symbol *symbol)
{
	const struct setting *setting = settings_last(program, symbol->name);
	symbol->type = type_from_node(&symbol->module->scope, node_child(symbol->node, ROLE_TYPE));
	symbol->allowed = allowed_values(program, symbol);
	symbol->initial = initial_value(program, symbol);
	struct diag *before = program->diags->last;
	const struct value *given = settings_merge(program, symbol);
	bool is_given = given != symbol->initial;
	if (is_given)
		symbol->initial = check_value(program, given, symbol->type, symbol->node);
	if (!symbol->initial && !program_is_shared(program)) {
		struct diag *diag = diag_report(program->diags, SP2030, program_file(program, symbol->node), node_name_span(symbol->node),
		                                "`%s` has no value", symbol->name->text);
		diag_help(diag, "give it a default, `--set %s=...`, or a value in a `--config` file", symbol->name->text);
	}
	if (!symbol->initial)
		symbol->initial = &value_error;
	const struct node *at = !is_given ? node_child(symbol->node, ROLE_VALUE) : given->at ? given->at : symbol->node;
	symbol->initial = symbols_allowed_value(program, symbol, symbol->initial, at);
	if (setting)
		label_setting(symbol, setting, before ? before->next : program->diags->first);
}

const struct word *symbols_own_name(struct eval *eval, const struct node *node, const struct env *env)
{
	const struct node *as = node_child(node, ROLE_AS);
	if (as) {
		const struct value *value = eval_constant_text(eval, as, env);
		if (value->kind == VALUE_STRING)
			return value->word;
	}
	return node->word ? node->word : names_word(&eval->program->world->names, "?");
}

const struct word *symbols_full_name(struct eval *eval, const struct node *node, const struct scope *scope, const struct env *env)
{
	struct program *program = eval->program;
	const char *prefix = scope->instance ? symbols_instance_name(program, scope->instance)->text : NULL;
	const char *own = symbols_own_name(eval, node, env)->text, *suffix = node_child(node, ROLE_AS) ? "" : scope->suffix;
	if (!prefix && !*suffix)
		return names_word(&program->world->names, own);
	const char *text = arena_printf(program->arena, "%s%s%s%s", prefix ? prefix : "", prefix ? "-" : "", own, suffix);
	return names_word(&program->world->names, text);
}

const struct word *symbols_step_name(struct program *program, struct step *step)
{
	if (step->step_name)
		return step->step_name;
	step->step_name = step->name; /* for an `as` that contains the name of its own step */
	const struct node *node = step->node;
	if (node->kind != N_ARM) {
		struct eval eval = {.program = program, .origin = step->scope->origin};
		step->step_name = symbols_full_name(&eval, node, step->scope, step->env);
		return step->step_name;
	}
	/* an `else if`: NAME-2, NAME-3, … with the name of the first condition */
	unsigned position = 1;
	const struct node *arm = node_child(node->parent, ROLE_ARM);
	for (; arm != node; arm = node_next(arm))
		position++;
	struct step *first = step;
	while (first->node->kind == N_ARM)
		first = first->parent;
	const char *text = arena_printf(program->arena, "%s-%u", symbols_step_name(program, first)->text, position);
	step->step_name = names_word(&program->world->names, text);
	return step->step_name;
}

const struct word *symbols_instance_name(struct program *program, struct instance *instance)
{
	if (instance->name)
		return instance->name;
	struct eval eval = {.program = program, .origin = instance->outer->origin};
	instance->name = instance->node->word ? instance->node->word : names_word(&program->world->names, "?");
	instance->name = symbols_full_name(&eval, instance->node, instance->outer, instance->env);
	return instance->name;
}

const struct node *symbols_false_when(struct eval *eval, const struct node *block, const struct env *env)
{
	for (const struct node *item = node_child(block, ROLE_ITEM); item; item = node_next(item)) {
		if (item->kind != N_WHEN || !resolve_is_placed(item))
			continue;
		const struct node *node = node_child(item, ROLE_VALUE);
		static const struct type literal = {.kind = TYPE_BOOLEAN, .is_literal = true};
		const struct value *value = eval_expression(eval, node, env);
		if (value->kind == VALUE_CONDITION) {
			struct diag *diag = eval_report(eval, SP3003, node, "`when` takes a constant, not a condition");
			diag_help(diag, "`when` is decided at compile time; to decide at run time, use a `condition`");
			continue;
		}
		value = check_value(eval->program, value, &literal, node);
		if (value->kind == VALUE_BOOLEAN && !value->boolean)
			return item;
	}
	return NULL;
}

const struct node *symbols_false_when_of(struct program *program, struct step *step, const struct layer **layer)
{
	const struct node *when = NULL;
	for (size_t i = 0; i < step->layers.count && !when; i++) {
		*layer = &step->layers.items[i];
		struct eval eval = {.program = program, .step = step, .origin = (*layer)->origin};
		when = symbols_false_when(&eval, (*layer)->block, (*layer)->env);
	}
	return when;
}

bool symbols_is_absent(struct program *program, struct step *step)
{
	if (!step->is_presence_known) {
		step->is_presence_known = true; /* first, so that a `when` that refers to its own step finds it present */
		derive_kind(program, step);
		const struct layer *layer;
		step->is_absent = (step->parent && symbols_is_absent(program, step->parent)) ||
		                  (step->scope->instance && symbols_is_instance_absent(program, step->scope->instance)) ||
		                  symbols_false_when_of(program, step, &layer);
	}
	return step->is_absent;
}

bool symbols_is_instance_absent(struct program *program, struct instance *instance)
{
	if (instance->is_presence_known)
		return instance->is_absent;
	instance->is_presence_known = true;
	struct eval eval = {.program = program, .origin = instance->outer->origin};
	struct step *parent = instance->outer->parent;
	instance->is_absent = (instance->outer->instance && symbols_is_instance_absent(program, instance->outer->instance)) ||
	                      (parent && symbols_is_absent(program, parent)) ||
	                      symbols_false_when(&eval, node_child(instance->node, ROLE_BLOCK), instance->env);
	return instance->is_absent;
}

const struct node *symbols_find_clause(const struct step *step, enum node_kind kind, const struct word *name, const struct layer **layer)
{
	for (size_t i = step->layers.count; i--;) {
		*layer = &step->layers.items[i];
		for (const struct node *item = node_child((*layer)->block, ROLE_ITEM); item; item = node_next(item))
			if (item->kind == kind && item->word == name)
				return item;
	}
	return NULL;
}

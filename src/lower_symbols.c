/* What a reference to a declaration needs, made on demand. */
#include "lower.h"

#include "check.h"
#include "suggest.h"

/* The value of `--set NAME=TEXT`: text for a String, JSON for everything else. */
static const struct value *parse_setting(struct program *program, const struct symbol *symbol, const char *text)
{
	struct eval eval = {.program = program};
	if (type_is_text(symbol->type))
		return eval_string(&eval, symbol->node, text, strlen(text));
	const char *wrong;
	const struct value *value = eval_json(&eval, symbol->node, text, &wrong);
	if (value)
		return value;
	program_report(program, SP2031, symbol->node, "expected %s, found \"%s\"", type_noun(symbol->type), text);
	return &value_error;
}

static const char *setting_for(const struct program *program, const struct word *name)
{
	const char *value = NULL;
	for (size_t i = 0; i < program->options->setting_count; i++)
		if (word_is(name, program->options->settings[i].name))
			value = program->options->settings[i].value;
	return value;
}

/* The list after `in`, each value of the declared type. */
static const struct value *lower_allowed(struct program *program, const struct symbol *symbol)
{
	const struct node *in = node_child(symbol->node, ROLE_IN);
	struct eval eval = {.program = program};
	if (!in)
		return NULL;
	struct type list = {.kind = TYPE_LIST, .element = symbol->type};
	const struct value *value = check_value(program, eval_expression(&eval, in, NULL), &list, in);
	if (value->kind == VALUE_LIST && !value_is_constant(value)) {
		program_report(program, SP3003, in, "the values after `in` must be constants");
		return NULL;
	}
	return value->kind == VALUE_LIST ? value : NULL;
}

/* A default or setting outside the list of its own declaration is reported here, and nowhere else. */
static void check_allowed(struct program *program, struct symbol *symbol, const struct node *use)
{
	if (!symbol->allowed || !symbol->initial || symbol->initial->kind == VALUE_ERROR)
		return;
	struct text all = {0};
	for (uint32_t i = 0; i < symbol->allowed->count; i++) {
		const struct value *item = symbol->allowed->items[i];
		if (item->kind == VALUE_ERROR || value_equal(item, symbol->initial)) {
			text_free(&all);
			return;
		}
		text_puts(&all, i ? ", " : "");
		value_print_json(&all, item);
	}
	struct text found = {0};
	value_print_json(&found, symbol->initial);
	struct diag *diag = program_report(program, SP3023, use, "`%s` may not be %s", symbol->name->text, text_string(&found));
	diag_help(diag, "it may be %s", text_string(&all));
	symbol->initial = &value_error;
	text_free(&found);
	text_free(&all);
}

static const struct value *lower_initial(struct program *program, const struct symbol *symbol)
{
	const struct node *node = node_child(symbol->node, ROLE_VALUE);
	if (!node)
		return NULL;
	struct eval eval = {.program = program};
	struct type literal = *symbol->type;
	literal.is_literal = true;
	const struct type *type = type_is_scalar(symbol->type) ? &literal : symbol->type;
	const struct value *value = check_value(program, eval_expression(&eval, node, NULL), type, node);
	if (value->kind == VALUE_ERROR || value_is_constant(value))
		return value;
	struct diag *diag = program_report(program, SP3003, node, "the value of `%s` must be constant", symbol->name->text);
	diag_help(diag, "parameters, execution variables and properties are known only at run time");
	return &value_error;
}

void lower_param(struct program *program, struct symbol *symbol)
{
	const struct node *type = node_child(symbol->node, ROLE_TYPE);
	symbol->type = type_from_node(&program->types, type);
	symbol->emitted = lower_as(program, symbol->node, NULL, NULL);
	bool is_unknown = symbol->type->kind == TYPE_ANY && type && !word_is(type->word, "Any"); /* reported already */
	if (type && !is_unknown && (symbol->type->kind < TYPE_STRING || symbol->type->kind > TYPE_BOOLEAN)) {
		struct diag *diag = program_report(program, SP3024, type, "a parameter is a String, an Integer, a Float or a Boolean");
		if (symbol->type->kind == TYPE_ENUM)
			diag_help(diag, "a parameter with known values is written `param %s: String in [...]`", symbol->name->text);
		symbol->type = type_primitive(TYPE_ANY);
	}
	symbol->allowed = lower_allowed(program, symbol);
	symbol->initial = lower_initial(program, symbol);
	check_allowed(program, symbol, node_child(symbol->node, ROLE_VALUE));
}

void lower_config(struct program *program, struct symbol *symbol)
{
	const char *set = setting_for(program, symbol->name);
	symbol->type = type_from_node(&program->types, node_child(symbol->node, ROLE_TYPE));
	symbol->allowed = lower_allowed(program, symbol);
	symbol->initial = lower_initial(program, symbol);
	struct diag *before = program->diags->last;
	if (set)
		symbol->initial = check_value(program, parse_setting(program, symbol, set), symbol->type, symbol->node);
	if (!symbol->initial) {
		struct diag *diag = diag_report(program->diags, SP2030, program_file(program, symbol->node), node_name_span(symbol->node),
		                                "`%s` has no value", symbol->name->text);
		diag_help(diag, "give it a default, or `--set %s=...`", symbol->name->text);
		symbol->initial = &value_error;
	}
	check_allowed(program, symbol, set ? symbol->node : node_child(symbol->node, ROLE_VALUE));
	/* what is wrong with a setting is written on the command line, not in the program */
	for (struct diag *diag = before ? before->next : program->diags->first; set && diag; diag = diag->next) {
		diag->span = node_name_span(symbol->node);
		diag->edits = NULL;
		diag_label(diag, "`--set %s=%s`", symbol->name->text, set);
	}
}

void lower_report_kind(struct program *program, const struct node *name)
{
	struct diag *diag = program_report(program, SP2010, name, "there is no step kind `%s`", name->word->text);
	const char *near = world_suggest(program->world, name->word->text, true);
	if (near) {
		diag_help(diag, "a kind with a similar name exists: `%s`", near);
		diag_edit(diag, node_span(name), near);
	} else {
		diag_help(diag, "a step type that sagepipec does not know is written `Raw { Type: \"%s\" ... }`", name->word->text);
	}
}

const struct kind *lower_kind(struct program *program, struct step *step)
{
	if (step->is_kind_known)
		return step->kind;
	step->is_kind_known = true;
	const struct node *node = node_child(step->node, ROLE_KIND);
	const struct node *name = node && node->kind == N_CALL ? node_child(node, ROLE_LEFT) : node;
	if (!name || !name->word)
		return NULL;
	step->kind = world_kind(program->world, name->word);
	if (!step->kind) {
		lower_report_kind(program, name);
	} else if (node->kind == N_CALL) {
		program_report(program, SP2008, node, "the built-in kind `%s` takes no arguments: its fields stand in the block",
		               name->word->text);
	}
	return step->kind;
}

const struct word *lower_as(struct program *program, const struct node *node, const struct env *env, struct step *step)
{
	const struct node *as = node_child(node, ROLE_AS);
	struct eval eval = {.program = program, .step = step};
	if (as) {
		const struct type *text = type_primitive(TYPE_STRING);
		const struct type literal = {.kind = text->kind, .is_literal = true};
		const struct value *value = check_value(program, eval_expression(&eval, as, env), &literal, as);
		if (value->kind == VALUE_STRING)
			return value->word;
	}
	return node->word ? node->word : names_word(&program->world->names, "?");
}

const struct word *lower_name(struct program *program, struct step *step)
{
	if (step->step_name)
		return step->step_name;
	step->step_name = step->name; /* what `as` sees when it asks for the name of its own step */
	const struct node *node = step->node;
	if (node->kind != N_ARM) {
		step->step_name = lower_as(program, node, step->env, NULL);
		return step->step_name;
	}
	/* `else if`: NAME-2, NAME-3 … of the condition that it belongs to */
	unsigned position = 1;
	const struct node *arm = node_child(node->parent, ROLE_ARM);
	for (; arm != node; arm = node_next(arm))
		position++;
	struct step *first = step;
	while (first->node->kind == N_ARM)
		first = first->parent;
	const char *text = arena_printf(program->arena, "%s-%u", lower_name(program, first)->text, position);
	step->step_name = names_word(&program->world->names, text);
	return step->step_name;
}

static bool is_when_false(struct program *program, struct step *step)
{
	for (const struct node *item = node_child(node_child(step->node, ROLE_BLOCK), ROLE_ITEM); item; item = node_next(item)) {
		if (item->kind != N_WHEN || step->node->kind == N_ARM)
			continue;
		const struct node *node = node_child(item, ROLE_VALUE);
		struct eval eval = {.program = program, .step = step};
		const struct type literal = {.kind = TYPE_BOOLEAN, .is_literal = true};
		const struct value *value = eval_expression(&eval, node, step->env);
		if (value->kind == VALUE_CONDITION) {
			struct diag *diag = program_report(program, SP3003, node, "`when` takes a constant, not a condition");
			diag_help(diag, "`when` decides when compiling; what the run decides is a `condition`");
			continue;
		}
		value = check_value(program, value, &literal, node);
		if (value->kind == VALUE_BOOLEAN && !value->boolean)
			return true;
	}
	return false;
}

bool lower_is_absent(struct program *program, struct step *step)
{
	if (!step->is_presence_known) {
		step->is_presence_known = true; /* first: a `when` that asks for its own step finds it present */
		step->is_absent = (step->parent && lower_is_absent(program, step->parent)) || is_when_false(program, step);
	}
	return step->is_absent;
}

const struct node *lower_find_clause(const struct step *step, enum node_kind kind, const struct word *name)
{
	for (const struct node *item = node_child(node_child(step->node, ROLE_BLOCK), ROLE_ITEM); item; item = node_next(item))
		if (item->kind == kind && item->word == name)
			return item;
	return NULL;
}

#include "eval/eval.h"

#include "eval/arguments.h"
#include "eval/check.h"
#include "eval/expand.h"
#include "eval/module.h"
#include "eval/resolve.h"
#include "eval/symbols.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

static void report_loop(struct eval *eval, const struct symbol *symbol, const struct node *reference)
{
	struct diag *diag = eval_report(eval, SP2006, reference, "`%s` is made of itself", symbol->name->text);
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
	own = (struct eval){.program = eval->program, .step = symbol->step, .frame = symbol->origin.frame, .call_site = symbol->origin.call_site};
	const struct value *result = eval_expression(&own, symbol->expression, symbol->env);
	const struct node *type = node_child(symbol->node, ROLE_TYPE);
	if (type)
		result = check_value(eval->program, result, type_from_node(&symbol->module->scope, type), symbol->node);
	return result;
}

const struct value *eval_symbol(struct eval *eval, struct symbol *symbol, const struct node *reference)
{
	if (symbol->is_busy) {
		report_loop(eval, symbol, reference);
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

/* What is wrong with a reference is wrong where it stands, not where the parameter or step is declared. */
static const struct value *written_here(struct eval *eval, const struct value *value, const struct node *node)
{
	struct value *here = eval_new(eval, VALUE_ERROR, node);
	*here = *value;
	here->at = eval->call_site ? eval->call_site : node;
	here->frame = eval->frame;
	return here;
}

static const struct value *eval_name(struct eval *eval, const struct node *node, const struct env *env)
{
	struct program *program = eval->program;
	const struct value *value;
	if (!node->word)
		return &value_error;
	struct symbol *symbol = resolve_name(program, env, node->word, &value);
	if (value)
		return value;
	if (symbol) {
		value = eval_symbol(eval, symbol, node);
		return symbol->kind == SYMBOL_PARAM || symbol->kind == SYMBOL_STEP ? written_here(eval, value, node) : value;
	}
	if (node->word == program->world->word.pipeline)
		return make_space(eval, node, SPACE_PIPELINE, NULL);
	if (node->word == program->world->word.execution)
		return make_space(eval, node, SPACE_EXECUTION, "Execution");
	if (node->word == program->world->word.step)
		return make_space(eval, node, SPACE_STEP, NULL);
	if (node->word == program->world->word.experiment)
		return make_space(eval, node, SPACE_EXPERIMENT, "PipelineExperimentConfigVariables");
	struct diag *diag = eval_report(eval, SP2004, node, "there is no value `%s`", node->word->text);
	const char *near = resolve_suggest(program, env, node->word->text);
	if (near)
		diag_help(diag, "a value with a similar name exists: `%s`", near);
	else if (module_kind(program_module(program, env), node->word))
		diag_help(diag, "`%s` is a step kind: a step is declared with `step NAME: %s { ... }`", node->word->text,
		          node->word->text);
	else
		diag_help(diag, "if text is meant, write it in quotes: \"%s\"", node->word->text);
	if (near)
		program_offer(program, diag, node, near);
	return &value_error;
}

/* Whether a value may be a part of text; says why not. */
static bool is_textual(struct eval *eval, const struct node *node, const struct value *part)
{
	if (value_is_constant_scalar(part) || part->kind == VALUE_JOIN)
		return true;
	if ((part->kind == VALUE_GET || part->kind == VALUE_JSON) && type_is_scalar(value_type(part)))
		return true;
	if (part->kind == VALUE_ERROR)
		return false;
	struct diag *diag = eval_report(eval, SP3006, node, "%s cannot be put into text", value_noun(eval->program->arena, part));
	if (part->kind == VALUE_STEP)
		diag_help(diag, "`name(%s)` is its name; a property is read with `.`", part->step->name->text);
	else if (part->kind == VALUE_OBJECT && part->is_family)
		diag_help(diag, "name one of its members: `[\"%s\"]`", part->count ? part->fields[0].name->text : "KEY");
	else if (part->kind == VALUE_LIST || part->kind == VALUE_OBJECT)
		diag_help(diag, "`tojson(...)` gives its JSON text%s",
		          part->kind == VALUE_LIST ? ", `join(\", \", ...)` its elements in a row" : "");
	else if (part->kind == VALUE_CONDITION)
		diag_help(diag, "SageMaker compares only in conditions: compute the text in a step");
	else if (part->kind == VALUE_GET)
		diag_help(diag, "it is %s: name one of its %s", type_noun(part->type), part->type->kind == TYPE_LIST ? "elements" : "members");
	else if (part->kind == VALUE_NULL)
		diag_help(diag, "`x ?? \"\"` is other text where `x` is null");
	return false;
}

struct pieces {
	struct text text; /* constant text not yet an item */
	VEC(const struct value *) items;
};

static void flush_text(struct eval *eval, const struct node *node, struct pieces *pieces)
{
	if (!pieces->text.length)
		return;
	vec_push(eval->program->arena, &pieces->items, eval_string(eval, node, pieces->text.bytes, pieces->text.length));
	pieces->text.length = 0;
}

static void add_piece(struct eval *eval, const struct node *node, struct pieces *pieces, const struct value *part)
{
	if (!eval_spend(eval, node, value_weigh(part)))
		return;
	if (value_is_constant_scalar(part)) {
		value_print_scalar(&pieces->text, part);
	} else if (part->kind == VALUE_JOIN && part->is_interpolated) {
		for (uint32_t i = 0; i < part->count; i++)
			add_piece(eval, node, pieces, part->items[i]);
	} else {
		flush_text(eval, node, pieces);
		vec_push(eval->program->arena, &pieces->items, part);
	}
}

const struct value *eval_interpolate(struct eval *eval, const struct node *node, const struct value **parts, size_t count)
{
	struct pieces pieces = {0};
	for (size_t i = 0; i < count; i++)
		add_piece(eval, node, &pieces, parts[i]);
	const struct value *result;
	if (!pieces.items.count) {
		result = eval_string(eval, node, text_string(&pieces.text), pieces.text.length);
	} else {
		flush_text(eval, node, &pieces);
		const struct value *only = pieces.items.items[0];
		if (pieces.items.count == 1 && only->kind != VALUE_JSON && type_is_text(value_type(only))) {
			result = only;
		} else {
			struct value *join = eval_new(eval, VALUE_JOIN, node);
			join->is_interpolated = true;
			join->word = names_intern(&eval->program->world->names, "", 0);
			join->items = pieces.items.items;
			join->count = (uint32_t)pieces.items.count;
			result = join;
		}
	}
	text_free(&pieces.text);
	return result;
}

static const struct value *eval_template(struct eval *eval, const struct node *node, const struct env *env)
{
	VEC(const struct value *) parts = {0};
	bool is_whole = true;
	for (const struct node *item = node_child(node, ROLE_ITEM); item; item = node_next(item)) {
		const struct value *part = eval_expression(eval, item, env);
		is_whole &= is_textual(eval, item, part);
		vec_push(eval->program->arena, &parts, part);
	}
	return is_whole ? eval_interpolate(eval, node, parts.items, parts.count) : &value_error;
}

static const struct value *eval_list(struct eval *eval, const struct node *node, const struct env *env)
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
	struct value *list = eval_new(eval, VALUE_LIST, node);
	list->items = items.items;
	list->count = (uint32_t)items.count;
	return list;
}

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
	const struct value *more = eval_expression(eval, node_child(item, ROLE_VALUE), env);
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
		const struct value *value = eval_expression(eval, node_child(item, ROLE_VALUE), env);
		eval_put_field(eval, &fields, (struct field){item->word, value, eval->call_site ? eval->call_site : item});
	}
	return eval_finish_object(eval, node, &fields);
}

/* One round of a comprehension: the variables bound to what they run over. */
struct round {
	const struct value *first, *second;
};

/* `value` is that of the round, or value_error when a mistake elsewhere keeps it from being chosen or not. */
typedef void round_function(struct eval *eval, const struct node *node, const struct env *env, const struct value *value,
                            void *context);

/* The value of a round; NULL when it is not chosen. What cannot be chosen for a mistake that is reported elsewhere stays,
 * so that nothing is said to be missing. */
static const struct value *value_of_round(struct eval *eval, const struct node *node, const struct env *env)
{
	const struct node *condition = node_child(node, ROLE_CONDITION);
	uint32_t errors = eval->program->diags->errors;
	const struct value *chosen = condition ? eval_expression(eval, condition, env) : NULL;
	if (!chosen || (chosen->kind == VALUE_BOOLEAN && chosen->boolean))
		return eval_expression(eval, node_child(node, ROLE_VALUE), env);
	if (chosen->kind == VALUE_ERROR)
		return eval->program->diags->errors == errors ? chosen : NULL;
	if (chosen->kind != VALUE_BOOLEAN) {
		struct diag *diag = eval_report(eval, SP3004, condition, "the `if` of a comprehension must be a constant Boolean, not %s",
		                                value_noun(eval->program->arena, chosen));
		if (value_is_deferred(chosen))
			diag_help(diag, "the shape of a list is fixed when compiling: make it a `config`, or use a `condition`");
	}
	return NULL;
}

static void run_round(struct eval *eval, const struct node *node, const struct env *env, struct round round,
                      round_function *body, void *context)
{
	const struct node *first = node_child(node, ROLE_ITEM), *second = first ? node_next(first) : NULL;
	const struct env outer = {.outer = env, .name = first->word, .value = second ? round.first : round.second};
	const struct env inner = {.outer = &outer, .name = second ? second->word : first->word, .value = round.second};
	const struct env *bound = second ? &inner : &outer;
	const struct value *value = value_of_round(eval, node, bound);
	if (value)
		body(eval, node, bound, value, context);
}

/* Whether it is known what there is to run over. */
static bool run_rounds(struct eval *eval, const struct node *node, const struct env *env, round_function *body, void *context)
{
	const struct node *first = node_child(node, ROLE_ITEM), *in = node_child(node, ROLE_IN);
	const struct value *over = eval_expression(eval, in, env);
	struct diags *diags = eval->program->diags;
	resolve_check_variables(eval->program, node, ROLE_ITEM);
	if (!first || !first->word || over->kind == VALUE_ERROR)
		return false;
	if (over->kind == VALUE_NULL)
		return true;
	struct diags quiet = {.arena = diags->arena};
	uint32_t errors = diags->errors;
	bool is_family = over->kind == VALUE_OBJECT && over->is_family; /* with one variable: its members */
	bool is_object = over->kind == VALUE_OBJECT && (is_family || node_next(first));
	if (over->kind == VALUE_LIST || is_object) {
		for (uint32_t i = 0; i < over->count; i++) {
			/* a mistake in the body is reported for the first element that shows it */
			eval->program->diags = diags->errors == errors ? diags : &quiet;
			const struct word *name = is_object ? over->fields[i].name : NULL;
			const struct value *key = name ? eval_string(eval, in, name->text, name->length) : eval_integer(eval, in, i);
			run_round(eval, node, env, (struct round){key, is_object ? over->fields[i].value : over->items[i]}, body, context);
		}
		eval->program->diags = diags;
		return true;
	}
	struct diag *diag = eval_report(eval, SP3004, in, "a comprehension runs over a list%s, not over %s",
	                                over->kind == VALUE_OBJECT ? " with one variable" : " or an object",
	                                value_noun(eval->program->arena, over));
	if (over->kind == VALUE_OBJECT)
		diag_help(diag, "write `for key, value in ...`");
	else if (value_is_deferred(over))
		diag_help(diag, "how many elements there are must be known when compiling");
	return false;
}

/* The elements of a list under construction. */
struct items {
	const struct value **items;
	size_t count, room;
};

static void add_item(struct eval *eval, const struct node *node, const struct env *env, const struct value *item, void *context)
{
	struct items *items = context;
	(void)node;
	(void)env;
	vec_push(eval->program->arena, items, item);
}

static void add_pair(struct eval *eval, const struct node *node, const struct env *env, const struct value *value, void *context)
{
	const struct node *key_node = node_child(node, ROLE_KEY);
	const struct value *key = eval_expression(eval, key_node, env);
	if (key->kind == VALUE_ERROR)
		return;
	if (key->kind != VALUE_STRING) {
		struct diag *diag = eval_report(eval, SP3004, key_node, "a key must be constant text, not %s",
		                                value_noun(eval->program->arena, key));
		if (value_is_deferred(key))
			diag_help(diag, "SageMaker takes no expression as a key: use a `config`");
		return;
	}
	struct fields *fields = context;
	if (eval_find_field(eval, fields, key->word))
		eval_report(eval, SP2001, key_node, "the key `%s` is made twice", key->word->text);
	else
		vec_push(eval->program->arena, fields, ((struct field){key->word, value, key_node}));
}

static const struct value *eval_comprehension(struct eval *eval, const struct node *node, const struct env *env)
{
	if (node->kind == N_LIST_FOR) {
		struct items items = {0};
		if (!run_rounds(eval, node, env, add_item, &items))
			return &value_error;
		struct value *list = eval_new(eval, VALUE_LIST, node);
		list->items = items.items;
		list->count = (uint32_t)items.count;
		return list;
	}
	struct fields fields = {0};
	return run_rounds(eval, node, env, add_pair, &fields) ? eval_finish_object(eval, node, &fields) : &value_error;
}

static const struct value *eval_node(struct eval *eval, const struct node *node, const struct env *env)
{
	struct value *value;
	switch (node->kind) {
	case N_NAME:
		return eval_name(eval, node, env);
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
		return eval_template(eval, node, env);
	case N_LIST:
		return eval_list(eval, node, env);
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
	const struct value *value = eval_admit(eval, node, eval_node(eval, node, env));
	eval_leave(eval);
	if (eval->program->node_values && !eval->call_site)
		program_keep_value(eval->program, node, value);
	return value;
}

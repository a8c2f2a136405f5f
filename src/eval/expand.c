#include "eval/expand.h"

#include "eval/arguments.h"
#include "eval/module.h"
#include "eval/resolve.h"

/* What a step costs from the budget. Nested components, each with two instances of the next, could make exponentially many steps. */
enum { STEP_WORK = 32 };

/* --- components --- */

static void report_no_component(struct program *program, const struct instance *instance, const struct node *name)
{
	struct eval eval = {.program = program, .origin = instance->outer->origin};
	struct diag *diag = eval_report(&eval, SP2055, name, "there is no component `%s`", name->word->text);
	const char *near = module_suggest_component(instance->outer->module, name->word->text);
	if (near)
		diag_help(diag, "a component with a similar name exists: `%s`", near);
	else if (module_kind(instance->outer->module, name->word))
		diag_help(diag, "`%s` is a kind: write `step %s: %s`", name->word->text,
		          instance->node->word ? instance->node->word->text : "NAME", name->word->text);
	if (near)
		program_offer_fix(program, diag, name, near);
}

static void add_exports(struct program *program, struct instance *instance, const struct node *block)
{
	for (const struct node *item = node_child(block, ROLE_ITEM); item; item = node_next(item)) {
		if (item->kind != N_EXPORT || !item->word)
			continue;
		struct symbol *symbol = resolve_add_symbol(program, instance->scope->module, SYMBOL_EXPORT, item);
		symbol->expression = node_child(item, ROLE_VALUE);
		symbol->env = instance->scope->env;
		symbol->origin = instance->scope->origin;
		resolve_declare(program, &instance->exports, symbol);
	}
}

static struct instance *new_instance(struct program *program, const struct node *node, struct scope *scope)
{
	struct instance *instance = arena_new(program->arena, struct instance);
	instance->node = node;
	instance->env = scope->env;
	instance->outer = scope;
	return instance;
}

/* Applies the component to its arguments, and declares the steps of its body. */
static void fill_instance(struct program *program, struct instance *instance)
{
	const struct node *reference = node_child(instance->node, ROLE_KIND);
	const struct node *name = node_callee(reference);
	struct module *owner;
	const struct node *component = name && name->word ? module_function(instance->outer->module, name->word, &owner) : NULL;
	if (!component || component->kind != N_COMPONENT) {
		if (name && name->word)
			report_no_component(program, instance, name);
		return;
	}
	const struct application application = {reference, component, owner, instance->env, instance->outer->origin, NULL};
	struct origin origin;
	if (!arguments_origin(program, &application, &origin))
		return;
	bool is_complete;
	const struct env *arguments = arguments_bind(program, &application, origin, &is_complete);
	if (!is_complete)
		return; /* its steps cannot be known */
	const struct node *block = node_child(component, ROLE_BLOCK);
	size_t first = program->symbols.count;
	struct map *names = arena_new(program->arena, struct map);
	struct env *own = arena_new(program->arena, struct env);
	*own = (struct env){.outer = arguments, .names = names};
	instance->component = component;
	instance->scope = expand_new_scope(program, instance->outer);
	instance->scope->module = owner;
	instance->scope->names = names;
	instance->scope->instance = instance;
	instance->scope->origin = origin;
	instance->scope->suffix = "";
	instance->scope->env = resolve_bind_lets(program, block, own, owner, origin, NULL);
	struct eval eval = {.program = program, .origin = instance->outer->origin};
	for (const struct node *item = node_child(block, ROLE_ITEM); item; item = node_next(item))
		if (eval_spend(&eval, instance->node, STEP_WORK))
			expand_declare(program, instance->scope, item);
	add_exports(program, instance, block);
	for (; first < program->symbols.count; first++)
		program->symbols.items[first]->instance = instance;
}

const struct value *expand_export(struct eval *eval, const struct node *node, struct instance *instance, const struct word *name)
{
	struct symbol *symbol = map_get(&instance->exports, name);
	if (symbol)
		return eval_symbol(eval, symbol, node);
	if (!instance->component)
		return &value_error;
	struct diag *diag = eval_report(eval, SP2056, node, "`%s` does not export `%s`", instance->component->word->text, name->text);
	if (node->kind == N_MEMBER)
		diag->span = node_name_span(node);
	struct text all = {0};
	for (const struct node *item = node_child(node_child(instance->component, ROLE_BLOCK), ROLE_ITEM); item; item = node_next(item))
		if (item->kind == N_EXPORT && item->word)
			text_printf(&all, "%s`%s`", all.length ? ", " : "", item->word->text);
	diag_help(diag, all.length ? "it exports %s" : "it exports nothing", text_string(&all));
	text_free(&all);
	return &value_error;
}

/* --- units --- */

static const struct env *bind_variable(struct program *program, const struct env *env, const struct node *variable,
                                       const struct value *value)
{
	struct env *inner = arena_new(program->arena, struct env);
	*inner = (struct env){.outer = env, .name = variable->word, .value = value};
	return inner;
}

/* Adds an expansion to a unit: a member of a family, whose key is in `env` and `suffix`; or, if `key` is NULL, the only one. */
static void add_expansion(struct program *program, struct unit *unit, const struct value *key, const struct env *env, const char *suffix)
{
	struct expansion expansion = {.key = key};
	struct scope *scope = unit->scope;
	if (key) {
		scope = expand_new_scope(program, scope);
		scope->suffix = suffix;
		scope->env = env;
	}
	if (unit->node->kind == N_SCHEDULE) {
		struct schedule *schedule = arena_new(program->arena, struct schedule);
		*schedule = (struct schedule){.node = unit->node, .scope = scope};
		vec_push(program->arena, &program->schedules, schedule);
	} else if (unit->node->kind == N_STEP) {
		expansion.step = expand_new_step(program, unit->node, scope);
	} else if (unit->node->kind == N_USE) {
		expansion.instance = new_instance(program, unit->node, scope);
		fill_instance(program, expansion.instance);
	} else {
		struct env *own = arena_new(program->arena, struct env);
		expansion.names = arena_new(program->arena, struct map);
		*own = (struct env){.outer = env, .names = expansion.names};
		scope->env = own;
		scope->names = expansion.names;
		expansion.step = unit->node->kind == N_FOREACH ? expand_new_foreach(program, unit->node, scope)
		                                                 : expand_new_condition(program, unit->node, scope);
	}
	vec_push(program->arena, &unit->expansions, expansion);
}

/* The key of a member as text, from `value`; NULL after a report. */
static const struct value *family_key(struct eval *eval, const struct node *family, const struct value *value, struct map *seen)
{
	if (value->kind == VALUE_ERROR)
		return NULL;
	if (value->kind != VALUE_STRING && !value_is_integer(value)) {
		struct diag *diag = eval_report(eval, SP2054, node_child(family, ROLE_VALUE),
		                                "the key of a family member must be text or a whole number, not %s",
		                                value_noun(eval->program->arena, value));
		diag_help(diag, "give each member a key: `[key, value in { ... }]`");
		return NULL;
	}
	if (map_get(seen, value->word)) {
		eval_report(eval, SP2054, node_child(family, ROLE_VALUE), "two members of the family have the key "
		                                                          "\"%s\"", value->word->text);
		return NULL;
	}
	map_put(eval->program->arena, seen, value->word, (void *)value);
	return eval_string(eval, node_child(family, ROLE_VALUE), value->word->text, value->word->length);
}

static void report_family(struct eval *eval, const struct node *at, const struct value *over)
{
	struct diag *diag = eval_report(eval, SP3004, at, "a family iterates over a list%s, not over %s",
	                                over->kind == VALUE_OBJECT ? " if it has one variable" : " or an object",
	                                value_noun(eval->program->arena, over));
	if (over->kind == VALUE_OBJECT)
		diag_help(diag, "write `[key, value in ...]`");
	else if (value_is_deferred(over))
		diag_help(diag, "the number of steps must be known at compile time");
}

static void expand_family(struct program *program, struct unit *unit, const struct node *family)
{
	struct eval eval = {.program = program, .origin = unit->scope->origin};
	const struct node *first = node_child(family, ROLE_ITEM), *second = first ? node_next(first) : NULL;
	const struct node *at = node_child(family, ROLE_VALUE);
	const struct value *over = eval_expression(&eval, at, unit->scope->env);
	struct map seen = {0};
	resolve_check_variables(program, family, ROLE_ITEM);
	if (over->kind == VALUE_NULL)
		return;
	if (!first || (over->kind != VALUE_LIST && !(over->kind == VALUE_OBJECT && second))) {
		if (first && over->kind != VALUE_ERROR)
			report_family(&eval, at, over);
		unit->is_unknown = true;
		return;
	}
	for (uint32_t i = 0; i < over->count && eval_spend(&eval, family, STEP_WORK); i++) {
		const struct value *value = over->kind == VALUE_LIST ? over->items[i] : over->fields[i].value;
		const struct word *name = over->kind == VALUE_OBJECT ? over->fields[i].name : NULL;
		const struct value *key_or_index = name ? eval_string(&eval, at, name->text, name->length) : eval_integer(&eval, at, i);
		const struct value *key = family_key(&eval, family, second ? key_or_index : value, &seen);
		if (!key)
			continue;
		const struct env *env = bind_variable(program, unit->scope->env, first, second ? key_or_index : value);
		if (second)
			env = bind_variable(program, env, second, value);
		add_expansion(program, unit, key, env, arena_printf(program->arena, "%s-%s", unit->scope->suffix, key->word->text));
	}
}

/* Expands a unit, once. Evaluating the list or object of a family may expand other units. */
static void expand_unit(struct program *program, struct unit *unit)
{
	const struct node *family = node_child(unit->node, ROLE_FAMILY);
	if (unit->is_expanded)
		return;
	unit->is_expanded = unit->is_busy = true;
	if (!family)
		add_expansion(program, unit, NULL, unit->scope->env, unit->scope->suffix);
	else if (family->kind == N_FAMILY)
		expand_family(program, unit, family);
	unit->is_busy = false;
}

static const struct value *expansion_value(struct program *program, const struct expansion *expansion, const struct symbol *symbol)
{
	struct eval eval = {.program = program};
	if (expansion->names && symbol->node != expansion->step->node) {
		struct symbol *inner = map_get(expansion->names, symbol->name);
		return inner ? eval_symbol(&eval, inner, symbol->node) : &value_error;
	}
	struct value *value = eval_new(&eval, expansion->instance ? VALUE_INSTANCE : VALUE_STEP, symbol->node);
	if (expansion->instance)
		value->instance = expansion->instance;
	else
		value->step = expansion->step;
	return value;
}

const struct value *expand_symbol(struct program *program, const struct symbol *symbol)
{
	struct unit *unit = symbol->unit;
	const struct node *family = node_child(unit->node, ROLE_FAMILY);
	struct eval eval = {.program = program};
	if (unit->is_busy) {
		diag_report(program->diags, SP2006, program_file(program, symbol->node), node_name_span(symbol->node),
		            "`%s` is defined in terms of itself", symbol->name->text);
		return &value_error;
	}
	expand_unit(program, unit);
	if (!family)
		return unit->expansions.count ? expansion_value(program, &unit->expansions.items[0], symbol) : &value_error;
	if (family->kind != N_FAMILY || unit->is_unknown)
		return &value_error;
	struct value *object = eval_new(&eval, VALUE_OBJECT, symbol->node);
	struct field *fields = arena_array(program->arena, struct field, unit->expansions.count + 1);
	for (size_t i = 0; i < unit->expansions.count; i++) {
		const struct expansion *expansion = &unit->expansions.items[i];
		fields[object->count++] = (struct field){expansion->key->word, expansion_value(program, expansion, symbol), unit->node};
	}
	object->is_family = true;
	object->fields = fields;
	return object;
}

/* --- lists of steps --- */

static void list_scope(struct program *program, const struct scope *scope, struct step_list *list);

static void list_step(struct program *program, struct step *step, struct step_list *list)
{
	vec_push(program->arena, &program->all_steps, step);
	vec_push(program->arena, list, step);
	if (step->if_scope)
		list_scope(program, step->if_scope, &step->if_steps);
	if (step->else_scope)
		list_scope(program, step->else_scope, &step->else_steps);
}

static void list_scope(struct program *program, const struct scope *scope, struct step_list *list)
{
	for (size_t i = 0; i < scope->units.count; i++) {
		struct unit *unit = scope->units.items[i];
		expand_unit(program, unit);
		for (size_t j = 0; j < unit->expansions.count; j++) {
			const struct expansion *expansion = &unit->expansions.items[j];
			if (expansion->step)
				list_step(program, expansion->step, list);
			else if (expansion->instance->scope)
				list_scope(program, expansion->instance->scope, list);
		}
	}
}

void expand_program(struct program *program)
{
	list_scope(program, program->scope, &program->steps);
	for (size_t i = 0; i < program->schedule_scope->units.count; i++)
		expand_unit(program, program->schedule_scope->units.items[i]);
}

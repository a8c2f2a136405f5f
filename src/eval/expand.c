#include "eval/expand.h"

#include "eval/arguments.h"
#include "eval/module.h"
#include "eval/resolve.h"
#include "eval/symbols.h"

/* What a step costs from the budget: components in components, each used twice, make more than can ever be written. */
enum { EXPAND_WORK = 32 };

static struct eval eval_in(struct program *program, const struct scope *scope)
{
	return (struct eval){.program = program, .frame = scope->origin.frame, .call_site = scope->origin.call_site};
}

/* --- declaring --- */

static const struct env *bind_variable(struct program *program, const struct env *env, const struct node *variable,
                                       const struct value *value)
{
	struct env *inner = arena_new(program->arena, struct env);
	*inner = (struct env){.outer = env, .name = variable->word, .value = value};
	return inner;
}

static struct scope *new_scope(struct program *program, const struct scope *outer)
{
	struct scope *scope = arena_new(program->arena, struct scope);
	*scope = *outer;
	scope->units.items = NULL;
	scope->units.count = scope->units.room = 0;
	return scope;
}

const struct env *expand_lets(struct program *program, const struct node *block, const struct env *env, struct module *module,
                              struct origin origin, struct step *step)
{
	const struct env *end = env;
	for (const struct node *item = node_child(block, ROLE_ITEM); item; item = node_next(item)) {
		if (item->kind != N_LET || !item->word)
			continue;
		struct symbol *symbol = resolve_add_symbol(program, module, SYMBOL_LET, item);
		for (const struct env *e = env; e != end; e = e->outer) {
			if (e->name != item->word)
				continue;
			struct map names = {0};
			map_put(program->arena, &names, item->word, e->symbol);
			resolve_declare(program, &names, symbol);
		}
		symbol->expression = node_child(item, ROLE_VALUE);
		symbol->origin = origin;
		symbol->step = step;
		struct env *inner = arena_new(program->arena, struct env);
		*inner = (struct env){.outer = env, .name = item->word, .symbol = symbol};
		env = inner;
	}
	for (const struct env *e = env; e != end; e = e->outer)
		e->symbol->env = env;
	return env;
}

/* What is in a branch is inside its condition in the definition too, which nobody could read. */
static bool is_too_deep(struct program *program, const struct node *node, const struct step *parent)
{
	enum { MAX_DEPTH = 200 };
	unsigned depth = 0;
	for (; parent && depth < MAX_DEPTH; parent = parent->parent)
		depth++;
	if (depth < MAX_DEPTH)
		return false;
	struct diag *diag = program_report(program, SP1104, node, "this condition is inside more than %d others", MAX_DEPTH);
	diag->span = node->kind == N_ARM ? node_span(node_child(node, ROLE_CONDITION)) : node_name_span(node);
	diag_help(diag, "an `else if` is inside the `else` before it: choose by `in [...]`, or in a Lambda step");
	return true;
}

static struct step *new_step(struct program *program, const struct node *node, struct scope *scope)
{
	struct step *step = arena_new(program->arena, struct step);
	step->node = node;
	step->name = node->word ? node->word : names_word(&program->world->names, "?");
	step->parent = scope->parent;
	step->is_else = scope->is_else;
	step->env = scope->env;
	step->scope = scope;
	return step;
}

/* What a branch holds; its lets are seen by each other and by its steps, whatever the order. */
static struct scope *new_branch(struct program *program, const struct node *block, struct step *condition, bool is_else)
{
	struct scope *scope = new_scope(program, condition->scope);
	scope->parent = condition;
	scope->is_else = is_else;
	size_t first = program->symbols.count;
	scope->env = expand_lets(program, block, condition->env, scope->module, scope->origin, NULL);
	for (; first < program->symbols.count; first++)
		program->symbols.items[first]->branch = condition;
	resolve_check_branch(program, block);
	for (const struct node *item = node_child(block, ROLE_ITEM); item; item = node_next(item))
		expand_declare(program, scope, item);
	return scope;
}

/* `else if` is a condition inside the else branch of the one before: NAME-2, NAME-3, … */
static struct step *new_else_if(struct program *program, const struct node *arm, struct step *outer)
{
	struct scope *scope = new_scope(program, outer->scope);
	struct unit *unit = arena_new(program->arena, struct unit);
	scope->parent = outer;
	scope->is_else = true;
	struct step *step = new_step(program, arm, scope);
	step->name = outer->name;
	step->env = outer->env;
	*unit = (struct unit){.node = arm, .scope = scope, .is_expanded = true};
	vec_push(program->arena, &unit->expansions, ((struct expansion){.step = step}));
	vec_push(program->arena, &scope->units, unit);
	outer->else_scope = scope;
	return step;
}

static struct step *new_condition(struct program *program, const struct node *node, struct scope *scope)
{
	const struct kind *kind = kind_find(program->world, names_word(&program->world->names, "Condition"));
	struct step *first = new_step(program, node, scope), *step = first;
	bool is_first = true;
	for (const struct node *arm = node_child(node, ROLE_ARM); arm; arm = node_next(arm)) {
		const struct node *block = node_child(arm, ROLE_BLOCK), *condition = node_child(arm, ROLE_CONDITION);
		if (!condition) {
			step->else_scope = new_branch(program, block, step, true);
			continue;
		}
		if (!is_first && is_too_deep(program, arm, step))
			break;
		if (!is_first)
			step = new_else_if(program, arm, step);
		is_first = false;
		step->kind = kind;
		step->condition_at = condition;
		step->if_scope = new_branch(program, block, step, false);
	}
	first->kind = kind;
	return first;
}

static struct instance *new_instance(struct program *program, const struct node *node, struct scope *scope)
{
	struct instance *instance = arena_new(program->arena, struct instance);
	instance->node = node;
	instance->env = scope->env;
	instance->outer = scope;
	return instance;
}

/* The steps in the branches of a family of conditions: outside, each name stands for all of them, by key. */
static void declare_inner(struct program *program, struct unit *unit, const struct node *condition)
{
	for (const struct node *arm = node_child(condition, ROLE_ARM); arm; arm = node_next(arm)) {
		const struct node *item = node_child(node_child(arm, ROLE_BLOCK), ROLE_ITEM);
		for (; item; item = node_next(item)) {
			if (item->kind != N_STEP && item->kind != N_CONDITION && item->kind != N_USE)
				continue;
			struct symbol *symbol = resolve_add_symbol(program, unit->scope->module, SYMBOL_STEP, item);
			symbol->unit = unit;
			resolve_declare(program, unit->scope->names, symbol);
			if (item->kind == N_CONDITION)
				declare_inner(program, unit, item);
		}
	}
}

void expand_declare(struct program *program, struct scope *scope, const struct node *node)
{
	if (node->kind != N_STEP && node->kind != N_CONDITION && node->kind != N_USE)
		return;
	if (node->kind == N_CONDITION && is_too_deep(program, node, scope->parent))
		return;
	struct unit *unit = arena_new(program->arena, struct unit);
	struct symbol *symbol = resolve_add_symbol(program, scope->module, SYMBOL_STEP, node);
	*unit = (struct unit){.node = node, .scope = scope};
	symbol->unit = unit;
	resolve_declare(program, scope->names, symbol);
	resolve_check_unit(program, node);
	vec_push(program->arena, &scope->units, unit);
	bool is_family = node_child(node, ROLE_FAMILY) != NULL;
	if (is_family && node->kind == N_CONDITION)
		declare_inner(program, unit, node);
	if (is_family || node->kind == N_USE)
		return;
	unit->is_expanded = true;
	struct step *step = node->kind == N_STEP ? new_step(program, node, scope) : new_condition(program, node, scope);
	vec_push(program->arena, &unit->expansions, ((struct expansion){.step = step}));
}

void expand_declare_schedule(struct program *program, const struct node *node)
{
	struct unit *unit = arena_new(program->arena, struct unit);
	*unit = (struct unit){.node = node, .scope = program->schedule_scope};
	vec_push(program->arena, &program->schedule_scope->units, unit);
}

/* --- components --- */

static void report_no_component(struct program *program, const struct instance *instance, const struct node *name)
{
	struct eval eval = eval_in(program, instance->outer);
	struct diag *diag = eval_report(&eval, SP2055, name, "there is no component `%s`", name->word->text);
	const char *near = module_suggest_component(instance->outer->module, name->word->text);
	if (near)
		diag_help(diag, "a component with a similar name exists: `%s`", near);
	else if (module_kind(instance->outer->module, name->word))
		diag_help(diag, "`%s` is a kind: `step %s: %s`", name->word->text, instance->node->word ? instance->node->word->text : "NAME",
		          name->word->text);
	if (near)
		program_offer(program, diag, name, near);
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

/* The body of a component, once for each use. */
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
	struct application application = {reference, component, owner, instance->env, instance->outer->origin, NULL};
	struct origin origin;
	if (!arguments_origin(program, &application, &origin))
		return;
	bool is_complete;
	const struct env *arguments = arguments_bind(program, &application, origin, &is_complete);
	if (!is_complete)
		return; /* which steps it would have, nobody knows */
	const struct node *block = node_child(component, ROLE_BLOCK);
	size_t first = program->symbols.count;
	struct map *names = arena_new(program->arena, struct map);
	struct env *own = arena_new(program->arena, struct env);
	*own = (struct env){.outer = arguments, .names = names};
	instance->component = component;
	instance->scope = new_scope(program, instance->outer);
	instance->scope->module = owner;
	instance->scope->names = names;
	instance->scope->instance = instance;
	instance->scope->origin = origin;
	instance->scope->suffix = "";
	instance->scope->env = expand_lets(program, block, own, owner, origin, NULL);
	struct eval eval = eval_in(program, instance->outer);
	for (const struct node *item = node_child(block, ROLE_ITEM); item; item = node_next(item))
		if (eval_spend(&eval, instance->node, EXPAND_WORK))
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
	struct diag *diag = eval_report(eval, SP2056, node, "`%s` exports no `%s`", instance->component->word->text, name->text);
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

/* --- expanding --- */

/* One member of a family, or the only one of a unit. */
static void add_instance(struct program *program, struct unit *unit, const struct value *key, const struct env *env, const char *suffix)
{
	struct expansion expansion = {.key = key};
	struct scope *scope = unit->scope;
	if (key) {
		scope = new_scope(program, scope);
		scope->suffix = suffix;
		scope->env = env;
	}
	if (unit->node->kind == N_SCHEDULE) {
		struct schedule *schedule = arena_new(program->arena, struct schedule);
		*schedule = (struct schedule){.node = unit->node, .scope = scope};
		vec_push(program->arena, &program->schedules, schedule);
	} else if (unit->node->kind == N_STEP) {
		expansion.step = new_step(program, unit->node, scope);
	} else if (unit->node->kind == N_USE) {
		expansion.instance = new_instance(program, unit->node, scope);
		fill_instance(program, expansion.instance);
	} else {
		struct env *own = arena_new(program->arena, struct env);
		expansion.names = arena_new(program->arena, struct map);
		*own = (struct env){.outer = env, .names = expansion.names};
		scope->env = own;
		scope->names = expansion.names;
		expansion.step = new_condition(program, unit->node, scope);
	}
	vec_push(program->arena, &unit->expansions, expansion);
}

/* The key of a member: the variable itself where there is one, else the first of two. NULL after a report. */
static const struct value *family_key(struct eval *eval, const struct node *family, const struct value *value, struct map *seen)
{
	if (value->kind == VALUE_ERROR)
		return NULL;
	if (value->kind != VALUE_STRING && !value_is_integer(value)) {
		struct diag *diag = eval_report(eval, SP2054, node_child(family, ROLE_VALUE), "the key of a member is text or a whole number, not %s",
		                                value_noun(eval->program->arena, value));
		diag_help(diag, "give each a key: `[key, value in { ... }]`");
		return NULL;
	}
	if (map_get(seen, value->word)) {
		eval_report(eval, SP2054, node_child(family, ROLE_VALUE), "the key \"%s\" comes twice", value->word->text);
		return NULL;
	}
	map_put(eval->program->arena, seen, value->word, (void *)value);
	return eval_string(eval, node_child(family, ROLE_VALUE), value->word->text, value->word->length);
}

static void report_family(struct eval *eval, const struct node *at, const struct value *over)
{
	struct diag *diag = eval_report(eval, SP3004, at, "a family runs over a list%s, not over %s",
	                                over->kind == VALUE_OBJECT ? " with one variable" : " or an object",
	                                value_noun(eval->program->arena, over));
	if (over->kind == VALUE_OBJECT)
		diag_help(diag, "write `[key, value in ...]`");
	else if (value_is_deferred(over))
		diag_help(diag, "how many steps there are must be known when compiling");
}

static void expand_family(struct program *program, struct unit *unit, const struct node *family)
{
	struct eval eval = eval_in(program, unit->scope);
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
	for (uint32_t i = 0; i < over->count && eval_spend(&eval, family, EXPAND_WORK); i++) {
		const struct value *value = over->kind == VALUE_LIST ? over->items[i] : over->fields[i].value;
		const struct word *name = over->kind == VALUE_OBJECT ? over->fields[i].name : NULL;
		const struct value *counter = name ? eval_string(&eval, at, name->text, name->length) : eval_integer(&eval, at, i);
		const struct value *key = family_key(&eval, family, second ? counter : value, &seen);
		if (!key)
			continue;
		const struct env *env = bind_variable(program, unit->scope->env, first, second ? counter : value);
		if (second)
			env = bind_variable(program, env, second, value);
		add_instance(program, unit, key, env, arena_printf(program->arena, "%s-%s", unit->scope->suffix, key->word->text));
	}
}

/* The chain of families is as deep as their declarations are nested, and the list of one may ask for another. */
static void expand_unit(struct program *program, struct unit *unit)
{
	const struct node *family = node_child(unit->node, ROLE_FAMILY);
	if (unit->is_expanded)
		return;
	unit->is_expanded = unit->is_busy = true;
	if (!family)
		add_instance(program, unit, NULL, unit->scope->env, unit->scope->suffix);
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
		            "`%s` is made of itself", symbol->name->text);
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

/* --- listing --- */

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

/* --- uses --- */

const struct word *expand_instance_name(struct program *program, struct instance *instance)
{
	if (instance->name)
		return instance->name;
	struct eval eval = eval_in(program, instance->outer);
	instance->name = instance->node->word ? instance->node->word : names_word(&program->world->names, "?");
	instance->name = symbols_full_name(&eval, instance->node, instance->outer, instance->env);
	return instance->name;
}

bool expand_is_absent(struct program *program, struct instance *instance)
{
	if (instance->is_presence_known)
		return instance->is_absent;
	instance->is_presence_known = true;
	struct eval eval = eval_in(program, instance->outer);
	const struct step *parent = instance->outer->parent;
	instance->is_absent = (instance->outer->instance && expand_is_absent(program, instance->outer->instance)) ||
	                 (parent && symbols_is_absent(program, (struct step *)parent)) ||
	                 symbols_false_when(&eval, node_child(instance->node, ROLE_BLOCK), instance->env);
	return instance->is_absent;
}

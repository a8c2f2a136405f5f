#include "eval/expand.h"

#include "eval/eval.h"
#include "eval/resolve.h"

struct scope *expand_new_scope(struct program *program, const struct scope *outer)
{
	struct scope *scope = arena_new(program->arena, struct scope);
	*scope = *outer;
	scope->units.items = NULL;
	scope->units.count = scope->units.room = 0;
	return scope;
}

/* Whether a condition is nested too deep; true after a report. Conditions nest in the same way in the definition. */
static bool is_too_deep(struct program *program, const struct node *node, const struct step *parent)
{
	enum { MAX_DEPTH = 200 };
	unsigned depth = 0;
	for (; parent && depth < MAX_DEPTH; parent = parent->parent)
		depth++;
	if (depth < MAX_DEPTH)
		return false;
	struct diag *diag = program_report(program, SP1104, node, "this %s is nested in more than %d others",
	                                   node->kind == N_FOREACH ? "`foreach`" : "condition", MAX_DEPTH);
	diag->span = node->kind == N_ARM ? node_span(node_child(node, ROLE_CONDITION)) : node_name_span(node);
	diag_help(diag, "each `else if` is nested in the `else` before it: use `in [...]`, or decide in a Lambda step");
	return true;
}

struct step *expand_new_step(struct program *program, const struct node *node, struct scope *scope)
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

/* The scope of a branch, or of the body of a `foreach`, with its lets and steps declared. The lets are visible in all of it, in any
 * order. */
static struct scope *new_branch(struct program *program, const struct node *block, struct step *outer, bool is_else)
{
	struct scope *scope = expand_new_scope(program, outer->scope);
	scope->parent = outer;
	scope->is_else = is_else;
	size_t first = program->symbols.count;
	scope->env = resolve_bind_lets(program, block, outer->env, scope->module, scope->origin, NULL);
	for (; first < program->symbols.count; first++)
		program->symbols.items[first]->branch = outer;
	for (const struct node *item = node_child(block, ROLE_ITEM); item; item = node_next(item))
		expand_declare(program, scope, item);
	return scope;
}

/* An `else if` is a condition in the else branch of the previous condition. Its name in the definition is NAME-2, NAME-3, … */
static struct step *new_else_if(struct program *program, const struct node *arm, struct step *outer)
{
	struct scope *scope = expand_new_scope(program, outer->scope);
	struct unit *unit = arena_new(program->arena, struct unit);
	scope->parent = outer;
	scope->is_else = true;
	struct step *step = expand_new_step(program, arm, scope);
	step->name = outer->name;
	step->env = outer->env;
	*unit = (struct unit){.node = arm, .scope = scope, .is_expanded = true};
	vec_push(program->arena, &unit->expansions, ((struct expansion){.step = step}));
	vec_push(program->arena, &scope->units, unit);
	outer->else_scope = scope;
	return step;
}

struct step *expand_new_condition(struct program *program, const struct node *node, struct scope *scope)
{
	const struct kind *kind = kind_find(program->world, names_word(&program->world->names, "Condition"));
	struct step *first = expand_new_step(program, node, scope), *step = first;
	bool is_first = true;
	for (const struct node *arm = node_child(node, ROLE_ARM); arm; arm = node_next(arm)) {
		const struct node *block = node_child(arm, ROLE_BLOCK), *condition = node_child(arm, ROLE_CONDITION);
		resolve_check_block(program, block);
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

/* What the body of a `foreach` sees: its variable, which stands for the item of the iteration. The variable gets its type when it is
 * used, because types are not known yet. */
static const struct env *bind_item(struct program *program, const struct node *node, const struct scope *scope)
{
	const struct node *variable = node_child(node, ROLE_ITEM);
	if (!variable || !variable->word)
		return scope->env;
	struct eval eval = {.program = program, .origin = scope->origin};
	struct value *item = eval_new(&eval, VALUE_GET, variable);
	item->access = ACCESS_ITEM;
	item->word = variable->word;
	struct env *env = arena_new(program->arena, struct env);
	*env = (struct env){.outer = scope->env, .name = variable->word, .value = item};
	return env;
}

struct step *expand_new_foreach(struct program *program, const struct node *node, struct scope *scope)
{
	struct step *step = expand_new_step(program, node, scope);
	step->kind = kind_find(program->world, names_word(&program->world->names, "ForEach"));
	step->env = bind_item(program, node, scope);
	step->if_scope = new_branch(program, node_child(node, ROLE_BLOCK), step, false);
	return step;
}

static void declare_in_branches(struct program *program, struct unit *unit, const struct node *outer);

static void declare_in_block(struct program *program, struct unit *unit, const struct node *block)
{
	for (const struct node *item = node_child(block, ROLE_ITEM); item; item = node_next(item)) {
		if (!node_is_unit(item))
			continue;
		struct symbol *symbol = resolve_add_symbol(program, unit->scope->module, SYMBOL_STEP, item);
		symbol->unit = unit;
		resolve_declare(program, unit->scope->names, symbol);
		declare_in_branches(program, unit, item);
	}
}

/* Declares the steps in the branches of a family of conditions, or in the bodies of a family of `foreach`. Outside the family, the
 * name of such a step refers to an object with a step for each key. */
static void declare_in_branches(struct program *program, struct unit *unit, const struct node *outer)
{
	if (outer->kind == N_FOREACH)
		declare_in_block(program, unit, node_child(outer, ROLE_BLOCK));
	for (const struct node *arm = node_child(outer, ROLE_ARM); arm; arm = node_next(arm))
		declare_in_block(program, unit, node_child(arm, ROLE_BLOCK));
}

static struct step *new_step(struct program *program, const struct node *node, struct scope *scope)
{
	if (node->kind == N_STEP)
		return expand_new_step(program, node, scope);
	return node->kind == N_FOREACH ? expand_new_foreach(program, node, scope) : expand_new_condition(program, node, scope);
}

void expand_declare(struct program *program, struct scope *scope, const struct node *node)
{
	if (!node_is_unit(node))
		return;
	if ((node->kind == N_CONDITION || node->kind == N_FOREACH) && is_too_deep(program, node, scope->parent))
		return;
	struct unit *unit = arena_new(program->arena, struct unit);
	struct symbol *symbol = resolve_add_symbol(program, scope->module, SYMBOL_STEP, node);
	*unit = (struct unit){.node = node, .scope = scope};
	symbol->unit = unit;
	resolve_declare(program, scope->names, symbol);
	resolve_check_block(program, node_child(node, ROLE_BLOCK));
	vec_push(program->arena, &scope->units, unit);
	bool is_family = node_child(node, ROLE_FAMILY) != NULL;
	if (is_family)
		declare_in_branches(program, unit, node);
	if (is_family || node->kind == N_USE)
		return;
	unit->is_expanded = true;
	vec_push(program->arena, &unit->expansions, ((struct expansion){.step = new_step(program, node, scope)}));
}

void expand_declare_schedule(struct program *program, const struct node *node)
{
	struct unit *unit = arena_new(program->arena, struct unit);
	*unit = (struct unit){.node = node, .scope = program->schedule_scope};
	vec_push(program->arena, &program->schedule_scope->units, unit);
}

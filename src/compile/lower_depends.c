/* `depends on` and the run conditions (`on failure of`, …), of steps and of component instances. */
#include "compile/lower.h"

#include "compile/graph_triggers.h"
#include "eval/derive.h"
#include "eval/resolve.h"
#include "eval/symbols.h"

/* The step or instance that has the clause. One of `step` and `instance` is NULL. */
struct dependent {
	enum node_op trigger;  /* of the clause */
	struct eval eval;
	const struct env *env; /* what the clause sees */
	struct step *step;
	struct instance *instance;
};

static void report_twice(struct dependent *dependent, const struct node *item, const struct node *earlier, const char *name)
{
	struct diag *diag = eval_report(&dependent->eval, SP2001, item, "`%s` is listed twice after `%s`", name,
	                                node_trigger_clause(dependent->trigger));
	if (!dependent->eval.origin.call_site)
		diag_related(diag, program_file(dependent->eval.program, earlier), node_span(earlier), "it is listed here first");
}

/* A step that is not in the pipeline cannot fail, and without it the condition would always hold. */
static void report_absent(struct dependent *dependent, const struct node *item, const char *name)
{
	struct diag *diag = eval_report(&dependent->eval, SP2022, item, "`%s` is listed after `%s`, but its `when` is false", name,
	                                node_trigger_clause(dependent->trigger));
	diag_help(diag, "give the step with this clause the same `when`");
}

/* Whether two names after `depends on` stand in the same block. */
static bool is_same_block(const struct node *a, const struct node *b)
{
	return a->parent && b->parent && a->parent->kind == N_DEPENDS && a->parent->parent == b->parent->parent;
}

static void depend_on_step(struct dependent *dependent, struct step *on, const struct node *item)
{
	struct program *program = dependent->eval.program;
	const struct kind *kind = derive_kind(program, on);
	if (kind && kind->is_terminal) {
		struct diag *diag = eval_report(&dependent->eval, SP2023, item, "nothing can depend on `%s`: %s ends the pipeline",
		                                on->name->text, kind_text(program->arena, kind));
		if (dependent->trigger)
			diag_help(diag, "AWS does not document that its failure starts a step; name the steps before it");
		return;
	}
	if (symbols_is_absent(program, on)) {
		if (dependent->trigger == TRIGGER_FAILED || dependent->trigger == TRIGGER_STOPPED)
			report_absent(dependent, item, on->name->text);
		return;
	}
	const struct edge edge = {on, program_place(dependent->eval.origin, item), dependent->trigger};
	size_t count = dependent->step ? dependent->step->depends.count : dependent->instance->depends.count;
	const struct edge *edges = dependent->step ? dependent->step->depends.items : dependent->instance->depends.items;
	for (size_t i = 0; i < count; i++) {
		if (edges[i].step != on)
			continue;
		if (edges[i].trigger != dependent->trigger)
			graph_report_conflict(program, &edge, &edges[i]);
		else if (is_same_block(edges[i].at, item)) /* a step may repeat a dependency of its kind */
			report_twice(dependent, item, edges[i].at, on->name->text);
		return;
	}
	if (dependent->step)
		vec_push(program->arena, &dependent->step->depends, edge);
	else
		vec_push(program->arena, &dependent->instance->depends, edge);
}

/* Whether the dependent is this instance or stands in it. */
static bool is_in_instance(const struct dependent *dependent, const struct instance *instance)
{
	const struct scope *scope = dependent->instance ? dependent->instance->outer : dependent->step->scope;
	return dependent->instance == instance || program_is_in_instance(scope, instance);
}

static void depend_on_instance(struct dependent *dependent, struct instance *on, const struct node *item)
{
	struct program *program = dependent->eval.program;
	const struct instance_edge edge = {on, program_place(dependent->eval.origin, item), dependent->trigger};
	if (is_in_instance(dependent, on)) {
		eval_report(&dependent->eval, SP2026, item, "`%s` depends on itself", on->node->word ? on->node->word->text : "?");
		return;
	}
	if (symbols_is_instance_absent(program, on)) {
		if (dependent->trigger == TRIGGER_FAILED || dependent->trigger == TRIGGER_STOPPED)
			report_absent(dependent, item, on->node->word ? on->node->word->text : "?");
		return;
	}
	if (dependent->step)
		vec_push(program->arena, &dependent->step->depends_on_instances, edge);
	else
		vec_push(program->arena, &dependent->instance->depends_on_instances, edge);
}

/* Whether a member of a family is the dependent, or an instance in which it stands. */
static bool is_own(const struct dependent *dependent, const struct value *value)
{
	return (value->kind == VALUE_STEP && value->step == dependent->step) ||
	       (value->kind == VALUE_INSTANCE && is_in_instance(dependent, value->instance));
}

static void depend_on(struct dependent *dependent, const struct value *value, const struct node *item)
{
	if (value->kind == VALUE_STEP) {
		depend_on_step(dependent, value->step, item);
	} else if (value->kind == VALUE_INSTANCE) {
		depend_on_instance(dependent, value->instance, item);
	} else if (value->kind == VALUE_OBJECT && value->is_family) {
		for (uint32_t i = 0; i < value->count; i++)
			if (is_own(dependent, value->fields[i].value)) {
				eval_report(&dependent->eval, SP2026, item, "a member of a family cannot depend on the whole family, which "
				                                            "includes itself");
				return;
			}
		for (uint32_t i = 0; i < value->count; i++)
			depend_on(dependent, value->fields[i].value, item);
	} else if (value->kind != VALUE_ERROR) {
		struct diag *diag = eval_report(&dependent->eval, SP2014, item, "`%s` takes steps, not %s",
		                                node_trigger_clause(dependent->trigger), value_noun(dependent->eval.program->arena, value));
		if (value_root(value)->kind == VALUE_STEP)
			diag_help(diag, "%s",
			          dependent->trigger ? "name the step alone" : "a reference to a property is already a dependency");
	}
}

static void report_no_step(struct dependent *dependent, const struct node *name)
{
	struct diag *diag = eval_report(&dependent->eval, SP2004, name, "there is no step `%s`", name->word->text);
	const char *near = resolve_suggest(dependent->eval.program, dependent->env, name->word->text);
	if (near)
		diag_help(diag, "a similar name exists: `%s`", near);
}

static void lower_clause(struct dependent *dependent, const struct node *clause)
{
	dependent->trigger = clause->op;
	for (const struct node *item = node_child(clause, ROLE_ITEM); item; item = node_next(item)) {
		const struct value *value;
		bool is_name = item->kind == N_NAME && item->word;
		if (is_name && !resolve_name(dependent->eval.program, dependent->env, item->word, &value) && !value)
			report_no_step(dependent, item);
		else
			depend_on(dependent, eval_expression(&dependent->eval, item, dependent->env), item);
	}
}

void lower_depends(struct program *program, struct step *step, const struct layer *layer, const struct node *clause)
{
	struct dependent dependent = {.eval = {program, step, layer->origin}, .env = layer->env, .step = step};
	lower_clause(&dependent, clause);
}

void lower_instance(struct program *program, struct instance *instance)
{
	struct dependent dependent = {.eval = {.program = program, .origin = instance->outer->origin},
	                              .env = instance->env, .instance = instance};
	for (const struct node *item = node_child(node_child(instance->node, ROLE_BLOCK), ROLE_ITEM); item; item = node_next(item))
		if (item->kind == N_DEPENDS)
			lower_clause(&dependent, item);
}

#include "compile/graph_foreach.h"

#include <ctype.h>

static bool is_foreach(const struct step *step)
{
	return step->node->kind == N_FOREACH;
}

const struct step *graph_foreach_around(const struct step *step)
{
	const struct step *outer = step->parent;
	while (outer && !is_foreach(outer))
		outer = outer->parent;
	return outer;
}

static bool is_in_body(const struct step *step, const struct step *foreach)
{
	for (; step; step = step->parent)
		if (step->parent == foreach)
			return true;
	return false;
}

/* --- cycles --- */

void graph_add_body_edges(struct program *program)
{
	for (size_t i = 0; i < program->all_steps.count; i++) {
		const struct step *step = program->all_steps.items[i];
		struct step *foreach = (struct step *)graph_foreach_around(step);
		for (size_t j = 0; foreach && j < step->edges.count; j++) {
			const struct edge *edge = &step->edges.items[j];
			if (edge->step == foreach || is_in_body(edge->step, foreach))
				continue;
			vec_push(program->arena, &foreach->edges, *edge);
			foreach->body_edge_count++;
		}
	}
}

void graph_drop_body_edges(struct program *program)
{
	for (size_t i = 0; i < program->all_steps.count; i++) {
		struct step *step = program->all_steps.items[i];
		step->edges.count -= step->body_edge_count;
		step->body_edge_count = 0;
	}
}

/* --- rules --- */

/* Reports a step that the service does not run in a body, which may come from a component. */
static void check_kind(struct program *program, const struct step *step, const struct step *foreach)
{
	bool is_bad = step->condition_at || is_foreach(step) || (step->kind && step->kind->is_terminal);
	if (!is_bad)
		return;
	const char *what = step->condition_at ? "a condition" : is_foreach(step) ? "a `foreach`" : kind_text(program->arena, step->kind);
	struct diag *diag = program_report(program, SP2081, program_step_place(step), "%s cannot be in the body of a `foreach`", what);
	diag->span = program_step_span(step);
	program_relate_step(program, diag, foreach, "is here");
	diag_help(diag, "SageMaker runs no Condition, Fail or ForEach step there: move it after the `foreach`, or decide in the code");
}

/* A step depends on the `foreach` in whose body it is, or on a step in the body of another one. */
static void check_edge(struct program *program, const struct step *step, const struct edge *edge)
{
	const struct step *foreach = graph_foreach_around(edge->step), *own = graph_foreach_around(step);
	if (own && edge->step == own && edge->at != program_step_place(step)) {
		program_report(program, SP2026, edge->at, "`%s` is in the body of `%s`: it cannot wait for it, or read what it makes",
		               program_step_name(step), program_step_name(own));
		return;
	}
	if (!foreach || step == foreach || is_in_body(step, foreach))
		return;
	const char *name = program_step_name(foreach);
	struct diag *diag = program_report(program, SP2083, edge->at, "`%s` runs once for each item of `%s`: only steps in its body can %s",
	                                   program_step_name(edge->step), name, "refer to it");
	program_relate_step(program, diag, edge->step, "is here");
	diag_help(diag, "wait for the `foreach` with `depends on %s`, or read `%s.IterationOutputs[0].%s` or, with a `pick`, `%s.Selected`",
	          name, name, program_step_name(edge->step), name);
}

/* The step of a body whose iterations the service gives this name: NAME-0, NAME-1, …; or NULL. */
static const struct step *find_iterated(struct program *program, const struct map *bodies, const struct word *name)
{
	size_t length = name->length;
	while (length && isdigit((unsigned char)name->text[length - 1]))
		length--;
	bool is_numbered = length > 1 && length < name->length && name->text[length - 1] == '-';
	return is_numbered ? map_get(bodies, names_intern(&program->world->names, name->text, length - 1)) : NULL;
}

static void check_names(struct program *program)
{
	struct map bodies = {0};
	for (size_t i = 0; i < program->all_steps.count; i++) {
		struct step *step = program->all_steps.items[i];
		if (!step->is_absent && step->step_name && graph_foreach_around(step))
			map_put(program->arena, &bodies, step->step_name, step);
	}
	for (size_t i = 0; bodies.count && i < program->all_steps.count; i++) {
		const struct step *step = program->all_steps.items[i];
		const struct step *iterated = !step->is_absent && step->step_name ? find_iterated(program, &bodies, step->step_name) : NULL;
		if (!iterated)
			continue;
		struct diag *diag = program_report(program, SP2085, program_step_place(step),
		                                   "\"%s\" is the name of an iteration of `%s`", step->step_name->text,
		                                   program_step_name(iterated));
		diag->span = program_step_span(step);
		program_relate_step(program, diag, iterated, "is here");
		diag_help(diag, "give the step another name: `as \"...\"`");
	}
}

static bool has_steps(const struct step_list *steps)
{
	for (size_t i = 0; i < steps->count; i++)
		if (!steps->items[i]->is_absent)
			return true;
	return false;
}

void graph_check_foreach(struct program *program)
{
	for (size_t i = 0; i < program->all_steps.count; i++) {
		const struct step *step = program->all_steps.items[i];
		const struct step *foreach = graph_foreach_around(step);
		if (step->is_absent)
			continue;
		if (foreach)
			check_kind(program, step, foreach);
		if (is_foreach(step) && !has_steps(&step->if_steps)) {
			struct diag *diag = program_report(program, SP2082, program_step_place(step), "the body of `%s` has no steps",
			                                   program_step_name(step));
			diag->span = program_step_span(step);
		}
		for (size_t j = 0; j < step->edges.count; j++)
			check_edge(program, step, &step->edges.items[j]);
	}
	check_names(program);
}

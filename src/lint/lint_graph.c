/* Lint rules on the dependencies of steps. */
#include "lint/lint_rules.h"

#include "compile/graph_branches.h"
#include "compile/graph_foreach.h"
#include "compile/graph_references.h"

/* The limit on visited steps, over all searches. In a dense graph each search is long; edges beyond the limit are not checked. */
enum { MAX_VISITS = 10000000 };

/* Whether a chain of dependencies leads from one step to another: dependencies on completion, or of any kind. */
static bool reaches(struct lint *lint, const struct step *from, const struct step *to, bool is_any, struct map *seen)
{
	struct arena *arena = lint->program->arena;
	VEC(const struct step *) stack = {0};
	vec_push(arena, &stack, from);
	while (stack.count && lint->visits++ < MAX_VISITS) {
		const struct step *step = stack.items[--stack.count];
		if (step == to)
			return true;
		if (!step->step_name || map_get(seen, step->step_name))
			continue;
		map_put(arena, seen, step->step_name, (void *)step);
		for (size_t i = 0; i < step->edges.count; i++)
			if (is_any || !step->edges.items[i].trigger)
				vec_push(arena, &stack, step->edges.items[i].step);
	}
	return false;
}

/* The `foreach` around a step, unless the other step is in it too; else the step. It ends when all of its steps have ended. */
static const struct step *as_seen_by(const struct step *step, const struct step *other)
{
	const struct step *foreach = graph_foreach_around(step);
	return foreach && foreach != graph_foreach_around(other) ? foreach : step;
}

bool lint_are_ordered(struct lint *lint, const struct step *a, const struct step *b)
{
	const struct step *first = as_seen_by(a, b), *second = as_seen_by(b, a);
	struct map from_a = {0}, from_b = {0};
	struct arena_mark mark = arena_mark(lint->program->arena);
	bool are_ordered = graph_exclusive_condition(a, b) || reaches(lint, a, second, true, &from_a) ||
	                   reaches(lint, b, first, true, &from_b) ||
	                   lint->visits >= MAX_VISITS;
	arena_rewind(lint->program->arena, mark);
	return are_ordered;
}

/* Sets the wanted step, the context, to NULL if the reference is to it. */
static void find_reference(void *context, const struct value *reference)
{
	const struct step **wanted = context;
	const struct value *root = value_root(reference);
	if (*wanted && (root->kind == VALUE_STEP || root->kind == VALUE_FILE) && root->step == *wanted)
		*wanted = NULL;
}

static bool refers_to(const struct step *step, const struct step *other)
{
	const struct step *wanted = other;
	graph_each_step_reference(step, find_reference, &wanted);
	return !wanted;
}

/* What makes a `depends on` redundant: `to` itself if the step refers to it, else the first step of another path to `to`. NULL if
 * nothing does. */
static const struct step *find_other_path(struct lint *lint, const struct step *step, const struct step *to)
{
	struct map seen = {0};
	if (refers_to(step, to))
		return to;
	for (size_t i = 0; i < step->edges.count; i++) {
		const struct step *next = step->edges.items[i].step;
		if (next != to && !step->edges.items[i].trigger && reaches(lint, next, to, false, &seen))
			return next;
	}
	return NULL;
}

static void report_redundant(struct lint *lint, enum diag_code code, const struct step *step, const struct edge *edge,
                             const struct step *path)
{
	const struct node *clause = edge->at->parent;
	struct diag *diag = lint_report(lint, code, edge->at, "`%s` depends on `%s` without this clause", program_step_name(step),
	                                program_step_name(edge->step));
	if (path == edge->step)
		diag_label(diag, "the step reads one of its values");
	else
		diag_label(diag, "through `%s`", program_step_name(path));
	if (!node_next(node_child(clause, ROLE_ITEM)))
		lint_offer_removal(lint, diag, clause, true);
}

/* Whether a name after `depends on` makes only this edge. The name of a family or component instance makes several edges; a clause in
 * a kind, a component or a family applies to several steps. */
static bool is_only_edge(const struct step *step, const struct edge *edge)
{
	size_t count = 0;
	for (size_t i = 0; i < step->depends.count; i++)
		count += step->depends.items[i].at == edge->at;
	bool is_own = edge->at->parent->parent == node_child(step->node, ROLE_BLOCK);
	return count == 1 && is_own && !step->scope->instance && !*step->scope->suffix;
}

void lint_redundant_dependencies(struct lint *lint, enum diag_code code)
{
	for (size_t i = 0; i < lint->program->all_steps.count; i++) {
		const struct step *step = lint->program->all_steps.items[i];
		for (size_t j = 0; j < step->depends.count; j++) {
			const struct edge *edge = &step->depends.items[j];
			if (edge->trigger || !is_only_edge(step, edge)) /* nothing else starts a step on a failure */
				continue;
			struct arena_mark mark = arena_mark(lint->program->arena);
			const struct step *path = find_other_path(lint, step, edge->step);
			arena_rewind(lint->program->arena, mark);
			if (path)
				report_redundant(lint, code, step, edge, path);
		}
	}
}

void lint_unneeded_steps(struct lint *lint, enum diag_code code)
{
	struct step_list *steps = &lint->program->all_steps;
	for (size_t i = 0; i < steps->count; i++)
		for (size_t j = 0; j < steps->items[i]->edges.count; j++) {
			const struct edge *edge = &steps->items[i]->edges.items[j];
			if (!edge->trigger) /* a step that runs on a failure uses no results */
				map_put(lint->program->arena, &lint->needed, edge->step->step_name, lint);
		}
	for (size_t i = 0; i < steps->count; i++) {
		const struct step *step = steps->items[i];
		if (!step->is_absent && step->kind->writes && !map_get(&lint->needed, step->step_name)) {
			struct diag *diag = lint_report(lint, code, program_step_place(step), "no step uses the results of `%s`",
			                                program_step_name(step));
			diag->span = program_step_span(step);
		}
	}
}

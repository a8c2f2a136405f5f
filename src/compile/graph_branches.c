#include "compile/graph_branches.h"

/* Whether a step is in a branch of a condition, directly or deeper. */
static bool is_in_branch(const struct step *step, const struct step *condition, bool is_else)
{
	for (; step; step = step->parent)
		if (step->parent == condition && step->is_else == is_else)
			return true;
	return false;
}

const struct step *graph_exclusive_condition(const struct step *a, const struct step *b)
{
	for (const struct step *inner = a; inner->parent; inner = inner->parent)
		if (is_in_branch(b, inner->parent, !inner->is_else))
			return inner->parent;
	return NULL;
}

static bool always_fails(const struct step_list *branch)
{
	for (size_t i = 0; i < branch->count; i++) {
		const struct step *step = branch->items[i];
		if (step->is_absent || !step->kind)
			continue;
		if (step->kind->is_terminal)
			return true;
		if (step->condition_at && always_fails(&step->if_steps) && always_fails(&step->else_steps))
			return true;
	}
	return false;
}

static void report_exclusive(struct program *program, const struct step *step, const struct edge *edge, const struct step *condition)
{
	struct diag *diag = program_report(program, SP2028, edge->at,
	                                   "`%s` and `%s` are in different branches of `%s`: only one of them runs",
	                                   program_step_name(step), program_step_name(edge->step), program_step_name(condition));
	program_relate_step(program, diag, edge->step, "is here");
	diag_help(diag, "move what both branches need before the condition");
}

static void report_outside(struct program *program, const struct step *step, const struct edge *edge, const struct step *condition)
{
	struct diag *diag = program_report(program, SP2029, edge->at, "`%s` depends on `%s`, which runs only in one branch of `%s`",
	                                   program_step_name(step), program_step_name(edge->step), program_step_name(condition));
	program_relate_step(program, diag, edge->step, "is here");
	diag_help(diag, "move `%s` into the branch, or end the other branches with a Fail step", program_step_name(step));
}

/* Walks outwards from the step that the edge leads to. That step may not run if it is in a branch without the dependent step. */
static void check_edge(struct program *program, const struct step *step, const struct edge *edge)
{
	const struct step *uncertain = NULL, *exclusive = graph_exclusive_condition(edge->step, step);
	if (exclusive) {
		report_exclusive(program, step, edge, exclusive);
		return;
	}
	for (const struct step *inner = edge->step; inner->parent; inner = inner->parent) {
		const struct step *condition = inner->parent;
		if (!condition->condition_at || step == condition || is_in_branch(step, condition, inner->is_else))
			continue;
		if (!always_fails(inner->is_else ? &condition->if_steps : &condition->else_steps))
			uncertain = condition;
	}
	if (uncertain)
		report_outside(program, step, edge, uncertain);
}

static void report_condition(struct program *program, const struct edge *edge)
{
	struct diag *diag = program_report(program, SP2041, edge->at, "`%s` names the condition `%s`",
	                                   node_trigger_clause(edge->trigger), program_step_name(edge->step));
	diag_help(diag,
	          "AWS does not document whether SageMaker accepts this: put the step into a branch, or depend on the steps that the "
	          "condition reads");
}

void graph_check_branches(struct program *program)
{
	for (size_t i = 0; i < program->all_steps.count; i++) {
		const struct step *step = program->all_steps.items[i];
		for (size_t j = 0; j < step->edges.count; j++)
			check_edge(program, step, &step->edges.items[j]);
		for (size_t j = 0; j < step->depends.count; j++)
			if (step->depends.items[j].step->condition_at)
				report_condition(program, &step->depends.items[j]);
	}
}

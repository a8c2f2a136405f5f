#include "compile/graph_triggers.h"

#include "compile/graph_references.h"

void graph_report_conflict(struct program *program, const struct edge *edge, const struct edge *earlier)
{
	struct diag *diag = program_report(program, SP2044, edge->at, "`%s` is listed after `%s` and after `%s`",
	                                   program_step_name(edge->step), node_trigger_clause(earlier->trigger),
	                                   node_trigger_clause(edge->trigger));
	diag_related(diag, program_file(program, earlier->at), node_span(earlier->at), "it is listed here first");
	diag_help(diag, "keep one of the clauses; `%s` covers every end of a step", node_trigger_clause(TRIGGER_ANY));
}

void graph_report_component(struct program *program, const struct instance_edge *edge, size_t count)
{
	const struct word *name = edge->instance->node->word;
	const char *what = count == 1 ? "a condition" : count ? "several steps" : "no steps";
	struct diag *diag = program_report(program, SP2045, edge->at, "`%s` takes an instance of one step, but `%s` has %s",
	                                   node_trigger_clause(edge->trigger), name ? name->text : "?", what);
	if (count)
		diag_help(diag, "export the step that is meant from the component, and name the export");
}

/* The search for references from a step to one on whose completion it does not wait. */
struct search {
	struct program *program;
	const struct step *step;
	const struct edge *edge;
	bool is_found; /* one report for each edge is enough */
};

static void find_read(void *context, const struct value *reference)
{
	struct search *search = context;
	const struct value *root = value_root(reference);
	const struct edge *edge = search->edge;
	if ((root->kind != VALUE_STEP && root->kind != VALUE_FILE) || root->step != edge->step || search->is_found)
		return;
	search->is_found = true;
	const char *name = program_step_name(edge->step);
	const char *when = edge->trigger == TRIGGER_ANY ? "even if" : "when";
	const char *end = edge->trigger == TRIGGER_STOPPED ? "was stopped" : "failed";
	struct diag *diag = program_report_value(search->program, SP2043, reference, NULL,
	                                         "`%s` runs %s `%s` %s: it cannot read what `%s` makes",
	                                         program_step_name(search->step), when, name, end, name);
	diag_related(diag, program_file(search->program, edge->at), node_span(edge->at), "the run condition is here");
	if (edge->trigger == TRIGGER_ANY)
		diag_help(diag, "`%s` may have failed: read nothing of it, or write `depends on %s`", name, name);
	else
		diag_help(diag, "`name(%s)` is known without a run, and so is everything that it was given", name);
}

void graph_check_triggers(struct program *program)
{
	for (size_t i = 0; i < program->all_steps.count; i++) {
		const struct step *step = program->all_steps.items[i];
		/* a step in a branch or body runs when the condition or `foreach` runs */
		for (const struct step *owner = step; owner; owner = owner->parent)
			for (size_t j = 0; j < owner->depends.count; j++) {
				struct search search = {program, step, &owner->depends.items[j], false};
				if (search.edge->trigger)
					graph_each_step_reference(step, find_read, &search);
			}
	}
}

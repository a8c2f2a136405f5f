/* Steps that other steps name in their arguments, where the kind says so: `depends on Resources.S3.StepName`. The named steps are
 * dependencies, and the service deletes what they wrote. */
#include "base/suggest.h"
#include "compile/graph_references.h"
#include "compile/lower.h"

#include <string.h>

struct naming {
	struct program *program;
	struct step *step;
	const struct map *steps; /* by their names in the definition */
};

static void report_unknown(const struct naming *naming, const struct value *name)
{
	struct suggest suggest;
	suggest_init(&suggest, name->word->text);
	for (size_t i = 0; i < naming->program->all_steps.count && program_may_suggest(naming->program); i++)
		if (naming->program->all_steps.items[i]->step_name)
			suggest_offer(&suggest, naming->program->all_steps.items[i]->step_name->text);
	const char *near = suggest_result(&suggest);
	struct diag *diag = program_report_value(naming->program, SP2093, name, naming->step->node,
	                                         "no step has the name \"%s\" in the definition", name->word->text);
	if (near)
		diag_help(diag, "a similar name exists: \"%s\"", near);
	else
		diag_help(diag, "write the step without quotes: `StepName: STEP`");
	if (near && name->at)
		program_offer_fix(naming->program, diag, name->at, near);
}

/* Whether arguments have a member of this name, at any depth. */
static bool has_member(const struct value *value, const char *name)
{
	for (uint32_t i = 0; value->kind == VALUE_OBJECT && i < value->count; i++)
		if (names_is(value->fields[i].name, name) || has_member(value->fields[i].value, name))
			return true;
	return false;
}

static void note_location(void *context, const struct value *value, const struct value *holder)
{
	(void)holder;
	struct text *all = context;
	if (value->kind == VALUE_STRING)
		text_printf(all, "%s\n", value->word->text);
	else
		text_puts(all, "*\n"); /* known only when the pipeline runs */
}

/* Whether a URI is at or below one of these locations, or may be. */
static bool is_below(const char *uri, const char *locations)
{
	for (const char *line = locations; *line; line = strchr(line, '\n') + 1) {
		size_t length = strcspn(line, "\n");
		size_t bare = length && line[length - 1] == '/' ? length - 1 : length;
		if (*line == '*' || (strncmp(uri, line, bare) == 0 && (!uri[bare] || uri[bare] == '/')))
			return true;
	}
	return false;
}

static void check_uris(const struct naming *naming, const struct step *source, const struct value *uris)
{
	struct text locations = {0};
	for (const struct node *path = node_child(source->kind->writes, ROLE_ITEM); path; path = node_next(path))
		graph_each_value_at(source->arguments, path, note_location, &locations);
	for (uint32_t i = 0; uris->kind == VALUE_LIST && i < uris->count; i++) {
		const struct value *uri = uris->items[i];
		if (uri->kind != VALUE_STRING || is_below(uri->word->text, text_string(&locations)))
			continue;
		struct diag *diag = program_report_value(naming->program, SP2095, uri, naming->step->node,
		                                         "`%s` does not write to %s", program_step_name(source), uri->word->text);
		diag_help(diag, "each URI must be below an output of that step");
	}
	text_free(&locations);
}

/* Checks what the service demands of a step whose outputs are deleted. */
static void check_source(const struct naming *naming, const struct step *source, const struct value *name, const struct value *holder)
{
	struct program *program = naming->program;
	const struct field *uris = value_field_named(holder, "S3Uris");
	if (!source->kind || !source->kind->type) /* Raw is not checked */
		return;
	const char *kind = kind_text(program->arena, source->kind);
	bool finds_itself = source->kind->writes && source->kind->writes->flags & NODE_OPEN;
	if (!source->kind->writes) {
		diag_help(program_report_value(program, SP2094, name, naming->step->node, "nothing of %s can be deleted", kind),
		          "SageMaker deletes what Training, Processing, Transform and Athena steps wrote");
	} else if (finds_itself == (uris != NULL)) {
		struct diag *diag = program_report_value(program, SP2094, name, naming->step->node, "`S3Uris` %s for %s",
		                                         finds_itself ? "cannot be given" : "is required", kind);
		diag_help(diag, "%s", finds_itself ? "the service knows what the job wrote"
		                                   : "list the objects to delete: `S3Uris: [\"s3://...\"]`");
	} else if (uris) {
		check_uris(naming, source, uris->value);
	}
	if (source->arguments && has_member(source->arguments, "VpcConfig"))
		diag_help(program_report_value(program, SP2096, name, naming->step->node,
		                               "what `%s` wrote cannot be deleted: the step has a `VpcConfig`", program_step_name(source)),
		          "SageMaker refuses to clean up steps that run in a VPC");
}

static bool is_dependency(const struct step *step, const struct step *to)
{
	for (size_t i = 0; i < step->depends.count; i++)
		if (step->depends.items[i].step == to)
			return true;
	return false;
}

static void name_step(void *context, const struct value *name, const struct value *holder)
{
	const struct naming *naming = context;
	struct program *program = naming->program;
	if (name->kind != VALUE_STRING)
		return;
	struct step *source = map_get(naming->steps, name->word);
	if (!source) {
		report_unknown(naming, name);
		return;
	}
	const struct edge edge = {source, name->at ? name->at : naming->step->node, OP_NONE};
	vec_push(program->arena, &naming->step->named, edge);
	if (!is_dependency(naming->step, source) && !lower_has_quoted_key(naming->step, "DependsOn"))
		vec_push(program->arena, &naming->step->depends, edge);
	check_source(naming, source, name, holder);
}

void lower_named_steps(struct program *program)
{
	struct map steps = {0};
	for (size_t i = 0; i < program->all_steps.count; i++)
		if (!program->all_steps.items[i]->is_absent && program->all_steps.items[i]->step_name)
			map_put(program->arena, &steps, program->all_steps.items[i]->step_name, program->all_steps.items[i]);
	for (size_t i = 0; i < program->all_steps.count; i++) {
		struct naming naming = {program, program->all_steps.items[i], &steps};
		if (!naming.step->kind || !naming.step->arguments || naming.step->is_absent)
			continue;
		const struct node *path = node_child(naming.step->kind->depends, ROLE_ITEM);
		for (; path; path = node_next(path))
			graph_each_value_at(naming.step->arguments, path, name_step, &naming);
	}
}

#include "cli/target_start.h"

#include "base/json_tree.h"
#include "base/printable.h"
#include "base/suggest.h"
#include "cli/command_aws.h"
#include "deploy/parameters.h"
#include "deploy/selective.h"
#include "emit/emit.h"
#include "host/file.h"

#include <cjson/cJSON.h>
#include <stdio.h>

/* --- parameters --- */

static bool read_parameter_files(struct parameters *parameters, const struct options *options)
{
	for (size_t i = 0; i < options->parameter_file_count; i++) {
		struct text text;
		if (!file_read(options->parameter_files[i], SOURCE_MAX_BYTES, &text)) {
			command_fail("cannot read", options->parameter_files[i]);
			return false;
		}
		parameters_set_json(parameters, options->parameter_files[i], text_string(&text), text.length);
		text_free(&text);
	}
	return true;
}

/* Appends PipelineParameters. Reports all mistakes in them. */
static enum status write_parameters(struct text *out, struct target *target, const cJSON *definition)
{
	const struct options *options = &target->command->options;
	struct parameters parameters;
	if (target->program)
		parameters_of_program(&parameters, target->arena, target->program);
	else
		parameters_of_definition(&parameters, target->arena, definition);
	if (!read_parameter_files(&parameters, options))
		return STATUS_OUTSIDE;
	for (size_t i = 0; i < options->parameter_count; i++)
		parameters_set(&parameters, "-p", options->parameters[i].name, options->parameters[i].value);
	parameters_require(&parameters);
	for (size_t i = 0; i < parameters.errors.count; i++) {
		const struct parameter_error *error = &parameters.errors.items[i];
		command_aws_report(error->code, error->help, "%s", error->message);
	}
	parameters_write(out, &parameters);
	return parameters.errors.count ? STATUS_USAGE : STATUS_DONE;
}

/* --- selected steps --- */

/* Selects the step with this name in the definition, else all steps that the program declares with this name. */
static bool select_steps(struct selective *selective, const struct target *target, const char *name)
{
	bool is_found = selective_select(selective, name);
	if (is_found || !target->program)
		return is_found;
	for (size_t i = 0; i < target->program->all_steps.count; i++) {
		const struct step *step = target->program->all_steps.items[i];
		is_found |= names_is(step->name, name) && selective_select(selective, step->step_name->text);
	}
	return is_found;
}

static void report_unknown_step(const struct selective *selective, const struct target *target, const char *name)
{
	struct suggest suggest;
	suggest_init(&suggest, name);
	for (size_t i = 0; i < selective->steps.count; i++)
		suggest_offer(&suggest, selective->steps.items[i].name);
	const char *near = suggest_result(&suggest);
	command_aws_report(SP6074, near ? arena_printf(target->arena, "a step with a similar name exists: `%s`", near) : NULL,
	                   "the deployed pipeline has no step `%s`", name);
}

static void put_selection(const struct selective *selective, const char *source)
{
	struct text text = {0};
	text_puts(&text, "sagepipec: these steps run:");
	for (size_t i = 0; i < selective->steps.count; i++) {
		const struct selective_step *step = &selective->steps.items[i];
		if (!step->runs)
			continue;
		text_putc(&text, ' ');
		printable_put(&text, step->name);
		text_puts(&text, step->is_selected ? "" : " (in between)");
	}
	if (source)
		text_printf(&text, "\nsagepipec: results of other steps are taken from execution %s", execution_id(source));
	fprintf(stderr, "%s\n", text.bytes);
	text_free(&text);
}

static enum status write_selection(struct text *out, struct target *target, const cJSON *definition)
{
	const struct options *options = &target->command->options;
	const char *given = options->execution, *source;
	struct selective selective;
	struct aws_failure failure;
	bool is_known = true;
	selective_read(&selective, target->arena, definition);
	for (size_t i = 0; i < options->selected_count; i++)
		if (!select_steps(&selective, target, options->selected[i])) {
			report_unknown_step(&selective, target, options->selected[i]);
			is_known = false;
		}
	if (!is_known)
		return STATUS_USAGE;
	if (given && execution_id(given) == given)
		given = arena_printf(target->arena, "%s/execution/%s", target->arn, given);
	selective_complete(&selective);
	if (!selective_find_source(&selective, target->aws, target->pipeline, given, &source, &failure)) {
		command_aws_put_failure(&failure);
		return STATUS_OUTSIDE;
	}
	put_selection(&selective, source);
	selective_write(out, &selective, source);
	return STATUS_DONE;
}

/* --- the call --- */

/* Warns when the program has changed since it was deployed: the execution runs the deployed definition. */
static void warn_of_changes(const struct target *target, const cJSON *definition)
{
	struct text text = {0};
	emit_compact_definition(&text, target->program);
	cJSON *own = cJSON_ParseWithLength(text.bytes, text.length);
	if (!cJSON_Compare(own, definition, true))
		command_aws_report(SP6080, "`sagepipec --upsert` deploys the program",
		                   "this runs the deployed pipeline, which differs from `%s`", target->command->options.files[0]);
	cJSON_Delete(own);
	text_free(&text);
}

const char *target_start(struct target *target, enum status *status)
{
	const char *text = json_text(target->described, "PipelineDefinition");
	cJSON *definition = text ? cJSON_Parse(text) : NULL;
	struct text parameters = {0}, selection = {0};
	struct aws_failure failure;
	const char *arn = NULL;
	*status = write_parameters(&parameters, target, definition);
	if (*status == STATUS_DONE && target->command->options.selected_count)
		*status = write_selection(&selection, target, definition);
	if (*status == STATUS_DONE) {
		const struct execution_start start = {target->pipeline, parameters.bytes, selection.bytes};
		if (target->program)
			warn_of_changes(target, definition);
		arn = execution_start(target->aws, target->arena, &start, &failure);
		if (!arn) {
			command_aws_put_failure(&failure);
			*status = STATUS_OUTSIDE;
		}
	}
	cJSON_Delete(definition);
	text_free(&parameters);
	text_free(&selection);
	return arn;
}

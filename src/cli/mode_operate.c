#include "base/printable.h"
#include "cli/command_aws.h"
#include "cli/follow.h"
#include "cli/modes.h"
#include "cli/target_start.h"
#include "deploy/history.h"
#include "deploy/removal.h"

#include <assert.h>
#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* --- results --- */

/* Prints an ARN for scripts: bare, or as the JSON of AWS's reply. */
static enum status put_arn(const struct target *target, const char *key, const char *arn)
{
	struct text out = {0};
	text_printf(&out, target->command->options.wants_json ? "{\"%.*s\":\"%s\"}\n" : "%.*s%s\n",
	            target->command->options.wants_json ? (int)strlen(key) : 0, key, arn);
	enum status status = command_put_result(&target->command->options, &out);
	text_free(&out);
	return status;
}

static enum status put_failure(const struct aws_failure *failure)
{
	command_aws_put_failure(failure);
	return STATUS_OUTSIDE;
}

/* The same for a call about an execution. An execution that does not exist has its own message. */
static enum status put_execution_failure(const char *arn, const struct aws_failure *failure)
{
	if (!aws_is_not_found(failure))
		return put_failure(failure);
	command_aws_report(SP6078, "`sagepipec --history` lists executions", "there is no execution `%s`", arn);
	return STATUS_OUTSIDE;
}

/* The declaration of a step; for a step of a library component, its instance in the program. */
static const struct node *step_node(const struct step *step)
{
	const struct node *call_site = step->scope ? step->scope->origin.call_site : NULL;
	return call_site ? call_site : step->node;
}

/* Reports each failed step at its line of the program. */
static void report_failed_steps(const struct target *target, const struct watch *watch)
{
	const struct program *program = target->program;
	struct diags diags = {.arena = target->arena};
	for (size_t i = 0; program && i < program->all_steps.count; i++) {
		const struct step *step = program->all_steps.items[i];
		const struct watch_step *run = watch_find(watch, step->step_name->text);
		if (!run || strcmp(run->status, "Failed") != 0)
			continue;
		struct diag *diag = diag_report(&diags, SP6079, program_file(program, step_node(step)), node_name_span(step_node(step)),
		                                "step `%s` failed: %s", run->name, *run->reason ? run->reason : "AWS does not say why");
		if (*run->logs)
			diag_help(diag, "its logs: %s", run->logs);
	}
	diag_finish(&diags);
	if (diags.count)
		command_put_diagnostics(&target->command->options, &diags);
}

/* STATUS_DIFFERENT for an execution that ended without success. */
static enum status execution_status(const struct watch *watch)
{
	return watch_is_active(watch) || watch_is_successful(watch) ? STATUS_DONE : STATUS_DIFFERENT;
}

static enum status watch_to_end(struct target *target, const char *arn)
{
	struct watch watch;
	struct aws_failure failure;
	const char *stop_command = arena_printf(target->arena, "sagepipec --stop %s", arn);
	if (!follow_execution(&watch, target->command, target->aws, arn, stop_command, &failure)) {
		if (!watch.arn || !aws_is_not_found(&failure))
			return put_execution_failure(arn, &failure);
		command_aws_report(SP6078, NULL, "execution `%s` no longer exists: its pipeline was deleted",
		                   execution_id(arn));
		return STATUS_OUTSIDE;
	}
	enum status status = target->command->options.wants_json ? follow_put(target->command, &watch) : STATUS_DONE;
	report_failed_steps(target, &watch);
	status = status == STATUS_DONE ? execution_status(&watch) : status;
	watch_free(&watch);
	return status;
}

/* Prints the ARN of a started execution, and follows it with --watch. */
static enum status put_started(struct target *target, const char *arn)
{
	bool watches = target->command->options.watches;
	if (watches && target->command->options.wants_json)
		return watch_to_end(target, arn);
	enum status status = put_arn(target, "PipelineExecutionArn", arn);
	return watches && status == STATUS_DONE ? watch_to_end(target, arn) : status;
}

/* --- executions --- */

static enum status start(struct target *target)
{
	enum status status;
	const char *arn = target_start(target, &status);
	return arn ? put_started(target, arn) : status;
}

static enum status show_status(struct target *target)
{
	const struct options *options = &target->command->options;
	const char *arn = target_execution(target);
	struct watch_plan plan;
	struct watch watch;
	struct aws_failure failure;
	if (!arn)
		return STATUS_OUTSIDE;
	if (options->watches)
		return watch_to_end(target, arn);
	watch_read_plan(&plan, target->aws, target->arena, arn);
	if (!watch_read(&watch, target->aws, arn, &plan, &failure))
		return put_execution_failure(arn, &failure);
	enum status status = follow_put(target->command, &watch);
	report_failed_steps(target, &watch);
	status = status == STATUS_DONE ? execution_status(&watch) : status;
	watch_free(&watch);
	return status;
}

struct running_executions {
	size_t count;
	const char *ids; /* separated by commas */
	const char *arn; /* of the oldest; NULL: none */
};

static bool find_running(struct target *target, struct running_executions *running, struct aws_failure *failure)
{
	struct executions list;
	*running = (struct running_executions){0, "", NULL};
	if (!execution_list(target->aws, target->arena, target->pipeline, 100, &list, failure))
		return false;
	for (size_t i = 0; i < list.items.count; i++) {
		if (!execution_is_active(list.items.items[i].status))
			continue;
		running->arn = list.items.items[i].arn;
		const char *comma = running->count++ ? ", " : "";
		running->ids = arena_printf(target->arena, "%s%s%s", running->ids, comma, execution_id(running->arn));
	}
	return true;
}

/* The only running execution. NULL after a message: a call failed, or none or several are running. */
static const char *choose_running(struct target *target, enum status *status)
{
	struct running_executions running;
	struct aws_failure failure;
	if (!find_running(target, &running, &failure)) {
		*status = put_failure(&failure);
		return NULL;
	}
	if (running.count == 1)
		return running.arn;
	if (running.count) {
		command_aws_report(SP6078, "select one with --execution", "%zu executions of `%s` are running: %s", running.count,
		                   target->pipeline, running.ids);
		*status = STATUS_USAGE;
	} else {
		fprintf(stderr, "sagepipec: no execution of `%s` is running\n", target->pipeline);
		*status = STATUS_DONE;
	}
	return NULL;
}

static enum status stop(struct target *target)
{
	struct aws_failure failure;
	enum status status = STATUS_OUTSIDE;
	const char *arn = target->execution ? target_execution(target) : choose_running(target, &status);
	if (!arn)
		return status;
	return execution_stop(target->aws, arn, &failure) ? put_arn(target, "PipelineExecutionArn", arn)
	                                                  : put_execution_failure(arn, &failure);
}

static enum status retry(struct target *target)
{
	struct aws_failure failure;
	const char *arn = target_execution(target);
	if (!arn)
		return STATUS_OUTSIDE;
	return execution_retry(target->aws, arn, &failure) ? put_started(target, arn) : put_execution_failure(arn, &failure);
}

/* --- versions --- */

static enum status show_history(struct target *target)
{
	const struct options *options = &target->command->options;
	struct history history;
	struct aws_failure failure;
	struct text out = {0};
	if (!history_read(&history, target->aws, target->arena, target->pipeline, (size_t)options->limit, &failure))
		return put_failure(&failure);
	if (options->wants_json)
		history_put_json(&out, &history);
	else
		history_put_tables(&out, &history);
	enum status status = command_put_result(options, &out);
	text_free(&out);
	return status;
}

static enum status roll_back(struct target *target)
{
	char *end;
	const char *subject = target->command->options.subject, *arn;
	long long version = strtoll(subject, &end, 10), number;
	struct aws_failure failure;
	if (*subject < '1' || *subject > '9' || *end) {
		command_aws_report(SP6081, "`sagepipec --history` lists versions", "`%s` is not a version: versions are numbers from "
		                                                                   "1", subject);
		return STATUS_USAGE;
	}
	switch (history_roll_back(target->aws, target->arena, target->pipeline, version, &arn, &number, &failure)) {
	case HISTORY_FAILED:
		if (!aws_is_not_found(&failure))
			return put_failure(&failure);
		command_aws_report(SP6081, "`sagepipec --history` lists versions", "`%s` has no version %lld", target->pipeline, version);
		return STATUS_OUTSIDE;
	case HISTORY_SAME:
		fprintf(stderr, "sagepipec: `%s` already equals version %lld: nothing changed\n", target->pipeline, version);
		break;
	case HISTORY_CHANGED:
		fprintf(stderr, "sagepipec: `%s` is rolled back to version %lld", target->pipeline, version);
		fprintf(stderr, number ? ", now deployed as version %lld\n" : "\n", number);
		break;
	}
	return put_arn(target, "PipelineArn", arn);
}

/* --- deleting --- */

/* Appends `before` and the names of the schedules that are deleted too (`is_own`), or of the others. Nothing if there are none. */
static void put_schedules(struct text *out, const char *before, const struct removal *removal, bool is_own)
{
	for (size_t i = 0; i < removal->schedules.count; i++) {
		if (removal->schedules.items[i].is_own != is_own)
			continue;
		text_printf(out, "%s`", before);
		printable_put(out, removal->schedules.items[i].name);
		text_putc(out, '`');
		before = ", ";
	}
}

/* Asks the user to type the name of the pipeline. */
static bool confirm(const struct removal *removal, const struct aws *aws)
{
	char line[512];
	struct text text = {0};
	text_printf(&text, "This deletes pipeline `%s` in %s", removal->pipeline, aws_region(aws));
	put_schedules(&text, ", with its schedules: ", removal, true);
	fprintf(stderr, "%s.\nIts versions and its execution history will be lost. To continue, type its name: ", text.bytes);
	text_free(&text);
	if (!fgets(line, sizeof line, stdin))
		line[0] = 0;
	line[strcspn(line, "\r\n")] = 0;
	return strcmp(line, removal->pipeline) == 0;
}

static enum status remove_all(const struct target *target, const struct removal *removal)
{
	struct aws_failure failure;
	struct text left = {0};
	for (size_t i = 0; i < removal->schedules.count; i++) {
		const struct removal_schedule *schedule = &removal->schedules.items[i];
		if (!schedule->is_own)
			continue;
		if (!removal_delete_schedule(target->aws, schedule, &failure))
			return put_failure(&failure);
		fprintf(stderr, "deleted    schedule %s\n", schedule->name);
	}
	if (!removal_delete_pipeline(target->aws, removal, &failure))
		return put_failure(&failure);
	fprintf(stderr, "deleted    pipeline %s\n", removal->pipeline);
	put_schedules(&left, "sagepipec: schedules that start it but were not deployed by sagepipec are kept: ", removal, false);
	if (left.length)
		fprintf(stderr, "%s\n", left.bytes);
	text_free(&left);
	return put_arn(target, "PipelineArn", removal->arn);
}

/* Finds what to delete. False after a message. SageMaker refuses to delete a running pipeline (API reference, DeletePipeline), so it
 * is refused here, before its schedules are deleted. */
static bool plan_removal(struct removal *removal, struct target *target)
{
	struct running_executions running;
	struct aws_failure failure;
	if (!find_running(target, &running, &failure)) {
		command_aws_put_failure(&failure);
		return false;
	}
	if (running.count) {
		command_aws_report(SP6082, "`sagepipec --stop` stops it", "`%s` is running, in execution %s: nothing was deleted",
		                   target->pipeline, running.ids);
		return false;
	}
	if (removal_plan(removal, target->aws, target->arena, target->pipeline, target->arn, &failure))
		return true;
	if (failure.code != SP6014) {
		command_aws_put_failure(&failure);
		return false;
	}
	/* a user who may not list schedules has hardly made any */
	fprintf(stderr, "sagepipec: schedules were not checked: %s\n", failure.message);
	return true;
}

static enum status delete(struct target *target)
{
	bool is_confirmed = target->command->options.is_confirmed;
	struct removal removal;
	if (!is_confirmed && !(isatty(STDIN_FILENO) && isatty(STDERR_FILENO))) {
		command_aws_report(SP6077, "give --yes to delete without confirmation",
		                   "there is no terminal to confirm the deletion of `%s`", target->pipeline);
		return STATUS_USAGE;
	}
	if (!plan_removal(&removal, target))
		return STATUS_OUTSIDE;
	if (is_confirmed || confirm(&removal, target->aws))
		return remove_all(target, &removal);
	command_aws_report(SP6077, NULL, "the name does not match: nothing was deleted");
	return STATUS_USAGE;
}

/* --- the mode --- */

static const struct operation {
	enum mode mode;
	enum status (*run)(struct target *target);
	bool takes_execution; /* if the ARN of an execution is given, the pipeline is not described */
} operations[] = {
	{MODE_START, start, false},         {MODE_STATUS, show_status, true}, {MODE_STOP, stop, true},
	{MODE_RETRY, retry, true},          {MODE_HISTORY, show_history, false}, {MODE_ROLLBACK, roll_back, false},
	{MODE_DELETE, delete, false},
};

enum status mode_operate(struct command *command)
{
	struct target target;
	const struct operation *operation = operations, *end = operations + sizeof operations / sizeof *operations;
	while (operation < end && operation->mode != command->options.mode)
		operation++;
	assert(operation < end);
	enum status status = target_open(&target, command);
	bool has_arn = status == STATUS_DONE && target.execution && execution_id(target.execution) != target.execution;
	if (status == STATUS_DONE && !(has_arn && operation->takes_execution))
		status = target_describe(&target, false);
	if (status == STATUS_DONE)
		status = operation->run(&target);
	target_close(&target);
	return status;
}

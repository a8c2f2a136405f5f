#include "cli/main_operate.h"

#include "base/printable.h"
#include "cli/main_aws.h"
#include "cli/main_start.h"
#include "cli/main_watch.h"
#include "deploy/history.h"
#include "deploy/removal.h"

#include <assert.h>
#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* --- results --- */

/* The one ARN that a script wants: bare, or as AWS's reply has it. */
static enum status put_arn(const struct target *target, const char *key, const char *arn)
{
	struct text out = {0};
	text_printf(&out, target->command->options.wants_json ? "{\"%.*s\":\"%s\"}\n" : "%.*s%s\n",
	            target->command->options.wants_json ? (int)strlen(key) : 0, key, arn);
	enum status status = main_put_result(&target->command->options, &out);
	text_free(&out);
	return status;
}

static enum status put_failure(const struct aws_failure *failure)
{
	main_aws_put_failure(failure);
	return STATUS_OUTSIDE;
}

/* The same of a call about an execution, which may not be there. */
static enum status put_failure_of(const char *arn, const struct aws_failure *failure)
{
	if (!aws_is_not_found(failure))
		return put_failure(failure);
	main_aws_complain(SP6078, "`sagepipec --history` lists executions", "there is no execution `%s`", arn);
	return STATUS_OUTSIDE;
}

/* Where a step is written: for one that the library made, the use in the program. */
static const struct node *place_of(const struct step *step)
{
	const struct node *use = step->scope ? step->scope->origin.call_site : NULL;
	return use ? use : step->node;
}

/* Says at its line of the program what became of a step that failed. */
static void report_failures(const struct target *target, const struct watch *watch)
{
	const struct program *program = target->program;
	struct diags diags = {.arena = target->arena};
	for (size_t i = 0; program && i < program->all_steps.count; i++) {
		const struct step *step = program->all_steps.items[i];
		const struct watch_step *run = watch_find(watch, step->step_name->text);
		if (!run || strcmp(run->status, "Failed") != 0)
			continue;
		struct diag *diag = diag_report(&diags, SP6079, program_file(program, place_of(step)), node_name_span(place_of(step)),
		                                "step `%s` failed: %s", run->name, *run->reason ? run->reason : "AWS does not say why");
		if (*run->logs)
			diag_help(diag, "its logs: %s", run->logs);
	}
	diag_finish(&diags);
	if (diags.count)
		main_put_diagnostics(&target->command->options, &diags);
}

/* 4 for an execution that ended, and not well. */
static enum status status_of(const struct watch *watch)
{
	return watch_is_active(watch) || watch_is_successful(watch) ? STATUS_DONE : STATUS_DIFFERENT;
}

static enum status follow(struct target *target, const char *arn)
{
	struct watch watch;
	struct aws_failure failure;
	const char *how = arena_printf(target->arena, "sagepipec --stop %s", arn);
	if (!main_watch(&watch, target->command, target->aws, arn, how, &failure)) {
		if (!watch.arn || !aws_is_not_found(&failure))
			return put_failure_of(arn, &failure);
		main_aws_complain(SP6078, NULL, "execution `%s` is not there any more: its pipeline was deleted meanwhile", execution_id(arn));
		return STATUS_OUTSIDE;
	}
	enum status status = target->command->options.wants_json ? main_watch_put(target->command, &watch) : STATUS_DONE;
	report_failures(target, &watch);
	status = status == STATUS_DONE ? status_of(&watch) : status;
	watch_free(&watch);
	return status;
}

/* Prints the ARN of what was started, and follows it if that is wanted. */
static enum status put_started(struct target *target, const char *arn)
{
	bool watches = target->command->options.watches;
	if (watches && target->command->options.wants_json)
		return follow(target, arn);
	enum status status = put_arn(target, "PipelineExecutionArn", arn);
	return watches && status == STATUS_DONE ? follow(target, arn) : status;
}

/* --- modes --- */

static enum status start(struct target *target)
{
	enum status status;
	const char *arn = main_start(target, &status);
	return arn ? put_started(target, arn) : status;
}

static enum status show_status(struct target *target)
{
	const struct options *options = &target->command->options;
	const char *arn = main_target_execution(target);
	struct watch_plan plan;
	struct watch watch;
	struct aws_failure failure;
	if (!arn)
		return STATUS_OUTSIDE;
	if (options->watches)
		return follow(target, arn);
	watch_read_plan(&plan, target->aws, target->arena, arn);
	if (!watch_read(&watch, target->aws, arn, &plan, &failure))
		return put_failure_of(arn, &failure);
	enum status status = main_watch_put(target->command, &watch);
	report_failures(target, &watch);
	status = status == STATUS_DONE ? status_of(&watch) : status;
	watch_free(&watch);
	return status;
}

/* Executions that are under way: how many, their IDs with commas between them, and the ARN of the oldest. */
struct running_executions {
	size_t count;
	const char *ids, *arn;
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
		running->ids = arena_printf(target->arena, "%s%s%s", running->ids, running->count++ ? ", " : "", execution_id(running->arn));
	}
	return true;
}

/* The one execution that is under way; NULL after a message. Which of several is meant is not guessed. */
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
		main_aws_complain(SP6078, "name one with --execution", "%zu executions of `%s` are under way: %s", running.count,
		                  target->pipeline, running.ids);
		*status = STATUS_USAGE;
	} else {
		fprintf(stderr, "sagepipec: no execution of `%s` is under way\n", target->pipeline);
		*status = STATUS_DONE;
	}
	return NULL;
}

static enum status stop(struct target *target)
{
	struct aws_failure failure;
	enum status status = STATUS_OUTSIDE;
	const char *arn = target->execution ? main_target_execution(target) : choose_running(target, &status);
	if (!arn)
		return status;
	return execution_stop(target->aws, arn, &failure) ? put_arn(target, "PipelineExecutionArn", arn) : put_failure_of(arn, &failure);
}

static enum status retry(struct target *target)
{
	struct aws_failure failure;
	const char *arn = main_target_execution(target);
	if (!arn)
		return STATUS_OUTSIDE;
	return execution_retry(target->aws, arn, &failure) ? put_started(target, arn) : put_failure_of(arn, &failure);
}

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
	enum status status = main_put_result(options, &out);
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
		main_aws_complain(SP6081, "`sagepipec --history` lists versions", "`%s` is no version: they are numbers from 1", subject);
		return STATUS_USAGE;
	}
	switch (history_roll_back(target->aws, target->arena, target->pipeline, version, &arn, &number, &failure)) {
	case HISTORY_FAILED:
		if (!aws_is_not_found(&failure))
			return put_failure(&failure);
		main_aws_complain(SP6081, "`sagepipec --history` lists versions", "`%s` has no version %lld", target->pipeline, version);
		return STATUS_OUTSIDE;
	case HISTORY_SAME:
		fprintf(stderr, "sagepipec: `%s` is as in version %lld: nothing changed\n", target->pipeline, version);
		break;
	case HISTORY_CHANGED:
		fprintf(stderr, "sagepipec: `%s` is as in version %lld again", target->pipeline, version);
		fprintf(stderr, number ? ", which is version %lld now\n" : "\n", number);
		break;
	}
	return put_arn(target, "PipelineArn", arn);
}

/* --- deleting --- */

/* Lists the schedules that go, or those that stay; nothing when there are none. */
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

/* Asks for the name: whoever types it knows what goes. */
static bool confirm(const struct removal *removal, const struct aws *aws)
{
	char line[512];
	struct text text = {0};
	text_printf(&text, "This deletes pipeline `%s` in %s", removal->pipeline, aws_region(aws));
	put_schedules(&text, ", with its schedules: ", removal, true);
	fprintf(stderr, "%s.\nIts versions and the history of its executions are lost. To go on, type its name: ", text.bytes);
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
	put_schedules(&left, "sagepipec: schedules of others start it, and stay: ", removal, false);
	if (left.length)
		fprintf(stderr, "%s\n", left.bytes);
	text_free(&left);
	return put_arn(target, "PipelineArn", removal->arn);
}

/* Finds what would go. Nothing goes while SageMaker would refuse to delete the pipeline (API reference, DeletePipeline). */
static bool plan_removal(struct removal *removal, struct target *target)
{
	struct running_executions running;
	struct aws_failure failure;
	if (!find_running(target, &running, &failure)) {
		main_aws_put_failure(&failure);
		return false;
	}
	if (running.count) {
		main_aws_complain(SP6082, "`sagepipec --stop` stops it", "`%s` is under way, in execution %s: nothing was deleted",
		                  target->pipeline, running.ids);
		return false;
	}
	if (removal_plan(removal, target->aws, target->arena, target->pipeline, target->arn, &failure))
		return true;
	if (failure.code != SP6014) {
		main_aws_put_failure(&failure);
		return false;
	}
	/* who may not see schedules has hardly made any */
	fprintf(stderr, "sagepipec: schedules are not looked for: %s\n", failure.message);
	return true;
}

static enum status delete(struct target *target)
{
	bool is_confirmed = target->command->options.is_confirmed;
	struct removal removal;
	if (!is_confirmed && !(isatty(STDIN_FILENO) && isatty(STDERR_FILENO))) {
		main_aws_complain(SP6077, "--yes deletes without a question", "there is no terminal on which to ask whether to delete `%s`",
		                  target->pipeline);
		return STATUS_USAGE;
	}
	if (!plan_removal(&removal, target))
		return STATUS_OUTSIDE;
	if (is_confirmed || confirm(&removal, target->aws))
		return remove_all(target, &removal);
	main_aws_complain(SP6077, NULL, "that is not its name: nothing was deleted");
	return STATUS_USAGE;
}

/* --- all of them --- */

static const struct operation {
	enum mode mode;
	enum status (*run)(struct target *target);
	bool is_of_execution; /* which an ARN names as well as the pipeline that is looked at else */
} operations[] = {
	{MODE_START, start, false},         {MODE_STATUS, show_status, true}, {MODE_STOP, stop, true},
	{MODE_RETRY, retry, true},          {MODE_HISTORY, show_history, false}, {MODE_ROLLBACK, roll_back, false},
	{MODE_DELETE, delete, false},
};

enum status main_operate(struct command *command)
{
	struct target target;
	const struct operation *operation = operations, *end = operations + sizeof operations / sizeof *operations;
	while (operation < end && operation->mode != command->options.mode)
		operation++;
	assert(operation < end);
	enum status status = main_target_open(&target, command);
	bool has_arn = status == STATUS_DONE && target.execution && execution_id(target.execution) != target.execution;
	if (status == STATUS_DONE && !(has_arn && operation->is_of_execution))
		status = main_target_describe(&target, false);
	if (status == STATUS_DONE)
		status = operation->run(&target);
	main_target_close(&target);
	return status;
}

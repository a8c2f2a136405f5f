#include "cli/modes.h"

#include "base/json.h"
#include "base/printable.h"
#include "cli/command_aws.h"
#include "compile/compile.h"
#include "deploy/deploy.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* --- progress --- */

/* Each step gets a line on standard error. On a terminal, the line appears when the step begins, and is replaced when it ends. */
struct progress {
	bool is_terminal;
	unsigned percent; /* of the current upload */
};

static void put_step(const struct deploy_step *step, const char *state)
{
	struct text line = {0};
	text_printf(&line, "%-10s %s ", state, step->kind->noun);
	printable_put(&line, step->name);
	if (*step->detail)
		text_printf(&line, " (%s)", step->detail);
	fputs(line.bytes, stderr);
	text_free(&line);
}

static void put_begin(void *context, const struct deploy_step *step)
{
	struct progress *progress = context;
	progress->percent = 0;
	if (progress->is_terminal)
		put_step(step, "...");
}

static void put_sent(void *context, const struct deploy_step *step, uint64_t bytes, uint64_t total)
{
	struct progress *progress = context;
	unsigned percent = total ? (unsigned)(bytes * 100 / total) : 100;
	if (!progress->is_terminal || percent == progress->percent)
		return;
	progress->percent = percent;
	fprintf(stderr, "\r\033[K");
	put_step(step, "...");
	fprintf(stderr, " %u%%", percent);
}

static void put_end(void *context, const struct deploy_step *step)
{
	struct progress *progress = context;
	if (progress->is_terminal)
		fprintf(stderr, "\r\033[K");
	put_step(step, deploy_action_name(step->action));
	fprintf(stderr, "\n");
}

/* --- results --- */

static void put_string(struct text *out, const char *before, const char *string)
{
	text_puts(out, before);
	json_add_string(out, string, strlen(string));
}

static void put_failure_json(struct text *out, const struct aws_failure *failure)
{
	put_string(out, ",\n  \"failure\": { \"code\": ", diag_code_name(failure->code));
	put_string(out, ", \"message\": ", failure->message);
	put_string(out, ", \"aws_code\": ", failure->aws_code ? failure->aws_code : "");
	put_string(out, ", \"request_id\": ", failure->request_id ? failure->request_id : "");
	text_puts(out, " }");
}

static void put_json(struct text *out, const struct deploy *deploy, const struct aws_failure *failure)
{
	put_string(out, "{\n  \"pipeline\": ", deploy->program->pipeline.name->text);
	put_string(out, ",\n  \"account\": ", deploy->account);
	put_string(out, ",\n  \"region\": ", aws_region(deploy->aws));
	if (deploy->arn)
		put_string(out, ",\n  \"arn\": ", deploy->arn);
	if (deploy->version)
		text_printf(out, ",\n  \"version\": %" PRId64, deploy->version);
	if (*deploy->digest)
		put_string(out, ",\n  \"digest\": ", deploy->digest);
	text_printf(out, ",\n  \"changed\": %s,\n  \"steps\": [\n", deploy_is_unchanged(deploy) ? "false" : "true");
	for (size_t i = 0; i < deploy->steps.count; i++) {
		const struct deploy_step *step = deploy->steps.items[i];
		put_string(out, "    { \"action\": ", deploy_action_name(step->action));
		put_string(out, ", \"kind\": ", step->kind->noun);
		put_string(out, ", \"name\": ", step->name);
		put_string(out, ", \"target\": ", step->target);
		put_string(out, ", \"detail\": ", step->detail);
		text_puts(out, i + 1 < deploy->steps.count ? " },\n" : " }\n");
	}
	text_puts(out, "  ]");
	if (failure)
		put_failure_json(out, failure);
	text_puts(out, "\n}\n");
}

/* Lists what was not done, after a failure. */
static void put_remaining(const struct deploy *deploy)
{
	bool has_begun = false;
	for (size_t i = 0; i < deploy->steps.count; i++)
		has_begun |= deploy->steps.items[i]->action != DEPLOY_WAITING;
	if (!has_begun) {
		fputs("nothing was changed\n", stderr);
		return;
	}
	fputs("completed changes were not undone; not done:\n", stderr);
	for (size_t i = 0; i < deploy->steps.count; i++) {
		const struct deploy_step *step = deploy->steps.items[i];
		if (step->action != DEPLOY_WAITING && step->action != DEPLOY_FAILED)
			continue;
		put_step(step, step->action == DEPLOY_FAILED ? "  failed" : "  waiting");
		fputs("\n", stderr);
	}
}

static enum status run_steps(const struct options *options, struct deploy *deploy)
{
	struct aws_failure failure = {0};
	struct text out = {0};
	bool is_done = deploy_run(deploy, &failure);
	if (!is_done) {
		command_aws_put_failure(&failure);
		put_remaining(deploy);
	} else if (deploy_is_unchanged(deploy)) {
		fputs("nothing changed\n", stderr);
	}
	if (options->wants_json)
		put_json(&out, deploy, is_done ? NULL : &failure);
	else if (is_done && deploy->version)
		text_printf(&out, "%s %" PRId64 "\n", deploy->arn, deploy->version);
	else if (is_done)
		text_printf(&out, "%s\n", deploy->arn);
	enum status status = command_put_result(options, &out);
	text_free(&out);
	return is_done ? status : STATUS_OUTSIDE;
}

/* --- dry run --- */

static enum status put_requests(const struct options *options, struct deploy *deploy)
{
	struct text out = {0};
	deploy_list_requests(deploy);
	text_puts(&out, options->wants_json ? "{\n  \"requests\": [\n" : "");
	for (size_t i = 0; i < deploy->requests.count; i++) {
		const struct deploy_request *request = &deploy->requests.items[i];
		if (options->wants_json) {
			put_string(&out, "    { \"when\": ", request->when);
			put_string(&out, ", \"call\": ", request->call);
			put_string(&out, ", \"body\": ", request->body);
			text_puts(&out, i + 1 < deploy->requests.count ? " },\n" : " }\n");
			continue;
		}
		text_printf(&out, "%s%s%s\n", request->when, *request->when ? ": " : "", request->call);
		if (*request->body)
			text_printf(&out, "    %.*s\n", (int)strcspn(request->body, "\n"), request->body);
	}
	text_puts(&out, options->wants_json ? "  ]\n}\n" : "");
	enum status status = command_put_result(options, &out);
	text_free(&out);
	return status;
}

static enum status deploy(const struct options *options, struct arena *arena, struct program *program)
{
	const struct field *region = value_field_named(program->pipeline.fields, "Region");
	struct progress progress = {.is_terminal = isatty(STDERR_FILENO)};
	const char *temporary = getenv("TMPDIR");
	const struct deploy_options deploy_options = {
		.expect_version = options->expect_version, .expect_digest = options->expect_digest, .clock = &aws_real_clock,
		.temporary = temporary && *temporary ? temporary : "/tmp",
		.context = &progress, .begins = put_begin, .sent = put_sent, .ended = put_end,
	};
	struct aws_failure failure = {0};
	struct deploy deployment;
	struct aws *aws = command_aws_open(arena, options, region ? region->value->word->text : NULL, &failure);
	if (!aws) {
		command_aws_put_failure(&failure);
		return STATUS_OUTSIDE;
	}
	deploy_plan(&deployment, arena, program, aws, &deploy_options);
	enum status status = options->is_dry ? put_requests(options, &deployment) : run_steps(options, &deployment);
	aws_close(aws);
	return status;
}

enum status mode_upsert(struct command *command)
{
	const struct options *options = &command->options;
	struct text source, definition = {0};
	struct arena arena = {0};
	const struct source_file *file = command_read_source(command, options->files[0], &source);
	if (!file)
		return STATUS_OUTSIDE;
	struct program *program = compile_program(&arena, command_world(command), &options->program, file);
	if (!program_has_errors(program))
		emit_write_form(&definition, emit_forms, program, NULL); /* reports a definition that is too long */
	text_free(&definition);
	deploy_check(program, options->allows_unknown);
	enum status status = command_accept(options, program) ? deploy(options, &arena, program) : STATUS_PROGRAM;
	arena_free(&arena);
	text_free(&source);
	return status;
}

#include "cli/main_deploy.h"

#include "base/json.h"
#include "base/printable.h"
#include "cli/main_aws.h"
#include "deploy/deploy.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* What is told while it happens: a line a step, on a terminal begun before it is done. */
struct teller {
	bool is_terminal;
	unsigned percent;
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

static void begins(void *context, const struct deploy_step *step)
{
	struct teller *teller = context;
	teller->percent = 0;
	if (teller->is_terminal)
		put_step(step, "...");
}

static void sent(void *context, const struct deploy_step *step, uint64_t bytes, uint64_t of)
{
	struct teller *teller = context;
	unsigned percent = of ? (unsigned)(bytes * 100 / of) : 100;
	if (!teller->is_terminal || percent == teller->percent)
		return;
	teller->percent = percent;
	fprintf(stderr, "\r\033[K");
	put_step(step, "...");
	fprintf(stderr, " %u%%", percent);
}

static void ended(void *context, const struct deploy_step *step)
{
	struct teller *teller = context;
	if (teller->is_terminal)
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

static void put_remaining(const struct deploy *deploy)
{
	bool has_begun = false;
	for (size_t i = 0; i < deploy->steps.count; i++)
		has_begun |= deploy->steps.items[i]->action != DEPLOY_WAITING;
	if (!has_begun) {
		fputs("nothing was changed\n", stderr);
		return;
	}
	fputs("what is done stays; not done:\n", stderr);
	for (size_t i = 0; i < deploy->steps.count; i++) {
		const struct deploy_step *step = deploy->steps.items[i];
		if (step->action != DEPLOY_WAITING && step->action != DEPLOY_FAILED)
			continue;
		put_step(step, step->action == DEPLOY_FAILED ? "  failed" : "  waiting");
		fputs("\n", stderr);
	}
}

static bool put_out(struct text *out)
{
	bool is_put = fwrite(text_string(out), 1, out->length, stdout) == out->length && fflush(stdout) == 0;
	if (!is_put)
		perror("sagepipec: cannot write to standard output");
	text_free(out);
	return is_put;
}

static enum status run(const struct options *options, struct deploy *deploy)
{
	struct aws_failure failure = {0};
	struct text out = {0};
	bool is_done = deploy_run(deploy, &failure);
	if (!is_done) {
		main_aws_put_failure(&failure);
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
	return put_out(&out) && is_done ? STATUS_DONE : STATUS_OUTSIDE;
}

/* --- what would be sent --- */

static enum status foresee(const struct options *options, struct deploy *deploy)
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
	return put_out(&out) ? STATUS_DONE : STATUS_OUTSIDE;
}

enum status main_deploy(const struct options *options, struct arena *arena, struct program *program)
{
	const struct field *region = value_field_named(program->pipeline.fields, "Region");
	struct teller teller = {.is_terminal = isatty(STDERR_FILENO)};
	const char *temporary = getenv("TMPDIR");
	const struct deploy_options deploy_options = {
		.expect_version = options->expect_version, .expect_digest = options->expect_digest, .clock = &aws_real_clock,
		.temporary = temporary && *temporary ? temporary : "/tmp",
		.context = &teller, .begins = begins, .sent = sent, .ended = ended,
	};
	struct aws_failure failure = {0};
	struct deploy deploy;
	struct aws *aws = main_aws_open(arena, options, region ? region->value->word->text : NULL, &failure);
	if (!aws) {
		main_aws_put_failure(&failure);
		return STATUS_OUTSIDE;
	}
	deploy_plan(&deploy, arena, program, aws, &deploy_options);
	enum status status = options->is_dry ? foresee(options, &deploy) : run(options, &deploy);
	aws_close(aws);
	return status;
}

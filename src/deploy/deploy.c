#include "deploy/deploy_parts.h"
#include "eval/pipeline.h"

#include <cjson/cJSON.h>

const char *deploy_action_name(enum deploy_action action)
{
	static const char *const names[] = {"waiting", "unchanged", "uploaded", "created", "updated", "removed",
	                                    "failed"};
	return names[action];
}

struct deploy_step *deploy_add_step(struct deploy *deploy, const struct deploy_kind *kind, const char *name,
                                    const char *target, const void *subject)
{
	struct deploy_step *step = arena_new(deploy->arena, struct deploy_step);
	*step = (struct deploy_step){.kind = kind, .name = name, .target = target, .subject = subject, .detail = ""};
	vec_push(deploy->arena, &deploy->steps, step);
	return step;
}

/* A constant of the pipeline that deploy_check found to be known. */
static const char *constant(struct program *program, const char *name)
{
	struct eval eval = {.program = program};
	return pipeline_text(&eval, name)->text;
}

void deploy_plan(struct deploy *deploy, struct arena *arena, struct program *program, struct aws *aws,
                 const struct deploy_options *options)
{
	*deploy = (struct deploy){.arena = arena, .program = program, .aws = aws, .options = options};
	deploy->account = constant(program, "Account");
	deploy->assets = deploy_needs_place(program) ? constant(program, "Assets") : NULL;
	deploy_add_assets(deploy);
	deploy_add_functions(deploy);
	deploy_add_pipeline(deploy);
	deploy_add_schedules(deploy);
}

struct cJSON *deploy_ask(struct deploy *deploy, const struct aws_request *request, struct aws_failure *failure)
{
	struct aws_reply reply;
	if (!aws_call(deploy->aws, request, &reply, failure))
		return NULL;
	struct cJSON *json = reply.json ? reply.json : cJSON_CreateObject();
	reply.json = NULL;
	aws_reply_free(&reply);
	return json;
}

struct aws_body deploy_json_body(const char *json)
{
	if (!json)
		return (struct aws_body){0};
	return (struct aws_body){.bytes = json, .length = strlen(json), .type = "application/json"};
}

bool deploy_must_look_again(const struct aws_failure *failure)
{
	return failure->may_have_acted || failure->status == 409;
}

/* The caller's account must be the pipeline's: it is easy to have the wrong credentials at hand. */
static bool is_right_account(struct deploy *deploy, struct aws_failure *failure)
{
	struct aws_identity identity;
	if (!aws_identify(deploy->aws, &identity, failure))
		return false;
	if (strcmp(identity.account, deploy->account) == 0)
		return true;
	aws_fail(deploy->aws, failure, SP6031,
	         "use credentials of that account, such as with --profile, or correct `Account` and `RoleArn`",
	         "the pipeline belongs to the account %s, and you are %s of the account %s", deploy->account, identity.arn,
	         identity.account);
	return false;
}

static bool run_step(struct deploy *deploy, struct deploy_step *step, struct aws_failure *failure)
{
	const struct deploy_options *options = deploy->options;
	if (options->begins)
		options->begins(options->context, step);
	bool is_done = step->kind->run(deploy, step, failure);
	if (!is_done)
		step->action = DEPLOY_FAILED;
	if (options->ended)
		options->ended(options->context, step);
	return is_done;
}

bool deploy_run(struct deploy *deploy, struct aws_failure *failure)
{
	if (!is_right_account(deploy, failure) || !deploy_is_expected(deploy, failure))
		return false;
	for (size_t i = 0; i < deploy->steps.count; i++)
		if (!run_step(deploy, deploy->steps.items[i], failure))
			return false;
	return true;
}

bool deploy_changed_nothing(const struct deploy *deploy)
{
	for (size_t i = 0; i < deploy->steps.count; i++)
		if (deploy->steps.items[i]->action != DEPLOY_UNCHANGED)
			return false;
	return true;
}

/* --- what would be sent --- */

void deploy_note(struct deploy *deploy, const char *when, const struct aws_request *request, const char *body)
{
	struct text call = {0};
	aws_describe(&call, deploy->aws, request);
	const struct deploy_request note = {when, arena_copy(deploy->arena, call.bytes, call.length),
	                                    arena_copy(deploy->arena, body, strlen(body))};
	vec_push(deploy->arena, &deploy->requests, note);
	text_free(&call);
}

void deploy_note_sagemaker(struct deploy *deploy, const char *when, const char *operation, const char *body)
{
	const char *target = arena_printf(deploy->arena, "SageMaker.%s", operation);
	const struct aws_request request = {.service = AWS_SAGEMAKER, .method = "POST", .target = target};
	deploy_note(deploy, when, &request, body);
}

void deploy_foresee(struct deploy *deploy)
{
	const struct aws_request identify = {.service = AWS_STS, .method = "POST"};
	deploy_note(deploy, "", &identify, "Action=GetCallerIdentity&Version=2011-06-15");
	if (deploy->options->expect_version || deploy->options->expect_digest)
		deploy_foresee_expected(deploy);
	for (size_t i = 0; i < deploy->steps.count; i++)
		deploy->steps.items[i]->kind->foresee(deploy, deploy->steps.items[i]);
}

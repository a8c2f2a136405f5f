/* A deployment as a whole: makes the plan, runs it, or lists its requests. */
#include "deploy/deploy_parts.h"
#include "eval/pipeline.h"

/* The value of `Pipeline.NAME`. deploy_check has made sure that it is known. */
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
	deploy->assets = deploy_has_long_definition(program) ? constant(program, "Assets") : NULL;
	deploy_add_assets(deploy);
	deploy_add_functions(deploy);
	deploy_add_pipeline(deploy);
	deploy_add_schedules(deploy);
}

/* Checks that the credentials are of the pipeline's account: it is easy to use the wrong ones. */
static bool is_right_account(struct deploy *deploy, struct aws_failure *failure)
{
	struct aws_identity identity;
	if (!aws_identify(deploy->aws, &identity, failure))
		return false;
	if (strcmp(identity.account, deploy->account) == 0)
		return true;
	aws_fail(deploy->aws, failure, SP6031,
	         "use credentials of the pipeline's account, for example with --profile, or correct `Account` and `RoleArn`",
	         "the pipeline belongs to account %s, but the caller is %s of account %s", deploy->account, identity.arn,
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

bool deploy_is_unchanged(const struct deploy *deploy)
{
	for (size_t i = 0; i < deploy->steps.count; i++)
		if (deploy->steps.items[i]->action != DEPLOY_UNCHANGED)
			return false;
	return true;
}

void deploy_list_requests(struct deploy *deploy)
{
	const struct aws_request identify = aws_identify_request();
	deploy_note_request(deploy, "", &identify, identify.body.bytes);
	if (deploy->options->expect_version || deploy->options->expect_digest)
		deploy_list_expected_requests(deploy);
	for (size_t i = 0; i < deploy->steps.count; i++)
		deploy->steps.items[i]->kind->list_requests(deploy, deploy->steps.items[i]);
}

/* Requests of a deployment: their bodies, the list of them for --dry-run, and whether to look again after a failure. */
#include "deploy/deploy_parts.h"

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

void deploy_note_request(struct deploy *deploy, const char *when, const struct aws_request *request, const char *body)
{
	struct text call = {0};
	aws_describe_request(&call, deploy->aws, request);
	const struct deploy_request noted = {when, arena_copy(deploy->arena, call.bytes, call.length),
	                                     arena_copy(deploy->arena, body, strlen(body))};
	vec_push(deploy->arena, &deploy->requests, noted);
	text_free(&call);
}

void deploy_note_sagemaker(struct deploy *deploy, const char *when, const char *operation, const char *body)
{
	const char *target = arena_printf(deploy->arena, "SageMaker.%s", operation);
	const struct aws_request request = {.service = AWS_SAGEMAKER, .method = "POST", .target = target};
	deploy_note_request(deploy, when, &request, body);
}

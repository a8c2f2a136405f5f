#include "deploy/execution.h"

#include "aws/aws_time.h"
#include "base/arn.h"
#include "base/json.h"
#include "base/json_tree.h"

#include <cjson/cJSON.h>
#include <string.h>

/* --- names --- */

const char *execution_pipeline(struct arena *arena, const char *text)
{
	struct arn arn;
	static const char start[] = "pipeline/";
	if (!arn_read(&arn, arena, text) || strncmp(arn.resource, start, sizeof start - 1) != 0)
		return NULL;
	const char *name = arn.resource + sizeof start - 1;
	return arena_copy(arena, name, strcspn(name, "/"));
}

const char *execution_id(const char *arn)
{
	static const char before[] = "/execution/";
	const char *at = strstr(arn, before);
	return at ? at + sizeof before - 1 : arn;
}

bool execution_is_active(const char *status)
{
	return strcmp(status, "Succeeded") != 0 && strcmp(status, "Failed") != 0 && strcmp(status, "Stopped") != 0;
}

int64_t execution_time(const struct cJSON *seconds)
{
	return cJSON_IsNumber(seconds) ? (int64_t)(seconds->valuedouble * 1000 + 0.5) : 0;
}

void execution_put_time(struct text *out, int64_t milliseconds)
{
	char text[AWS_TIME_ROOM];
	text_puts(out, milliseconds && aws_time_write_extended(milliseconds, text) ? text : "-");
}

/* --- starting, stopping, retrying --- */

/* Begins an input with its first member and a new token. */
static void begin_input(struct text *input, struct aws *aws, const char *key, const char *value)
{
	char token[AWS_TOKEN_ROOM];
	aws_make_token(aws, token);
	text_printf(input, "{\"%s\": ", key);
	json_add_string(input, value, strlen(value));
	text_printf(input, ", \"ClientRequestToken\": \"%s\"", token);
}

/* Sends an input and frees it. Returns the ARN in the reply, in the arena; NULL after a failure. */
static const char *send_input(struct aws *aws, struct arena *arena, const char *operation, struct text *input,
                              struct aws_failure *failure)
{
	text_putc(input, '}');
	cJSON *reply = aws_sagemaker(aws, operation, input->bytes, failure);
	text_free(input);
	const char *arn = json_text(reply, "PipelineExecutionArn");
	const char *copy = arn ? arena_copy(arena, arn, strlen(arn)) : NULL;
	if (reply && !arn)
		aws_fail(aws, failure, SP6010, NULL, "%s: the reply has no execution ARN", operation);
	cJSON_Delete(reply);
	return copy;
}

const char *execution_start(struct aws *aws, struct arena *arena, const struct execution_start *start,
                            struct aws_failure *failure)
{
	struct text input = {0};
	begin_input(&input, aws, "PipelineName", start->pipeline);
	if (start->parameters)
		text_printf(&input, ", \"PipelineParameters\": %s", start->parameters);
	if (start->selective)
		text_printf(&input, ", \"SelectiveExecutionConfig\": %s", start->selective);
	return send_input(aws, arena, "StartPipelineExecution", &input, failure);
}

static bool stop_or_retry(struct aws *aws, const char *operation, const char *arn, struct aws_failure *failure)
{
	struct arena scratch = {0};
	struct text input = {0};
	begin_input(&input, aws, "PipelineExecutionArn", arn);
	bool is_done = send_input(aws, &scratch, operation, &input, failure) != NULL;
	arena_free(&scratch);
	return is_done;
}

bool execution_stop(struct aws *aws, const char *arn, struct aws_failure *failure)
{
	return stop_or_retry(aws, "StopPipelineExecution", arn, failure);
}

bool execution_retry(struct aws *aws, const char *arn, struct aws_failure *failure)
{
	return stop_or_retry(aws, "RetryPipelineExecution", arn, failure);
}

/* --- listing --- */

bool execution_list(struct aws *aws, struct arena *arena, const char *pipeline, size_t limit, struct executions *out,
                    struct aws_failure *failure)
{
	cJSON *input = cJSON_CreateObject();
	cJSON_AddStringToObject(input, "PipelineName", pipeline);
	cJSON_AddStringToObject(input, "SortBy", "CreationTime");
	cJSON_AddStringToObject(input, "SortOrder", "Descending");
	cJSON *list = aws_sagemaker_list(aws, "ListPipelineExecutions", input, "PipelineExecutionSummaries", limit, failure);
	cJSON_Delete(input);
	*out = (struct executions){{0}};
	const cJSON *item;
	cJSON_ArrayForEach(item, list) {
		struct execution execution = {
			.arn = json_copy(arena, item, "PipelineExecutionArn", ""),
			.status = json_copy(arena, item, "PipelineExecutionStatus", ""),
			.name = json_copy(arena, item, "PipelineExecutionDisplayName", ""),
			.reason = json_copy(arena, item, "PipelineExecutionFailureReason", ""),
			.started = execution_time(cJSON_GetObjectItemCaseSensitive(item, "StartTime"))};
		vec_push(arena, &out->items, execution);
	}
	bool is_done = list != NULL;
	cJSON_Delete(list);
	return is_done;
}

cJSON *execution_list_steps(struct aws *aws, const char *arn, struct aws_failure *failure)
{
	cJSON *input = cJSON_CreateObject();
	cJSON_AddStringToObject(input, "PipelineExecutionArn", arn);
	cJSON *list = aws_sagemaker_list(aws, "ListPipelineExecutionSteps", input, "PipelineExecutionSteps", 0, failure);
	cJSON_Delete(input);
	return list;
}

/* --- JSON --- */

void execution_add_text(cJSON *object, const char *key, const char *text)
{
	if (*text)
		cJSON_AddStringToObject(object, key, text);
}

void execution_add_time(cJSON *object, const char *key, int64_t milliseconds)
{
	struct text text = {0};
	execution_put_time(&text, milliseconds);
	if (milliseconds)
		cJSON_AddStringToObject(object, key, text.bytes);
	text_free(&text);
}

#include "deploy/watch.h"

#include "base/json_tree.h"
#include "deploy/execution.h"
#include "deploy/logs.h"

#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

/* --- the plan --- */

static void add_names(struct watch_plan *plan, struct arena *arena, const cJSON *steps)
{
	const cJSON *step;
	cJSON_ArrayForEach(step, steps) {
		const char *name = json_text(step, "Name");
		const cJSON *arguments = cJSON_GetObjectItemCaseSensitive(step, "Arguments");
		if (name)
			vec_push(arena, &plan->names, arena_copy(arena, name, strlen(name)));
		add_names(plan, arena, cJSON_GetObjectItemCaseSensitive(arguments, "IfSteps"));
		add_names(plan, arena, cJSON_GetObjectItemCaseSensitive(arguments, "ElseSteps"));
	}
}

/* Calls an operation whose only input is the execution. */
static cJSON *call(struct aws *aws, const char *operation, const char *arn, struct aws_failure *failure)
{
	cJSON *input = cJSON_CreateObject();
	cJSON_AddStringToObject(input, "PipelineExecutionArn", arn);
	cJSON *reply = aws_sagemaker_tree(aws, operation, input, failure);
	cJSON_Delete(input);
	return reply;
}

void watch_read_plan(struct watch_plan *plan, struct aws *aws, struct arena *arena, const char *arn)
{
	struct aws_failure ignored; /* without the plan, only the steps that have not started are missing from the output */
	cJSON *reply = call(aws, "DescribePipelineDefinitionForExecution", arn, &ignored);
	const char *text = json_text(reply, "PipelineDefinition");
	cJSON *definition = text ? cJSON_Parse(text) : NULL;
	*plan = (struct watch_plan){{0}};
	add_names(plan, arena, cJSON_GetObjectItemCaseSensitive(definition, "Steps"));
	cJSON_Delete(definition);
	cJSON_Delete(reply);
}

/* --- the state --- */

static int64_t time_of(const cJSON *object, const char *key)
{
	return execution_time(cJSON_GetObjectItemCaseSensitive(object, key));
}

static const char *source_of(struct watch *watch, const cJSON *item, const char *key)
{
	return json_copy(&watch->arena, cJSON_GetObjectItemCaseSensitive(item, key), "SourcePipelineExecutionArn", "");
}

static void add_step(struct watch *watch, const cJSON *item)
{
	const cJSON *metadata = cJSON_GetObjectItemCaseSensitive(item, "Metadata");
	const cJSON *kind = metadata ? metadata->child : NULL, *attempts = cJSON_GetObjectItemCaseSensitive(item, "AttemptCount");
	struct text logs = {0};
	logs_put_link_of_step(&logs, metadata);
	struct watch_step step = {
		.name = json_copy(&watch->arena, item, "StepName", ""), .status = json_copy(&watch->arena, item, "StepStatus", ""),
		.started = time_of(item, "StartTime"), .ended = time_of(item, "EndTime"),
		.reused_from = source_of(watch, item, "CacheHitResult"), .reason = json_copy(&watch->arena, item, "FailureReason", ""),
		.outcome = json_copy(&watch->arena, kind, "Outcome", ""),
		.logs = arena_copy(&watch->arena, text_string(&logs), logs.length),
		.attempts = cJSON_IsNumber(attempts) ? attempts->valueint : 0};
	if (!*step.reused_from)
		step.reused_from = source_of(watch, item, "SelectiveExecutionResult");
	if (!*step.reason)
		step.reason = json_copy(&watch->arena, kind, "ErrorMessage", "");
	vec_push(&watch->arena, &watch->steps, step);
	text_free(&logs);
}

/* Orders steps by start time, then by name. SageMaker lists the newest first, and those with the same start time in any order. */
static int compare_steps(const void *a, const void *b)
{
	const struct watch_step *first = a, *second = b;
	int64_t first_time = first->started ? first->started : INT64_MAX;
	int64_t second_time = second->started ? second->started : INT64_MAX;
	return first_time != second_time ? (first_time < second_time ? -1 : 1) : strcmp(first->name, second->name);
}

/* Whether an execution runs a step. Without a selection (NULL) it runs all. */
static bool is_selected(const cJSON *selected, const char *name)
{
	const cJSON *item;
	cJSON_ArrayForEach(item, selected) {
		const char *selected_name = json_text(item, "StepName");
		if (selected_name && strcmp(selected_name, name) == 0)
			return true;
	}
	return !selected;
}

static void add_waiting(struct watch *watch, const struct watch_plan *plan, const cJSON *execution)
{
	const cJSON *selection = cJSON_GetObjectItemCaseSensitive(execution, "SelectiveExecutionConfig");
	const cJSON *selected = cJSON_GetObjectItemCaseSensitive(selection, "SelectedSteps");
	for (size_t i = 0; i < plan->names.count; i++)
		if (is_selected(selected, plan->names.items[i]) && !watch_find(watch, plan->names.items[i]))
			vec_push(&watch->arena, &watch->steps,
			         ((struct watch_step){.name = plan->names.items[i], .status = "", .reused_from = "", .reason = "",
			                              .outcome = "", .logs = ""}));
}

static void fill(struct watch *watch, const cJSON *execution, const cJSON *steps, const struct watch_plan *plan)
{
	const cJSON *item;
	const char *pipeline = execution_pipeline(&watch->arena, watch->arn);
	watch->pipeline = pipeline ? pipeline : watch->arn;
	watch->status = json_copy(&watch->arena, execution, "PipelineExecutionStatus", "");
	watch->reason = json_copy(&watch->arena, execution, "FailureReason", "");
	watch->started = time_of(execution, "CreationTime");
	watch->ended = watch_is_active(watch) ? 0 : time_of(execution, "LastModifiedTime");
	cJSON_ArrayForEach(item, steps)
		add_step(watch, item);
	if (watch->steps.count)
		qsort(watch->steps.items, watch->steps.count, sizeof *watch->steps.items, compare_steps);
	if (watch_is_active(watch))
		add_waiting(watch, plan, execution);
}

/* The steps are requested after the execution: if it has ended, their states are final. */
bool watch_read(struct watch *watch, struct aws *aws, const char *arn, const struct watch_plan *plan, struct aws_failure *failure)
{
	*watch = (struct watch){.arn = arn};
	cJSON *execution = call(aws, "DescribePipelineExecution", arn, failure), *steps = NULL;
	bool has_status = json_text(execution, "PipelineExecutionStatus") != NULL;
	if (execution && !has_status)
		aws_fail(aws, failure, SP6010, NULL, "DescribePipelineExecution: the reply has no status");
	if (has_status)
		steps = execution_list_steps(aws, arn, failure);
	if (steps)
		fill(watch, execution, steps, plan);
	bool is_read = steps != NULL;
	cJSON_Delete(steps);
	cJSON_Delete(execution);
	return is_read;
}

void watch_free(struct watch *watch)
{
	arena_free(&watch->arena);
}

bool watch_is_active(const struct watch *watch)
{
	return execution_is_active(watch->status);
}

bool watch_is_successful(const struct watch *watch)
{
	return strcmp(watch->status, "Succeeded") == 0;
}

const struct watch_step *watch_find(const struct watch *watch, const char *name)
{
	for (size_t i = 0; i < watch->steps.count; i++)
		if (strcmp(watch->steps.items[i].name, name) == 0)
			return &watch->steps.items[i];
	return NULL;
}

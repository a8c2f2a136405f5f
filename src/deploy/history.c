#include "deploy/history.h"

#include "base/json_tree.h"
#include "base/printable.h"
#include "deploy/columns.h"
#include "deploy/deploy_json.h"

#include <cjson/cJSON.h>

bool history_read(struct history *history, struct aws *aws, struct arena *arena, const char *pipeline, size_t limit,
                  struct aws_failure *failure)
{
	*history = (struct history){.versions = {0}};
	cJSON *input = cJSON_CreateObject();
	cJSON_AddStringToObject(input, "PipelineName", pipeline);
	cJSON_AddStringToObject(input, "SortOrder", "Descending");
	cJSON *list = aws_sagemaker_list(aws, "ListPipelineVersions", input, "PipelineVersionSummaries", limit, failure);
	cJSON_Delete(input);
	if (!list)
		return false;
	const cJSON *item;
	cJSON_ArrayForEach(item, list) {
		struct history_version version = {
			.number = deploy_json_number(item, "PipelineVersionId"),
			.created = execution_time(cJSON_GetObjectItemCaseSensitive(item, "CreationTime")),
			.name = json_copy(arena, item, "PipelineVersionDisplayName", ""),
			.description = json_copy(arena, item, "PipelineVersionDescription", ""),
			.aliases = execution_copy_aliases(arena, item),
			.last_execution = json_copy(arena, item, "LastExecutionPipelineExecutionArn", "")};
		vec_push(arena, &history->versions, version);
	}
	cJSON_Delete(list);
	return execution_list(aws, arena, pipeline, limit, &history->executions, failure);
}

/* --- text --- */

static void put_column(struct text *out, const char *string, size_t width)
{
	columns_put(out, string, width);
	text_puts(out, "  ");
}

enum { NUMBER_WIDTH = 7, TIME_WIDTH = 20, ID_WIDTH = 12, STATUS_WIDTH_MIN = 9, ALIASES_WIDTH_MIN = 7 };

static void put_time_column(struct text *out, int64_t time)
{
	struct text text = {0};
	execution_put_time(&text, time);
	put_column(out, text.bytes, TIME_WIDTH);
	text_free(&text);
}

/* The width of the column of aliases; 0 if no version has one: then there is no such column. */
static size_t aliases_width(const struct history *history)
{
	size_t width = 0;
	for (size_t i = 0; i < history->versions.count; i++) {
		struct text text = {0};
		execution_put_aliases(&text, history->versions.items[i].aliases);
		size_t columns = printable_columns(text_string(&text));
		width = columns > width ? columns : width;
		text_free(&text);
	}
	return width && width < ALIASES_WIDTH_MIN ? ALIASES_WIDTH_MIN : width;
}

static void put_aliases_column(struct text *out, const char *aliases, size_t width)
{
	struct text text = {0};
	execution_put_aliases(&text, aliases);
	put_column(out, text.length ? text.bytes : "-", width);
	text_free(&text);
}

static void put_version(struct text *out, const struct history_version *version, size_t aliases)
{
	struct text number = {0};
	text_printf(&number, "%lld", version->number);
	put_column(out, number.bytes, NUMBER_WIDTH);
	put_time_column(out, version->created);
	put_column(out, *version->last_execution ? execution_id(version->last_execution) : "-", ID_WIDTH);
	if (aliases)
		put_aliases_column(out, version->aliases, aliases);
	printable_put(out, *version->name ? version->name : version->description);
	columns_end_line(out);
	text_free(&number);
}

static size_t status_width(const struct executions *executions)
{
	size_t width = STATUS_WIDTH_MIN;
	for (size_t i = 0; i < executions->items.count; i++) {
		size_t columns = printable_columns(executions->items.items[i].status);
		width = columns > width ? columns : width;
	}
	return width;
}

void history_put_tables(struct text *out, const struct history *history)
{
	size_t width = status_width(&history->executions), aliases = aliases_width(history);
	text_puts(out, "VERSION  CREATED               LAST RUN");
	text_puts(out, aliases ? "      ALIASES\n" : "\n");
	for (size_t i = 0; i < history->versions.count; i++)
		put_version(out, &history->versions.items[i], aliases);
	text_puts(out, "\nEXECUTION     STARTED               STATE\n");
	for (size_t i = 0; i < history->executions.items.count; i++) {
		const struct execution *execution = &history->executions.items.items[i];
		put_column(out, execution_id(execution->arn), ID_WIDTH);
		put_time_column(out, execution->started);
		put_column(out, execution->status, width);
		printable_put(out, *execution->reason ? execution->reason : execution->name);
		columns_end_line(out);
	}
}

void history_put_json(struct text *out, const struct history *history)
{
	cJSON *root = cJSON_CreateObject();
	cJSON *versions = cJSON_AddArrayToObject(root, "PipelineVersionSummaries");
	for (size_t i = 0; i < history->versions.count; i++) {
		const struct history_version *version = &history->versions.items[i];
		cJSON *item = cJSON_CreateObject();
		struct text number = {0};
		text_printf(&number, "%lld", version->number);
		cJSON_AddRawToObject(item, "PipelineVersionId", number.bytes);
		text_free(&number);
		execution_add_time(item, "CreationTime", version->created);
		execution_add_text(item, "PipelineVersionDisplayName", version->name);
		execution_add_text(item, "PipelineVersionDescription", version->description);
		execution_add_aliases(item, version->aliases);
		execution_add_text(item, "LastExecutionPipelineExecutionArn", version->last_execution);
		cJSON_AddItemToArray(versions, item);
	}
	cJSON *executions = cJSON_AddArrayToObject(root, "PipelineExecutionSummaries");
	for (size_t i = 0; i < history->executions.items.count; i++) {
		const struct execution *execution = &history->executions.items.items[i];
		cJSON *item = cJSON_CreateObject();
		execution_add_text(item, "PipelineExecutionArn", execution->arn);
		execution_add_time(item, "StartTime", execution->started);
		execution_add_text(item, "PipelineExecutionStatus", execution->status);
		execution_add_text(item, "PipelineExecutionDisplayName", execution->name);
		execution_add_text(item, "PipelineExecutionFailureReason", execution->reason);
		execution_add_aliases(item, execution->aliases);
		cJSON_AddItemToArray(executions, item);
	}
	json_put_line(out, root);
}

/* --- rollback --- */

struct cJSON *history_describe(struct aws *aws, const char *pipeline, long long version, const char *alias,
                               struct aws_failure *failure)
{
	cJSON *input = cJSON_CreateObject();
	struct text number = {0};
	text_printf(&number, "%lld", version);
	cJSON_AddStringToObject(input, "PipelineName", pipeline);
	if (alias)
		cJSON_AddStringToObject(input, "PipelineVersionAlias", alias);
	else if (version)
		cJSON_AddRawToObject(input, "PipelineVersionId", number.bytes);
	cJSON *reply = aws_sagemaker_tree(aws, "DescribePipeline", input, failure);
	cJSON_Delete(input);
	text_free(&number);
	return reply;
}

/* The members that a version has and that an update sets. */
static const char *const restored[] = {"PipelineDefinition", "RoleArn", "PipelineDescription", "PipelineDisplayName",
                                       "ParallelismConfiguration"};
enum { RESTORED_COUNT = sizeof restored / sizeof *restored };

/* Whether the pipeline equals a version. Members that the version lacks may stay: an update cannot remove them. */
static bool is_restored(const cJSON *current, const cJSON *version)
{
	for (size_t i = 0; i < RESTORED_COUNT; i++) {
		const cJSON *wanted = cJSON_GetObjectItemCaseSensitive(version, restored[i]);
		if (wanted && !cJSON_Compare(wanted, cJSON_GetObjectItemCaseSensitive(current, restored[i]), true))
			return false;
	}
	return true;
}

static cJSON *update_input(const char *pipeline, const cJSON *version)
{
	cJSON *input = cJSON_CreateObject();
	cJSON_AddStringToObject(input, "PipelineName", pipeline);
	for (size_t i = 0; i < RESTORED_COUNT; i++) {
		const cJSON *wanted = cJSON_GetObjectItemCaseSensitive(version, restored[i]);
		if (cJSON_IsString(wanted))
			cJSON_AddStringToObject(input, restored[i], wanted->valuestring);
	}
	const cJSON *configuration = cJSON_GetObjectItemCaseSensitive(version, "ParallelismConfiguration");
	long long steps_max = deploy_json_number(configuration, "MaxParallelExecutionSteps");
	if (steps_max) {
		struct text parallelism = {0};
		text_printf(&parallelism, "{\"MaxParallelExecutionSteps\": %lld}", steps_max);
		cJSON_AddRawToObject(input, "ParallelismConfiguration", parallelism.bytes);
		text_free(&parallelism);
	}
	return input;
}

/* Sends the update. After a lost reply the pipeline is described, and the update is sent once more if it was not made. */
static bool update(struct aws *aws, const char *pipeline, const cJSON *version, long long *number, struct aws_failure *failure)
{
	struct text input = {0};
	cJSON *tree = update_input(pipeline, version);
	json_put_tree(&input, tree);
	cJSON_Delete(tree);
	cJSON *reply = aws_sagemaker_once(aws, "UpdatePipeline", input.bytes, failure);
	bool is_done = reply != NULL;
	if (!reply && failure->may_have_acted) {
		struct aws_failure first_failure = *failure;
		cJSON *current = history_describe(aws, pipeline, 0, NULL, failure);
		is_done = current && is_restored(current, version);
		if (current && !is_done) {
			reply = aws_sagemaker_once(aws, "UpdatePipeline", input.bytes, failure);
			is_done = reply != NULL;
		} else if (!current) {
			*failure = first_failure;
		}
		cJSON_Delete(current);
	}
	*number = deploy_json_number(reply, "PipelineVersionId");
	cJSON_Delete(reply);
	text_free(&input);
	return is_done;
}

enum history_outcome history_roll_back(struct aws *aws, struct arena *arena, const char *pipeline, long long version,
                                       const char **arn, long long *number, struct aws_failure *failure)
{
	enum history_outcome outcome = HISTORY_FAILED;
	cJSON *current = history_describe(aws, pipeline, 0, NULL, failure);
	cJSON *wanted = current ? history_describe(aws, pipeline, version, NULL, failure) : NULL;
	*number = 0;
	*arn = json_copy(arena, current, "PipelineArn", "");
	if (wanted && is_restored(current, wanted))
		outcome = HISTORY_SAME;
	else if (wanted && update(aws, pipeline, wanted, number, failure))
		outcome = HISTORY_CHANGED;
	cJSON_Delete(wanted);
	cJSON_Delete(current);
	return outcome;
}

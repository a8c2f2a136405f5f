#include "deploy/history.h"

#include "base/json_tree.h"
#include "base/printable.h"

#include <cjson/cJSON.h>

static long long number_of(const cJSON *object, const char *key)
{
	const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, key);
	return cJSON_IsNumber(item) ? (long long)item->valuedouble : 0;
}

bool history_read(struct history *history, struct aws *aws, struct arena *arena, const char *pipeline, size_t most,
                  struct aws_failure *failure)
{
	*history = (struct history){.versions = {0}};
	cJSON *input = cJSON_CreateObject();
	cJSON_AddStringToObject(input, "PipelineName", pipeline);
	cJSON_AddStringToObject(input, "SortOrder", "Descending");
	cJSON *list = aws_sagemaker_list(aws, "ListPipelineVersions", input, "PipelineVersionSummaries", most, failure);
	cJSON_Delete(input);
	if (!list)
		return false;
	const cJSON *item;
	cJSON_ArrayForEach(item, list) {
		struct history_version version = {
			.number = number_of(item, "PipelineVersionId"),
			.created = execution_time(cJSON_GetObjectItemCaseSensitive(item, "CreationTime")),
			.name = json_copy(arena, item, "PipelineVersionDisplayName", ""),
			.description = json_copy(arena, item, "PipelineVersionDescription", ""),
			.last_execution = json_copy(arena, item, "LastExecutionPipelineExecutionArn", "")};
		vec_push(arena, &history->versions, version);
	}
	cJSON_Delete(list);
	return execution_list(aws, arena, pipeline, most, &history->executions, failure);
}

/* --- text --- */

static void put_column(struct text *out, const char *string, size_t width)
{
	size_t columns = printable_columns(string);
	printable_put(out, string);
	text_repeat(out, ' ', columns < width ? width - columns : 0);
	text_puts(out, "  ");
}

static void end_line(struct text *out)
{
	while (out->length && out->bytes[out->length - 1] == ' ')
		out->length--;
	text_putc(out, '\n');
}

enum { NUMBER_WIDTH = 7, TIME_WIDTH = 20, ID_WIDTH = 12, STATUS_WIDTH = 9 };

static void put_time_column(struct text *out, int64_t time)
{
	struct text text = {0};
	execution_put_time(&text, time);
	put_column(out, text.bytes, TIME_WIDTH);
	text_free(&text);
}

static void put_version(struct text *out, const struct history_version *version)
{
	struct text number = {0};
	text_printf(&number, "%lld", version->number);
	put_column(out, number.bytes, NUMBER_WIDTH);
	put_time_column(out, version->created);
	put_column(out, *version->last_execution ? execution_id(version->last_execution) : "-", ID_WIDTH);
	printable_put(out, *version->name ? version->name : version->description);
	end_line(out);
	text_free(&number);
}

void history_put_tables(struct text *out, const struct history *history)
{
	text_puts(out, "VERSION  CREATED               LAST RUN\n");
	for (size_t i = 0; i < history->versions.count; i++)
		put_version(out, &history->versions.items[i]);
	text_puts(out, "\nEXECUTION     STARTED               STATE\n");
	for (size_t i = 0; i < history->executions.items.count; i++) {
		const struct execution *execution = &history->executions.items.items[i];
		put_column(out, execution_id(execution->arn), ID_WIDTH);
		put_time_column(out, execution->started);
		put_column(out, execution->status, STATUS_WIDTH);
		printable_put(out, *execution->reason ? execution->reason : execution->name);
		end_line(out);
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
		cJSON_AddItemToArray(executions, item);
	}
	json_put_line(out, root);
}

/* --- going back --- */

struct cJSON *history_describe(struct aws *aws, const char *pipeline, long long version, struct aws_failure *failure)
{
	cJSON *input = cJSON_CreateObject();
	struct text number = {0};
	text_printf(&number, "%lld", version);
	cJSON_AddStringToObject(input, "PipelineName", pipeline);
	if (version)
		cJSON_AddRawToObject(input, "PipelineVersionId", number.bytes);
	cJSON *reply = aws_sagemaker_tree(aws, "DescribePipeline", input, failure);
	cJSON_Delete(input);
	text_free(&number);
	return reply;
}

/* What an update sets, and a version has. */
static const char *const restored[] = {"PipelineDefinition", "RoleArn", "PipelineDescription", "PipelineDisplayName",
                                       "ParallelismConfiguration"};
enum { RESTORED_COUNT = sizeof restored / sizeof *restored };

/* What an old version lacks stays as it is: an update cannot take it away. */
static bool is_restored(const cJSON *now, const cJSON *then)
{
	for (size_t i = 0; i < RESTORED_COUNT; i++) {
		const cJSON *wanted = cJSON_GetObjectItemCaseSensitive(then, restored[i]);
		if (wanted && !cJSON_Compare(wanted, cJSON_GetObjectItemCaseSensitive(now, restored[i]), true))
			return false;
	}
	return true;
}

static cJSON *update_input(const char *pipeline, const cJSON *then)
{
	cJSON *input = cJSON_CreateObject();
	cJSON_AddStringToObject(input, "PipelineName", pipeline);
	for (size_t i = 0; i < RESTORED_COUNT; i++) {
		const cJSON *wanted = cJSON_GetObjectItemCaseSensitive(then, restored[i]);
		if (cJSON_IsString(wanted))
			cJSON_AddStringToObject(input, restored[i], wanted->valuestring);
	}
	long long most = number_of(cJSON_GetObjectItemCaseSensitive(then, "ParallelismConfiguration"), "MaxParallelExecutionSteps");
	if (most) {
		struct text parallelism = {0};
		text_printf(&parallelism, "{\"MaxParallelExecutionSteps\": %lld}", most);
		cJSON_AddRawToObject(input, "ParallelismConfiguration", parallelism.bytes);
		text_free(&parallelism);
	}
	return input;
}

/* Sends the update. A reply that does not come is followed by a look: what was done is not done again, and what was not
 * is tried once more. */
static bool update(struct aws *aws, const char *pipeline, const cJSON *then, long long *number, struct aws_failure *failure)
{
	struct text input = {0};
	cJSON *tree = update_input(pipeline, then);
	json_put_tree(&input, tree);
	cJSON_Delete(tree);
	cJSON *reply = aws_sagemaker_once(aws, "UpdatePipeline", input.bytes, failure);
	bool is_done = reply != NULL;
	if (!reply && failure->may_have_acted) {
		struct aws_failure lost = *failure;
		cJSON *now = history_describe(aws, pipeline, 0, failure);
		is_done = now && is_restored(now, then);
		if (now && !is_done) {
			reply = aws_sagemaker_once(aws, "UpdatePipeline", input.bytes, failure);
			is_done = reply != NULL;
		} else if (!now) {
			*failure = lost;
		}
		cJSON_Delete(now);
	}
	*number = number_of(reply, "PipelineVersionId");
	cJSON_Delete(reply);
	text_free(&input);
	return is_done;
}

enum history_outcome history_roll_back(struct aws *aws, struct arena *arena, const char *pipeline, long long version,
                                       const char **arn, long long *number, struct aws_failure *failure)
{
	enum history_outcome outcome = HISTORY_FAILED;
	cJSON *now = history_describe(aws, pipeline, 0, failure);
	cJSON *then = now ? history_describe(aws, pipeline, version, failure) : NULL;
	*number = 0;
	*arn = json_copy(arena, now, "PipelineArn", "");
	if (then && is_restored(now, then))
		outcome = HISTORY_SAME;
	else if (then && update(aws, pipeline, then, number, failure))
		outcome = HISTORY_CHANGED;
	cJSON_Delete(then);
	cJSON_Delete(now);
	return outcome;
}

#include "deploy/removal.h"

#include "base/json.h"
#include "base/json_tree.h"
#include "deploy/deploy_parts.h"

#include <cjson/cJSON.h>

/* Appends what names a schedule: its path, and its group as a query. */
static void put_address(struct text *path, struct text *query, const struct removal_schedule *schedule)
{
	text_printf(path, "/schedules/%s", schedule->name); /* [0-9a-zA-Z-_.]: nothing to encode */
	text_puts(query, "groupName=");
	aws_add_query(query, schedule->group);
}

/* Whether a schedule was deployed from here: only the whole of it tells. */
static bool read_owner(struct removal_schedule *schedule, struct aws *aws, struct aws_failure *failure)
{
	struct text path = {0}, query = {0};
	struct aws_reply reply;
	put_address(&path, &query, schedule);
	const struct aws_request request = {.service = AWS_SCHEDULER, .method = "GET", .path = path.bytes, .query = query.bytes};
	bool is_read = aws_call(aws, &request, &reply, failure);
	if (is_read) {
		schedule->is_own = deploy_has_mark(deploy_text(reply.json, "Description"));
		aws_reply_free(&reply);
	}
	text_free(&path);
	text_free(&query);
	return is_read || deploy_is_not_found(failure);
}

static bool take_page(struct removal *removal, struct aws *aws, struct arena *arena, const cJSON *page, struct aws_failure *failure)
{
	const cJSON *item;
	cJSON_ArrayForEach(item, cJSON_GetObjectItemCaseSensitive(page, "Schedules")) {
		const char *target = deploy_text(cJSON_GetObjectItemCaseSensitive(item, "Target"), "Arn");
		struct removal_schedule schedule = {json_copy(arena, item, "Name", NULL), json_copy(arena, item, "GroupName", NULL), false};
		if (strcmp(target, removal->arn) != 0 || !schedule.name || !schedule.group)
			continue;
		if (!read_owner(&schedule, aws, failure))
			return false;
		vec_push(arena, &removal->schedules, schedule);
	}
	return true;
}

bool removal_plan(struct removal *removal, struct aws *aws, struct arena *arena, const char *pipeline, const char *arn,
                  struct aws_failure *failure)
{
	*removal = (struct removal){.pipeline = pipeline, .arn = arn};
	const char *token = NULL;
	do {
		struct text query = {0};
		struct aws_reply reply;
		text_puts(&query, "MaxResults=100");
		if (token) {
			text_puts(&query, "&NextToken=");
			aws_add_query(&query, token);
		}
		struct aws_request request = {.service = AWS_SCHEDULER, .method = "GET", .path = "/schedules", .query = query.bytes};
		bool is_read = aws_call(aws, &request, &reply, failure);
		text_free(&query);
		if (!is_read)
			return false;
		is_read = take_page(removal, aws, arena, reply.json, failure);
		token = json_copy(arena, reply.json, "NextToken", NULL);
		aws_reply_free(&reply);
		if (!is_read)
			return false;
	} while (token);
	return true;
}

bool removal_delete_schedule(struct aws *aws, const struct removal_schedule *schedule, struct aws_failure *failure)
{
	struct text path = {0}, query = {0};
	struct aws_reply reply;
	char token[AWS_TOKEN_ROOM];
	aws_token(aws, token);
	text_printf(&query, "clientToken=%s&", token);
	put_address(&path, &query, schedule);
	struct aws_request request = {.service = AWS_SCHEDULER, .method = "DELETE", .path = path.bytes, .query = query.bytes};
	bool is_done = aws_call(aws, &request, &reply, failure);
	if (is_done)
		aws_reply_free(&reply);
	text_free(&path);
	text_free(&query);
	return is_done || deploy_is_not_found(failure);
}

bool removal_delete_pipeline(struct aws *aws, const struct removal *removal, struct aws_failure *failure)
{
	struct text input = {0};
	char token[AWS_TOKEN_ROOM];
	aws_token(aws, token);
	text_puts(&input, "{\"PipelineName\": ");
	json_add_string(&input, removal->pipeline, strlen(removal->pipeline));
	text_printf(&input, ", \"ClientRequestToken\": \"%s\"}", token);
	cJSON *reply = aws_sagemaker(aws, "DeletePipeline", input.bytes, failure);
	text_free(&input);
	cJSON_Delete(reply);
	return reply != NULL || deploy_is_not_found(failure);
}

#include "deploy/removal.h"

#include "base/json.h"
#include "base/json_tree.h"
#include "deploy/deploy_json.h"
#include "deploy/scheduler.h"

#include <cjson/cJSON.h>
#include <string.h>

static bool take_page(struct removal *removal, struct aws *aws, struct arena *arena, const cJSON *page, struct aws_failure *failure)
{
	const cJSON *item;
	cJSON_ArrayForEach(item, cJSON_GetObjectItemCaseSensitive(page, "Schedules")) {
		const char *target = deploy_json_text(cJSON_GetObjectItemCaseSensitive(item, "Target"), "Arn");
		struct removal_schedule schedule = {json_copy(arena, item, "Name", NULL), json_copy(arena, item, "GroupName", NULL), false};
		if (strcmp(target, removal->arn) != 0 || !schedule.name || !schedule.group)
			continue;
		if (!scheduler_find_mark(aws, arena, schedule.name, schedule.group, &schedule.is_own, failure))
			return false;
		vec_push(arena, &removal->schedules, schedule);
	}
	return true;
}

bool removal_plan(struct removal *removal, struct aws *aws, struct arena *arena, const char *pipeline, const char *arn,
                  struct aws_failure *failure)
{
	*removal = (struct removal){.pipeline = pipeline, .arn = arn};
	const char *token = "";
	do {
		const struct aws_request request = scheduler_list_request(arena, token);
		cJSON *page = aws_call_json(aws, &request, failure);
		bool is_read = page && take_page(removal, aws, arena, page, failure);
		token = json_copy(arena, page, "NextToken", "");
		cJSON_Delete(page);
		if (!is_read)
			return false;
	} while (*token);
	return true;
}

bool removal_delete_schedule(struct aws *aws, const struct removal_schedule *schedule, struct aws_failure *failure)
{
	struct arena scratch = {0};
	char token[AWS_TOKEN_ROOM];
	struct aws_request request = scheduler_request(&scratch, "DELETE", schedule->name, schedule->group);
	aws_make_token(aws, token);
	request.query = arena_printf(&scratch, "clientToken=%s&%s", token, request.query);
	cJSON *reply = aws_call_json(aws, &request, failure);
	arena_free(&scratch);
	cJSON_Delete(reply);
	return reply || aws_is_not_found(failure);
}

bool removal_delete_pipeline(struct aws *aws, const struct removal *removal, struct aws_failure *failure)
{
	struct text input = {0};
	char token[AWS_TOKEN_ROOM];
	aws_make_token(aws, token);
	text_puts(&input, "{\"PipelineName\": ");
	json_add_string(&input, removal->pipeline, strlen(removal->pipeline));
	text_printf(&input, ", \"ClientRequestToken\": \"%s\"}", token);
	cJSON *reply = aws_sagemaker(aws, "DeletePipeline", input.bytes, failure);
	text_free(&input);
	cJSON_Delete(reply);
	return reply || aws_is_not_found(failure);
}

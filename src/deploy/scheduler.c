#include "deploy/scheduler.h"

#include "deploy/deploy_json.h"

#include <cjson/cJSON.h>
#include <string.h>

const char scheduler_mark[] = "(sagepipec)";

struct aws_request scheduler_request(struct arena *arena, const char *method, const char *name, const char *group)
{
	struct text query = {0};
	struct aws_request request = {.service = AWS_SCHEDULER, .method = method,
	                              .path = arena_printf(arena, "/schedules/%s", name)}; /* [0-9a-zA-Z-_.]: no encoding needed */
	if (*group) {
		text_puts(&query, "groupName=");
		aws_encode_query(&query, group);
		request.query = arena_copy(arena, query.bytes, query.length);
	}
	text_free(&query);
	return request;
}

struct aws_request scheduler_list_request(struct arena *arena, const char *token)
{
	struct text query = {0};
	text_puts(&query, "MaxResults=100");
	if (*token) {
		text_puts(&query, "&NextToken=");
		aws_encode_query(&query, token);
	}
	const struct aws_request request = {.service = AWS_SCHEDULER, .method = "GET", .path = "/schedules",
	                                    .query = arena_copy(arena, query.bytes, query.length)};
	text_free(&query);
	return request;
}

static bool has_mark(const char *description)
{
	size_t length = strlen(description), mark = strlen(scheduler_mark);
	return length >= mark && strcmp(description + length - mark, scheduler_mark) == 0;
}

bool scheduler_find_mark(struct aws *aws, struct arena *arena, const char *name, const char *group, bool *is_marked,
                         struct aws_failure *failure)
{
	const struct aws_request request = scheduler_request(arena, "GET", name, group);
	struct cJSON *described = aws_call_json(aws, &request, failure);
	*is_marked = has_mark(deploy_json_text(described, "Description"));
	bool is_known = described || aws_is_not_found(failure);
	cJSON_Delete(described);
	return is_known;
}

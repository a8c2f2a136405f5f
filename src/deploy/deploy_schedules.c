/* The steps that deploy schedules, and remove those that the program no longer declares. */
#include "deploy/deploy_json.h"
#include "deploy/deploy_parts.h"
#include "deploy/scheduler.h"
#include "emit/emit_schedule.h"

#include <cjson/cJSON.h>

enum { DESCRIPTION_MAX = 512 };

/* --- requests --- */

/* A copy of a schedule with the mark at the end of its description; the schedule itself if there is no room. */
static const struct schedule *add_mark(struct deploy *deploy, const struct schedule *schedule)
{
	struct schedule *copy = arena_new(deploy->arena, struct schedule);
	struct value *fields = arena_new(deploy->arena, struct value);
	struct value *description = arena_new(deploy->arena, struct value);
	const struct field *declared = value_field_named(schedule->fields, "Description");
	const char *text = declared ? declared->value->word->text : "";
	const char *marked = arena_printf(deploy->arena, "%s%s%s", text, *text ? " " : "", scheduler_mark);
	struct names *names = &deploy->program->world->names;
	if (strlen(marked) > DESCRIPTION_MAX)
		return schedule;
	*copy = *schedule;
	*fields = *schedule->fields;
	*description = (struct value){.kind = VALUE_STRING, .word = names_word(names, marked)};
	struct field *list = arena_array(deploy->arena, struct field, fields->count + 1);
	fields->count = 0;
	for (uint32_t i = 0; i < schedule->fields->count; i++)
		if (&schedule->fields->fields[i] != declared)
			list[fields->count++] = schedule->fields->fields[i];
	list[fields->count++] = (struct field){names_word(names, "Description"), description, NULL};
	fields->fields = list;
	copy->fields = fields;
	return copy;
}

static const char *body_of(struct deploy *deploy, const struct schedule *schedule, const char *arn, bool has_token)
{
	struct text text = {0};
	char token[AWS_TOKEN_ROOM];
	emit_schedule(&text, add_mark(deploy, schedule), arn);
	const char *body = deploy_keep_text(deploy, &text);
	if (!has_token)
		return body;
	aws_make_token(deploy->aws, token);
	return arena_printf(deploy->arena, "{\"ClientToken\": \"%s\", %s", token, body + 1);
}

/* A request that creates or updates a schedule. The query has no group, because the body has it. */
static struct aws_request change_request(struct deploy *deploy, const char *method, const char *name, const char *body)
{
	struct aws_request request = scheduler_request(deploy->arena, method, name, "");
	request.acts_once = true;
	request.body = deploy_json_body(body);
	return request;
}

static const char *group_of(const struct schedule *schedule)
{
	const struct field *group = value_field_named(schedule->fields, "GroupName");
	return group ? group->value->word->text : "default";
}

/* --- one schedule --- */

/* Members that the service reports although they were not set, with their defaults (EventBridge Scheduler API Reference);
 * NULL: any value counts as the default. */
static const struct {
	const char *name, *value;
} defaults[] = {
	{"Arn", NULL}, {"Name", NULL}, {"GroupName", NULL}, {"CreationDate", NULL}, {"LastModificationDate", NULL},
	{"State", "\"ENABLED\""}, {"ScheduleExpressionTimezone", "\"UTC\""}, {"ActionAfterCompletion", "\"NONE\""},
	{"RetryPolicy", "{\"MaximumEventAgeInSeconds\":86400,\"MaximumRetryAttempts\":185}"},
};

static bool is_default(const struct cJSON *member)
{
	for (size_t i = 0; i < sizeof defaults / sizeof *defaults; i++) {
		if (strcmp(member->string, defaults[i].name) != 0)
			continue;
		struct cJSON *value = defaults[i].value ? cJSON_Parse(defaults[i].value) : NULL;
		bool is_equal = !value || deploy_json_equal(member, value);
		cJSON_Delete(value);
		return is_equal;
	}
	return false;
}

/* Whether every member is declared or has its default. An update replaces the whole schedule, so any other member is a
 * difference. */
static bool has_only(const struct cJSON *actual, const struct cJSON *declared)
{
	for (const struct cJSON *member = actual ? actual->child : NULL; member; member = member->next)
		if (!deploy_json_member(declared, member->string) && !cJSON_IsNull(member) && !is_default(member))
			return false;
	return true;
}

static bool is_as_declared(const struct cJSON *actual, const char *body)
{
	struct cJSON *declared = cJSON_Parse(body);
	bool is_same = deploy_json_covers(actual, declared) && has_only(actual, declared) &&
	               has_only(deploy_json_member(actual, "Target"), deploy_json_member(declared, "Target"));
	cJSON_Delete(declared);
	return is_same;
}

/* Looks at the deployed schedule once, and creates or updates it if necessary. */
static bool ensure_schedule(struct deploy *deploy, struct deploy_step *step, struct aws_failure *failure)
{
	const struct schedule *schedule = step->subject;
	struct aws_request request = scheduler_request(deploy->arena, "GET", step->name, group_of(schedule));
	struct cJSON *actual = aws_call_json(deploy->aws, &request, failure);
	if (!actual && !aws_is_not_found(failure))
		return false;
	const char *body = body_of(deploy, schedule, deploy->arn, !actual);
	bool is_right = actual && is_as_declared(actual, body);
	request = change_request(deploy, actual ? "PUT" : "POST", step->name, body);
	if (step->action == DEPLOY_WAITING)
		step->action = is_right ? DEPLOY_UNCHANGED : actual ? DEPLOY_UPDATED : DEPLOY_CREATED;
	cJSON_Delete(actual);
	struct cJSON *reply = is_right ? NULL : aws_call_json(deploy->aws, &request, failure);
	is_right |= reply != NULL;
	cJSON_Delete(reply);
	return is_right;
}

static bool run_schedule(struct deploy *deploy, struct deploy_step *step, struct aws_failure *failure)
{
	for (unsigned looks = 0; looks < DEPLOY_LOOKS_MAX; looks++) {
		*failure = (struct aws_failure){0};
		if (ensure_schedule(deploy, step, failure))
			return true;
		if (!deploy_must_look_again(failure))
			return false;
	}
	return false;
}

static void list_schedule_requests(struct deploy *deploy, const struct deploy_step *step)
{
	const struct schedule *schedule = step->subject;
	const char *body = body_of(deploy, schedule, "ARN", false);
	struct aws_request request = scheduler_request(deploy->arena, "GET", step->name, group_of(schedule));
	deploy_note_request(deploy, "", &request, "");
	request = change_request(deploy, "POST", step->name, body);
	deploy_note_request(deploy, "if it does not exist", &request, body);
	request = change_request(deploy, "PUT", step->name, body);
	deploy_note_request(deploy, "if it differs", &request, body);
}

static const struct deploy_kind schedule_kind = {"schedule", run_schedule, list_schedule_requests};

/* --- schedules that are no longer declared --- */

static bool is_declared(const struct deploy *deploy, const char *name, const char *group)
{
	for (size_t i = 0; i < deploy->steps.count; i++) {
		const struct deploy_step *step = deploy->steps.items[i];
		if (step->kind == &schedule_kind && strcmp(step->name, name) == 0 &&
		    strcmp(group_of(step->subject), group) == 0)
			return true;
	}
	return false;
}

static bool remove_schedule(struct deploy *deploy, struct deploy_step *step, const char *name, const char *group,
                       struct aws_failure *failure)
{
	const struct aws_request request = scheduler_request(deploy->arena, "DELETE", name, group);
	struct cJSON *reply = aws_call_json(deploy->aws, &request, failure);
	bool is_gone = reply || aws_is_not_found(failure);
	cJSON_Delete(reply);
	step->action = DEPLOY_REMOVED;
	step->detail = arena_printf(deploy->arena, "%s%s%s", step->detail, *step->detail ? ", " : "", name);
	return is_gone;
}

/* Removes the schedules of a page that start this pipeline, have the mark and are not declared. */
static bool remove_undeclared(struct deploy *deploy, struct deploy_step *step, const struct cJSON *page,
                           struct aws_failure *failure)
{
	const struct cJSON *list = deploy_json_member(page, "Schedules");
	for (const struct cJSON *item = list ? list->child : NULL; item; item = item->next) {
		const char *name = deploy_json_text(item, "Name"), *group = deploy_json_text(item, "GroupName");
		bool is_removed = strcmp(deploy_json_text(deploy_json_member(item, "Target"), "Arn"), deploy->arn) == 0 &&
		                  !is_declared(deploy, name, group);
		if (is_removed && !scheduler_find_mark(deploy->aws, deploy->arena, name, group, &is_removed, failure))
			return false;
		if (is_removed && !remove_schedule(deploy, step, name, group, failure))
			return false;
	}
	return true;
}

static bool has_schedules(const struct deploy *deploy)
{
	for (size_t i = 0; i < deploy->steps.count; i++)
		if (deploy->steps.items[i]->kind == &schedule_kind)
			return true;
	return false;
}

static bool run_removal(struct deploy *deploy, struct deploy_step *step, struct aws_failure *failure)
{
	const char *token = "";
	bool is_done = true;
	step->action = DEPLOY_UNCHANGED;
	do {
		const struct aws_request request = scheduler_list_request(deploy->arena, token);
		struct cJSON *page = aws_call_json(deploy->aws, &request, failure);
		if (!page && !has_schedules(deploy)) { /* a program without schedules does not need the permission to list them */
			step->detail = arena_printf(deploy->arena, "not checked: %s",
			                            *failure->aws_code ? failure->aws_code : "no answer");
			return true;
		}
		is_done = page && remove_undeclared(deploy, step, page, failure);
		const char *next = deploy_json_text(page, "NextToken");
		token = arena_copy(deploy->arena, next, strlen(next));
		cJSON_Delete(page);
	} while (is_done && *token);
	return is_done;
}

static void list_removal_requests(struct deploy *deploy, const struct deploy_step *step)
{
	const struct aws_request list = scheduler_list_request(deploy->arena, "");
	struct aws_request request = scheduler_request(deploy->arena, "GET", "NAME", "GROUP");
	(void)step;
	deploy_note_request(deploy, "", &list, "");
	deploy_note_request(deploy, "for each schedule that starts the pipeline and is not declared", &request, "");
	request = scheduler_request(deploy->arena, "DELETE", "NAME", "GROUP");
	deploy_note_request(deploy, "if sagepipec deployed it", &request, "");
}

static const struct deploy_kind removal_kind = {"other schedules", run_removal, list_removal_requests};

void deploy_add_schedules(struct deploy *deploy)
{
	for (size_t i = 0; i < deploy->program->schedules.count; i++) {
		const struct schedule *schedule = deploy->program->schedules.items[i];
		if (!schedule->is_absent)
			deploy_add_step(deploy, &schedule_kind, schedule->name->text, "", schedule);
	}
	deploy_add_step(deploy, &removal_kind, "of the pipeline", "", NULL);
}

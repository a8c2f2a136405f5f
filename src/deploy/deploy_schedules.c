#include "deploy/deploy_parts.h"

#include "emit/emit_schedule.h"

#include <cjson/cJSON.h>

/* The end of the description of each schedule that is deployed: those with it that start this pipeline and are no longer
 * declared are removed; what others have made stays. Schedules have no tags. */
static const char MARK[] = "(sagepipec)";
enum { DESCRIPTION_MAX = 512 };

static const char NAME[] = "of the pipeline";

/* --- requests --- */

/* The schedule with the mark at the end of its description, if there is room. */
static const struct schedule *marked(struct deploy *deploy, const struct schedule *schedule)
{
	struct schedule *copy = arena_new(deploy->arena, struct schedule);
	struct value *fields = arena_new(deploy->arena, struct value);
	struct value *description = arena_new(deploy->arena, struct value);
	const struct field *written = value_field_named(schedule->fields, "Description");
	const char *text = written ? written->value->word->text : "";
	const char *whole = arena_printf(deploy->arena, "%s%s%s", text, *text ? " " : "", MARK);
	struct names *names = &deploy->program->world->names;
	if (strlen(whole) > DESCRIPTION_MAX)
		return schedule;
	*copy = *schedule;
	*fields = *schedule->fields;
	*description = (struct value){.kind = VALUE_STRING, .word = names_word(names, whole)};
	struct field *list = arena_array(deploy->arena, struct field, fields->count + 1);
	fields->count = 0;
	for (uint32_t i = 0; i < schedule->fields->count; i++)
		if (&schedule->fields->fields[i] != written)
			list[fields->count++] = schedule->fields->fields[i];
	list[fields->count++] = (struct field){names_word(names, "Description"), description, NULL};
	fields->fields = list;
	copy->fields = fields;
	return copy;
}

static const char *body_of(struct deploy *deploy, const struct schedule *schedule, const char *arn, bool has_token)
{
	struct text body = {0}, whole = {0};
	char token[AWS_TOKEN_ROOM];
	emit_schedule(&body, marked(deploy, schedule), arn);
	if (has_token) {
		aws_token(deploy->aws, token);
		text_printf(&whole, "{\"ClientToken\": \"%s\", %s", token, body.bytes + 1);
	}
	const struct text *chosen = has_token ? &whole : &body;
	const char *copy = arena_copy(deploy->arena, chosen->bytes, chosen->length);
	text_free(&body);
	text_free(&whole);
	return copy;
}

static struct aws_request request_to(struct deploy *deploy, const char *method, const char *name, const char *group,
                                     const char *body)
{
	struct text query = {0};
	struct aws_request request = {.service = AWS_SCHEDULER, .method = method, .acts_once = body,
	                              .path = arena_printf(deploy->arena, "/schedules/%s", name),
	                              .body = deploy_json_body(body)};
	if (!body && *group) {
		text_puts(&query, "groupName=");
		aws_add_query(&query, group);
		request.query = arena_copy(deploy->arena, query.bytes, query.length);
	}
	text_free(&query);
	return request;
}

static const char *group_of(const struct schedule *schedule)
{
	const struct field *group = value_field_named(schedule->fields, "GroupName");
	return group ? group->value->word->text : "default";
}

/* --- one schedule --- */

/* What the service tells of a schedule that did not say it (EventBridge Scheduler API Reference); NULL: it is no matter. */
static const struct {
	const char *name, *value;
} defaults[] = {
	{"Arn", NULL}, {"Name", NULL}, {"GroupName", NULL}, {"CreationDate", NULL}, {"LastModificationDate", NULL},
	{"State", "\"ENABLED\""}, {"ScheduleExpressionTimezone", "\"UTC\""}, {"ActionAfterCompletion", "\"NONE\""},
	{"RetryPolicy", "{\"MaximumEventAgeInSeconds\":86400,\"MaximumRetryAttempts\":185}"},
};

static bool is_default(const struct cJSON *told)
{
	for (size_t i = 0; i < sizeof defaults / sizeof *defaults; i++) {
		if (strcmp(told->string, defaults[i].name) != 0)
			continue;
		struct cJSON *value = defaults[i].value ? cJSON_Parse(defaults[i].value) : NULL;
		bool is = !value || deploy_equal(told, value);
		cJSON_Delete(value);
		return is;
	}
	return false;
}

/* An update replaces a schedule as a whole, so that what is told and not declared is a difference, too. */
static bool has_only(const struct cJSON *told, const struct cJSON *declared)
{
	for (const struct cJSON *member = told ? told->child : NULL; member; member = member->next)
		if (!deploy_member(declared, member->string) && !cJSON_IsNull(member) && !is_default(member))
			return false;
	return true;
}

static bool is_as_declared(const struct cJSON *told, const char *body)
{
	struct cJSON *declared = cJSON_Parse(body);
	bool is = deploy_covers(told, declared) && has_only(told, declared) &&
	          has_only(deploy_member(told, "Target"), deploy_member(declared, "Target"));
	cJSON_Delete(declared);
	return is;
}

/* One look, and what follows from it. */
static bool look_and_act(struct deploy *deploy, struct deploy_step *step, struct aws_failure *failure)
{
	const struct schedule *schedule = step->subject;
	struct aws_request request = request_to(deploy, "GET", step->name, group_of(schedule), NULL);
	struct cJSON *told = deploy_ask(deploy, &request, failure);
	if (!told && !deploy_is_not_found(failure))
		return false;
	const char *body = body_of(deploy, schedule, deploy->arn, !told);
	bool is_right = told && is_as_declared(told, body);
	request = request_to(deploy, told ? "PUT" : "POST", step->name, "", body);
	if (step->action == DEPLOY_WAITING)
		step->action = is_right ? DEPLOY_UNCHANGED : told ? DEPLOY_UPDATED : DEPLOY_CREATED;
	cJSON_Delete(told);
	struct cJSON *reply = is_right ? NULL : deploy_ask(deploy, &request, failure);
	is_right |= reply != NULL;
	cJSON_Delete(reply);
	return is_right;
}

static bool run_schedule(struct deploy *deploy, struct deploy_step *step, struct aws_failure *failure)
{
	for (unsigned looks = 0; looks < DEPLOY_LOOKS_MAX; looks++) {
		*failure = (struct aws_failure){0};
		if (look_and_act(deploy, step, failure))
			return true;
		if (!deploy_must_look_again(failure))
			return false;
	}
	return false;
}

static void foresee_schedule(struct deploy *deploy, const struct deploy_step *step)
{
	const struct schedule *schedule = step->subject;
	const char *body = body_of(deploy, schedule, "ARN", false);
	struct aws_request request = request_to(deploy, "GET", step->name, group_of(schedule), NULL);
	deploy_note(deploy, "", &request, "");
	request = request_to(deploy, "POST", step->name, "", body);
	deploy_note(deploy, "if it is not there", &request, body);
	request = request_to(deploy, "PUT", step->name, "", body);
	deploy_note(deploy, "if it is another one", &request, body);
}

static const struct deploy_kind schedule_kind = {"schedule", run_schedule, foresee_schedule};

/* --- those that are gone from the program --- */

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

bool deploy_has_mark(const char *description)
{
	size_t length = strlen(description), mark = strlen(MARK);
	return length >= mark && strcmp(description + length - mark, MARK) == 0;
}

/* Whether a schedule has the mark; one that is gone by now has not. */
static bool is_marked(struct deploy *deploy, const char *name, const char *group, bool *is,
                      struct aws_failure *failure)
{
	struct aws_request request = request_to(deploy, "GET", name, group, NULL);
	struct cJSON *told = deploy_ask(deploy, &request, failure);
	*is = deploy_has_mark(deploy_text(told, "Description"));
	bool is_known = told || deploy_is_not_found(failure);
	cJSON_Delete(told);
	return is_known;
}

static bool remove_one(struct deploy *deploy, struct deploy_step *step, const char *name, const char *group,
                       struct aws_failure *failure)
{
	struct aws_request request = request_to(deploy, "DELETE", name, group, NULL);
	struct cJSON *reply = deploy_ask(deploy, &request, failure);
	bool is_gone = reply || deploy_is_not_found(failure);
	cJSON_Delete(reply);
	step->action = DEPLOY_REMOVED;
	step->detail = arena_printf(deploy->arena, "%s%s%s", step->detail, *step->detail ? ", " : "", name);
	return is_gone;
}

static bool remove_of_page(struct deploy *deploy, struct deploy_step *step, const struct cJSON *page,
                           struct aws_failure *failure)
{
	const struct cJSON *list = deploy_member(page, "Schedules");
	for (const struct cJSON *item = list ? list->child : NULL; item; item = item->next) {
		const char *name = deploy_text(item, "Name"), *group = deploy_text(item, "GroupName");
		bool is = strcmp(deploy_text(deploy_member(item, "Target"), "Arn"), deploy->arn) == 0 &&
		          !is_declared(deploy, name, group);
		if (is && !is_marked(deploy, name, group, &is, failure))
			return false;
		if (is && !remove_one(deploy, step, name, group, failure))
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
		struct text query = {0};
		text_puts(&query, "MaxResults=100");
		if (*token) {
			text_puts(&query, "&NextToken=");
			aws_add_query(&query, token);
		}
		const struct aws_request request = {.service = AWS_SCHEDULER, .method = "GET", .path = "/schedules",
		                                    .query = query.bytes};
		struct cJSON *page = deploy_ask(deploy, &request, failure);
		text_free(&query);
		if (!page && !has_schedules(deploy)) { /* who has none needs no permission to look for them */
			step->detail = arena_printf(deploy->arena, "not looked for: %s",
			                            *failure->aws_code ? failure->aws_code : "no answer");
			return true;
		}
		is_done = page && remove_of_page(deploy, step, page, failure);
		const char *next = deploy_text(page, "NextToken");
		token = arena_copy(deploy->arena, next, strlen(next));
		cJSON_Delete(page);
	} while (is_done && *token);
	return is_done;
}

static void foresee_removal(struct deploy *deploy, const struct deploy_step *step)
{
	const struct aws_request list = {.service = AWS_SCHEDULER, .method = "GET", .path = "/schedules",
	                                 .query = "MaxResults=100"};
	struct aws_request request = request_to(deploy, "GET", "NAME", "GROUP", NULL);
	(void)step;
	deploy_note(deploy, "", &list, "");
	deploy_note(deploy, "for each that starts the pipeline and is not declared", &request, "");
	request = request_to(deploy, "DELETE", "NAME", "GROUP", NULL);
	deploy_note(deploy, "if it was deployed from here", &request, "");
}

static const struct deploy_kind removal_kind = {"other schedules", run_removal, foresee_removal};

void deploy_add_schedules(struct deploy *deploy)
{
	for (size_t i = 0; i < deploy->program->schedules.count; i++) {
		const struct schedule *schedule = deploy->program->schedules.items[i];
		if (!schedule->is_absent)
			deploy_add_step(deploy, &schedule_kind, schedule->name->text, "", schedule);
	}
	deploy_add_step(deploy, &removal_kind, NAME, "", NULL);
}

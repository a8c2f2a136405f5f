/* The steps that deploy Lambda functions. */
#include "deploy/deploy_json.h"
#include "deploy/deploy_parts.h"
#include "emit/emit_value.h"

#include <cjson/cJSON.h>

/* The members of a declared function that are not part of UpdateFunctionConfiguration's body (Lambda API reference).
 * UpdateFunctionCode changes Code and Architectures. The others, except the name, can only be set by CreateFunction. */
static const char *const not_of_configuration[] = {"FunctionName", "Code", "Architectures", "Tags",
                                                   "CodeSigningConfigArn", "TenancyConfig"};

static const char FUNCTIONS[] = "/2015-03-31/functions";
enum { POLL_MS = 1000, WAIT_MAX_MS = 600000 };

static bool is_of_configuration(const char *name)
{
	for (size_t i = 0; i < sizeof not_of_configuration / sizeof *not_of_configuration; i++)
		if (strcmp(name, not_of_configuration[i]) == 0)
			return false;
	return true;
}

/* --- bodies --- */

static void write_code(struct emit_writer *writer, const struct deploy_place *code)
{
	emit_key(writer, "S3Bucket");
	emit_string(writer, code->bucket);
	emit_key(writer, "S3Key");
	emit_string(writer, code->key);
}

enum body { BODY_CREATE, BODY_CODE, BODY_CONFIGURATION };

static const char *body_of(struct deploy *deploy, const struct value *function, enum body which)
{
	struct text out = {0};
	struct emit_writer writer = {.out = &out, .is_compact = true};
	const struct deploy_place code = deploy_place_of(deploy->arena, deploy_declared_text(function, "Code"));
	emit_open(&writer, '{');
	for (uint32_t i = 0; i < function->count; i++) {
		const char *name = function->fields[i].name->text;
		bool is_code = strcmp(name, "Code") == 0;
		if (is_code && which == BODY_CREATE) {
			emit_key(&writer, name);
			emit_open(&writer, '{');
			write_code(&writer, &code);
			emit_close(&writer, '}');
		} else if (is_code && which == BODY_CODE) {
			write_code(&writer, &code);
		} else if (which == BODY_CREATE || (which == BODY_CODE && strcmp(name, "Architectures") == 0) ||
		           (which == BODY_CONFIGURATION && is_of_configuration(name))) {
			emit_key(&writer, name);
			emit_value(&writer, function->fields[i].value);
		}
	}
	emit_close(&writer, '}');
	return deploy_keep_text(deploy, &out);
}

/* A request about a function, whose path ends in `suffix`; about all functions if that is NULL. */
static struct aws_request request_to(struct deploy *deploy, const char *method, const struct value *function,
                                     const char *suffix, const char *body)
{
	const char *name = deploy_declared_text(function, "FunctionName");
	const char *path = suffix ? arena_printf(deploy->arena, "%s/%s%s", FUNCTIONS, name, suffix) : FUNCTIONS;
	return (struct aws_request){.service = AWS_LAMBDA, .method = method, .path = path,
	                            .acts_once = strcmp(method, "GET") != 0, .body = deploy_json_body(body)};
}

static struct cJSON *call(struct deploy *deploy, struct aws_request request, struct aws_failure *failure)
{
	return aws_call_json(deploy->aws, &request, failure);
}

/* --- waiting --- */

/* Whether a state is "Failed"; if so, fills the failure. */
static bool is_failed(struct deploy *deploy, const struct value *function, const char *state, const char *reason,
                      struct aws_failure *failure)
{
	if (strcmp(state, "Failed") != 0)
		return false;
	aws_fail(deploy->aws, failure, SP6034, "correct its declaration, and run the same command again",
	         "the function `%s` failed: %s", deploy_declared_text(function, "FunctionName"),
	         *reason ? reason : "Lambda gives no reason");
	return true;
}

/* Waits until Lambda has finished creating or changing a function: only then can it be changed again, or invoked. */
static bool wait_until_ready(struct deploy *deploy, const struct value *function, struct aws_failure *failure)
{
	const struct aws_clock *clock = deploy->options->clock;
	for (int64_t waited = 0;; waited += POLL_MS) {
		struct cJSON *actual = call(deploy, request_to(deploy, "GET", function, "/configuration", NULL), failure);
		if (!actual)
			return false;
		const char *state = deploy_json_text(actual, "State"), *update = deploy_json_text(actual, "LastUpdateStatus");
		bool is_busy = strcmp(state, "Pending") == 0 || strcmp(update, "InProgress") == 0;
		bool is_bad = is_failed(deploy, function, state, deploy_json_text(actual, "StateReason"), failure) ||
		              is_failed(deploy, function, update, deploy_json_text(actual, "LastUpdateStatusReason"), failure);
		cJSON_Delete(actual);
		if (is_bad || !is_busy)
			return !is_bad;
		if (waited >= WAIT_MAX_MS) {
			aws_fail(deploy->aws, failure, SP6034, "run the same command again later",
			         "the function `%s` is not ready after %d minutes", deploy_declared_text(function, "FunctionName"),
			         WAIT_MAX_MS / 60000);
			return false;
		}
		clock->sleep(clock->context, POLL_MS);
	}
}

/* --- comparing --- */

/* Whether the function has the declared code and architecture. Lambda reports the SHA-256 of its zip file. S3 reports that of
 * the object if it was uploaded with one. */
static bool has_code(struct deploy *deploy, const struct value *function, const struct cJSON *actual)
{
	const struct deploy_place code = deploy_place_of(deploy->arena, deploy_declared_text(function, "Code"));
	const char *stored = deploy_stored_checksum(deploy, &code);
	const struct field *field = value_field_named(function, "Architectures");
	const struct cJSON *first = cJSON_GetArrayItem(deploy_json_member(actual, "Architectures"), 0);
	const char *deployed = first && cJSON_IsString(first) ? first->valuestring : "x86_64";
	const struct value *declared = field && field->value->count ? field->value->items[0] : NULL;
	if (declared && strcmp(declared->word->text, deployed) != 0)
		return false;
	return stored && strcmp(stored, deploy_json_text(actual, "CodeSha256")) == 0;
}

/* The names of the members that differ from the declared ones, in the arena; "" if there are none. */
static const char *find_changes(struct deploy *deploy, const char *configuration, const struct cJSON *actual)
{
	struct cJSON *declared = cJSON_Parse(configuration);
	struct text names = {0};
	for (const struct cJSON *member = declared ? declared->child : NULL; member; member = member->next)
		if (!deploy_json_covers(deploy_json_member(actual, member->string), member))
			text_printf(&names, "%s%s", names.length ? ", " : "", member->string);
	cJSON_Delete(declared);
	return deploy_keep_text(deploy, &names);
}

/* --- changing --- */

static bool send(struct deploy *deploy, const char *method, const struct value *function, const char *suffix,
                 enum body body, struct aws_failure *failure)
{
	struct cJSON *reply = call(deploy, request_to(deploy, method, function, suffix, body_of(deploy, function, body)),
	                           failure);
	cJSON_Delete(reply);
	return reply && wait_until_ready(deploy, function, failure);
}

static bool update(struct deploy *deploy, struct deploy_step *step, const struct cJSON *described,
                   struct aws_failure *failure)
{
	const struct value *function = step->subject;
	const struct cJSON *actual = deploy_json_member(described, "Configuration");
	const char *changes = find_changes(deploy, body_of(deploy, function, BODY_CONFIGURATION), actual);
	bool is_code_new = !has_code(deploy, function, actual);
	if (step->action == DEPLOY_WAITING)
		step->action = is_code_new || *changes ? DEPLOY_UPDATED : DEPLOY_UNCHANGED;
	if (step->action == DEPLOY_UPDATED && !*step->detail)
		step->detail = !is_code_new ? changes : *changes ? arena_printf(deploy->arena, "Code, %s", changes) : "Code";
	/* a change by an interrupted run may still be in progress */
	return wait_until_ready(deploy, function, failure) &&
	       (!is_code_new || send(deploy, "PUT", function, "/code", BODY_CODE, failure)) &&
	       (!*changes || send(deploy, "PUT", function, "/configuration", BODY_CONFIGURATION, failure));
}

static bool create(struct deploy *deploy, struct deploy_step *step, struct aws_failure *failure)
{
	step->action = DEPLOY_CREATED;
	return send(deploy, "POST", step->subject, NULL, BODY_CREATE, failure);
}

static bool run_function(struct deploy *deploy, struct deploy_step *step, struct aws_failure *failure)
{
	for (unsigned looks = 0; looks < DEPLOY_LOOKS_MAX; looks++) {
		struct cJSON *described = call(deploy, request_to(deploy, "GET", step->subject, "", NULL), failure);
		if (!described && !aws_is_not_found(failure))
			return false;
		bool is_right = described ? update(deploy, step, described, failure) : create(deploy, step, failure);
		cJSON_Delete(described);
		if (is_right)
			return true;
		if (!deploy_must_look_again(failure))
			return false;
	}
	return false;
}

static void list_function_requests(struct deploy *deploy, const struct deploy_step *step)
{
	const struct value *function = step->subject;
	const struct deploy_place code = deploy_place_of(deploy->arena, deploy_declared_text(function, "Code"));
	struct aws_request request = request_to(deploy, "GET", function, "", NULL);
	const char *body = body_of(deploy, function, BODY_CREATE);
	deploy_note_request(deploy, "", &request, "");
	request = request_to(deploy, "POST", function, NULL, body);
	deploy_note_request(deploy, "if it does not exist", &request, body);
	deploy_note_request(deploy, "if it exists", deploy_object_request(deploy, "HEAD", &code), "");
	body = body_of(deploy, function, BODY_CODE);
	request = request_to(deploy, "PUT", function, "/code", body);
	deploy_note_request(deploy, "if its code differs", &request, body);
	body = body_of(deploy, function, BODY_CONFIGURATION);
	request = request_to(deploy, "PUT", function, "/configuration", body);
	deploy_note_request(deploy, "if its settings differ", &request, body);
	request = request_to(deploy, "GET", function, "/configuration", NULL);
	deploy_note_request(deploy, "until it is ready", &request, "");
}

static const struct deploy_kind function_kind = {"function", run_function, list_function_requests};

void deploy_add_functions(struct deploy *deploy)
{
	const struct program *program = deploy->program;
	for (size_t i = 0; i < program->functions.count; i++) {
		const struct value *function = program->functions.items[i].fields;
		deploy_add_step(deploy, &function_kind, deploy_declared_text(function, "FunctionName"),
		                deploy_declared_text(function, "Code"), function);
	}
}

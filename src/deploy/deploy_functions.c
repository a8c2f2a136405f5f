#include "deploy/deploy_parts.h"

#include "emit/emit_value.h"

#include <cjson/cJSON.h>

/* What a request of Lambda's is made of: FunctionName, and the members that UpdateFunctionConfiguration does not take
 * (Lambda API reference). Code and Architectures go by UpdateFunctionCode; the rest is given when a function is made. */
static const char *const not_of_configuration[] = {"FunctionName", "Code", "Architectures", "Tags",
                                                   "CodeSigningConfigArn", "TenancyConfig"};

static const char FUNCTIONS[] = "/2015-03-31/functions";
enum { WAIT_STEP = 1000, WAIT_MOST = 600000 }; /* milliseconds */

static const char *text_of(const struct value *function, const char *name)
{
	const struct field *field = value_field_named(function, name);
	return field ? field->value->word->text : "";
}

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
	const struct deploy_place code = deploy_place_of(deploy->arena, text_of(function, "Code"));
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
	const char *body = arena_copy(deploy->arena, out.bytes, out.length);
	text_free(&out);
	return body;
}

static struct aws_request request_to(struct deploy *deploy, const char *method, const struct value *function,
                                     const char *what, const char *body)
{
	const char *name = text_of(function, "FunctionName");
	const char *path = what ? arena_printf(deploy->arena, "%s/%s%s", FUNCTIONS, name, what) : FUNCTIONS;
	return (struct aws_request){.service = AWS_LAMBDA, .method = method, .path = path,
	                            .acts_once = strcmp(method, "GET") != 0, .body = deploy_json_body(body)};
}

static struct cJSON *ask(struct deploy *deploy, struct aws_request request, struct aws_failure *failure)
{
	return deploy_ask(deploy, &request, failure);
}

/* --- waiting --- */

static bool is_failed(struct deploy *deploy, const struct value *function, const char *state, const char *reason,
                      struct aws_failure *failure)
{
	if (strcmp(state, "Failed") != 0)
		return false;
	aws_fail(deploy->aws, failure, SP6034, "correct what it declares, and run the same command again",
	         "the function `%s` failed: %s", text_of(function, "FunctionName"),
	         *reason ? reason : "Lambda gives no reason");
	return true;
}

/* Until Lambda has made or changed a function, which the next change and the first call must wait for. */
static bool wait_for(struct deploy *deploy, const struct value *function, struct aws_failure *failure)
{
	const struct aws_clock *clock = deploy->options->clock;
	for (int64_t waited = 0;; waited += WAIT_STEP) {
		struct cJSON *told = ask(deploy, request_to(deploy, "GET", function, "/configuration", NULL), failure);
		if (!told)
			return false;
		const char *state = deploy_text(told, "State"), *update = deploy_text(told, "LastUpdateStatus");
		bool is_busy = strcmp(state, "Pending") == 0 || strcmp(update, "InProgress") == 0;
		bool is_bad = is_failed(deploy, function, state, deploy_text(told, "StateReason"), failure) ||
		              is_failed(deploy, function, update, deploy_text(told, "LastUpdateStatusReason"), failure);
		cJSON_Delete(told);
		if (is_bad || !is_busy)
			return !is_bad;
		if (waited >= WAIT_MOST) {
			aws_fail(deploy->aws, failure, SP6034, "run the same command again later",
			         "the function `%s` is not ready after %d minutes", text_of(function, "FunctionName"),
			         WAIT_MOST / 60000);
			return false;
		}
		clock->sleep(clock->context, WAIT_STEP);
	}
}

/* --- what is there --- */

/* Whether the function runs the declared code. Lambda tells the SHA-256 of its zip, S3 that of the object if it was sent
 * with it. */
static bool has_code(struct deploy *deploy, const struct value *function, const struct cJSON *told)
{
	const struct deploy_place code = deploy_place_of(deploy->arena, text_of(function, "Code"));
	const char *stored = deploy_stored_checksum(deploy, &code);
	const struct field *field = value_field_named(function, "Architectures");
	const struct cJSON *first = cJSON_GetArrayItem(deploy_member(told, "Architectures"), 0);
	const char *deployed = first && cJSON_IsString(first) ? first->valuestring : "x86_64";
	const struct value *declared = field && field->value->count ? field->value->items[0] : NULL;
	if (declared && strcmp(declared->word->text, deployed) != 0)
		return false;
	return stored && strcmp(stored, deploy_text(told, "CodeSha256")) == 0;
}

/* The names of the members in which the function is not as declared, in the arena; "" for none. */
static const char *find_changes(struct deploy *deploy, const char *configuration, const struct cJSON *told)
{
	struct cJSON *declared = cJSON_Parse(configuration);
	struct text names = {0};
	for (const struct cJSON *member = declared ? declared->child : NULL; member; member = member->next)
		if (!deploy_covers(deploy_member(told, member->string), member))
			text_printf(&names, "%s%s", names.length ? ", " : "", member->string);
	cJSON_Delete(declared);
	const char *result = arena_copy(deploy->arena, text_string(&names), names.length);
	text_free(&names);
	return result;
}

static bool send(struct deploy *deploy, const char *method, const struct value *function, const char *what,
                 enum body body, struct aws_failure *failure)
{
	struct cJSON *reply = ask(deploy, request_to(deploy, method, function, what, body_of(deploy, function, body)),
	                          failure);
	cJSON_Delete(reply);
	return reply && wait_for(deploy, function, failure);
}

static bool update(struct deploy *deploy, struct deploy_step *step, const struct cJSON *described,
                   struct aws_failure *failure)
{
	const struct value *function = step->subject;
	const struct cJSON *told = deploy_member(described, "Configuration");
	const char *changes = find_changes(deploy, body_of(deploy, function, BODY_CONFIGURATION), told);
	bool is_code_new = !has_code(deploy, function, told);
	if (step->action == DEPLOY_WAITING)
		step->action = is_code_new || *changes ? DEPLOY_UPDATED : DEPLOY_UNCHANGED;
	if (step->action == DEPLOY_UPDATED && !*step->detail)
		step->detail = !is_code_new ? changes : *changes ? arena_printf(deploy->arena, "Code, %s", changes) : "Code";
	/* what an interrupted run began may still be going on */
	return wait_for(deploy, function, failure) &&
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
		struct cJSON *described = ask(deploy, request_to(deploy, "GET", step->subject, "", NULL), failure);
		if (!described && !deploy_is_not_found(failure))
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

static void foresee_function(struct deploy *deploy, const struct deploy_step *step)
{
	const struct value *function = step->subject;
	const struct deploy_place code = deploy_place_of(deploy->arena, text_of(function, "Code"));
	struct aws_request request = request_to(deploy, "GET", function, "", NULL);
	const char *body = body_of(deploy, function, BODY_CREATE);
	deploy_note(deploy, "", &request, "");
	request = request_to(deploy, "POST", function, NULL, body);
	deploy_note(deploy, "if it is not there", &request, body);
	deploy_note(deploy, "if it is there", deploy_object_request(deploy, "HEAD", &code), "");
	body = body_of(deploy, function, BODY_CODE);
	request = request_to(deploy, "PUT", function, "/code", body);
	deploy_note(deploy, "if its code is another", &request, body);
	body = body_of(deploy, function, BODY_CONFIGURATION);
	request = request_to(deploy, "PUT", function, "/configuration", body);
	deploy_note(deploy, "if its settings are others", &request, body);
	request = request_to(deploy, "GET", function, "/configuration", NULL);
	deploy_note(deploy, "until it is ready", &request, "");
}

static const struct deploy_kind function_kind = {"function", run_function, foresee_function};

void deploy_add_functions(struct deploy *deploy)
{
	const struct program *program = deploy->program;
	for (size_t i = 0; i < program->functions.count; i++) {
		const struct value *function = program->functions.items[i].fields;
		deploy_add_step(deploy, &function_kind, text_of(function, "FunctionName"), text_of(function, "Code"),
		                function);
	}
}

/* The step that deploys the pipeline itself. */
#include "base/json.h"
#include "deploy/deploy_json.h"
#include "deploy/deploy_parts.h"
#include "emit/emit.h"

#include <cjson/cJSON.h>
#include <inttypes.h>
#include <strings.h>

/* --- the deployed pipeline --- */

/* Begins the body of a request about the pipeline. */
static void put_name(struct text *body, const struct deploy *deploy)
{
	text_puts(body, "{\"PipelineName\": ");
	json_add_string(body, deploy->program->pipeline.name->text, deploy->program->pipeline.name->length);
}

static const char *describe_body(struct deploy *deploy)
{
	struct text body = {0};
	put_name(&body, deploy);
	text_puts(&body, "}");
	return deploy_keep_text(deploy, &body);
}

/* Sets `*described` to the reply of DescribePipeline, or to NULL if there is no such pipeline. False after a failure. */
static bool describe(struct deploy *deploy, struct cJSON **described, struct aws_failure *failure)
{
	*described = aws_sagemaker(deploy->aws, "DescribePipeline", describe_body(deploy), failure);
	return *described || aws_is_not_found(failure);
}

static const char *versions_body(struct deploy *deploy)
{
	struct text body = {0};
	put_name(&body, deploy);
	text_puts(&body, ", \"SortOrder\": \"Descending\", \"MaxResults\": 1}");
	return deploy_keep_text(deploy, &body);
}

static int64_t version_in(const struct cJSON *object)
{
	return deploy_json_number(object, "PipelineVersionId");
}

/* The latest version; 0 after a failure. */
static int64_t find_version(struct deploy *deploy, struct aws_failure *failure)
{
	struct cJSON *reply = aws_sagemaker(deploy->aws, "ListPipelineVersions", versions_body(deploy), failure);
	int64_t version = version_in(cJSON_GetArrayItem(deploy_json_member(reply, "PipelineVersionSummaries"), 0));
	if (reply && !version)
		aws_fail(deploy->aws, failure, SP6010, NULL, "AWS lists no version of the pipeline");
	cJSON_Delete(reply);
	return version;
}

/* --- definitions as values --- */

static void digest_definition(const struct cJSON *definition, char digest[DIGEST_ROOM])
{
	struct text canonical = {0};
	deploy_json_put_canonical(&canonical, definition);
	digest_bytes(canonical.bytes, canonical.length, digest);
	text_free(&canonical);
}

/* The digest of the deployed definition; "" if that is not JSON. */
static void digest_deployed(const struct cJSON *described, char digest[DIGEST_ROOM])
{
	struct cJSON *definition = cJSON_Parse(deploy_json_text(described, "PipelineDefinition"));
	*digest = '\0';
	if (definition)
		digest_definition(definition, digest);
	cJSON_Delete(definition);
}

static void digest_program(struct deploy *deploy)
{
	struct text text = {0};
	emit_compact_definition(&text, deploy->program);
	struct cJSON *definition = cJSON_Parse(text.bytes);
	digest_definition(definition, deploy->digest);
	cJSON_Delete(definition);
	text_free(&text);
}

/* --- --expect-version and --expect-digest --- */

/* Sets the failure: the deployed pipeline is not the expected one. Returns false. */
static bool refuse_unexpected(struct deploy *deploy, struct aws_failure *failure, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

static bool refuse_unexpected(struct deploy *deploy, struct aws_failure *failure, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	const char *message = arena_vprintf(deploy->arena, format, args);
	va_end(args);
	aws_fail(deploy->aws, failure, SP6032,
	         "check what is deployed, for example with --diff, and then state what you expect now", "%s", message);
	return false;
}

static bool is_expected(struct deploy *deploy, const struct cJSON *described, struct aws_failure *failure)
{
	const struct deploy_options *options = deploy->options;
	char digest[DIGEST_ROOM];
	if (!options->expect_version && !options->expect_digest)
		return true;
	if (!described)
		return refuse_unexpected(deploy, failure, "a deployed pipeline was expected, but there is none");
	digest_deployed(described, digest);
	if (options->expect_digest && strcasecmp(options->expect_digest, digest) != 0)
		return refuse_unexpected(deploy, failure,
		                         "the deployed definition is not the expected one: its digest is %s", digest);
	int64_t version = options->expect_version ? find_version(deploy, failure) : 0;
	if (options->expect_version && !version)
		return false;
	if (version != options->expect_version)
		return refuse_unexpected(deploy, failure,
		                         "version %" PRId64 " of the pipeline was expected, but version %" PRId64 " is deployed",
		                         options->expect_version, version);
	return true;
}

bool deploy_is_expected(struct deploy *deploy, struct aws_failure *failure)
{
	struct cJSON *described;
	if (!deploy->options->expect_version && !deploy->options->expect_digest)
		return true;
	if (!describe(deploy, &described, failure))
		return false;
	bool is_right = is_expected(deploy, described, failure);
	cJSON_Delete(described);
	return is_right;
}

void deploy_list_expected_requests(struct deploy *deploy)
{
	deploy_note_sagemaker(deploy, "", "DescribePipeline", describe_body(deploy));
	if (deploy->options->expect_version)
		deploy_note_sagemaker(deploy, "", "ListPipelineVersions", versions_body(deploy));
}

/* --- create and update --- */

static const char *body_of(struct deploy *deploy, const struct emit_call *call)
{
	struct text body = {0};
	struct emit_call whole = *call;
	const struct deploy_place place = deploy_definition_place(deploy);
	whole.is_compact = true;
	whole.bucket = place.bucket;
	whole.key = place.key;
	emit_call(&body, deploy->program, &whole);
	return deploy_keep_text(deploy, &body);
}

/* The names of the members of a request that differ from the deployed pipeline, in the arena; "" if there are none. Members
 * that the program does not set stay as deployed, except for the description. */
static const char *find_changes(struct deploy *deploy, const char *body, const struct cJSON *described)
{
	struct cJSON *request = cJSON_Parse(body);
	struct text names = {0};
	char digest[DIGEST_ROOM];
	digest_deployed(described, digest);
	for (const struct cJSON *member = request ? request->child : NULL; member; member = member->next) {
		bool is_definition = strncmp(member->string, "PipelineDefinition", strlen("PipelineDefinition")) == 0;
		const char *name = is_definition ? "PipelineDefinition" : member->string;
		const struct cJSON *actual = deploy_json_member(described, name);
		if (is_definition ? strcmp(digest, deploy->digest) != 0 : !deploy_json_covers(actual, member))
			text_printf(&names, "%s%s", names.length ? ", " : "", name);
	}
	cJSON_Delete(request);
	return deploy_keep_text(deploy, &names);
}

/* Takes ARN and version from a reply and deletes it; false if it is NULL. */
static bool take_reply(struct deploy *deploy, struct cJSON *reply)
{
	const char *arn = deploy_json_text(reply, "PipelineArn");
	bool has_reply = reply;
	if (*arn)
		deploy->arn = arena_copy(deploy->arena, arn, strlen(arn));
	deploy->version = version_in(reply);
	cJSON_Delete(reply);
	return has_reply;
}

static bool create(struct deploy *deploy, struct deploy_step *step, const char *token, struct aws_failure *failure)
{
	const struct emit_call call = {.token = token};
	const char *body = body_of(deploy, &call);
	step->action = DEPLOY_CREATED;
	deploy->is_created = take_reply(deploy, aws_sagemaker(deploy->aws, "CreatePipeline", body, failure));
	return deploy->is_created;
}

/* Updates the pipeline if it differs. Deletes `described`. */
static bool update(struct deploy *deploy, struct deploy_step *step, struct cJSON *described,
                   struct aws_failure *failure)
{
	const bool has_description = *deploy_json_text(described, "PipelineDescription");
	const struct emit_call call = {.is_update = true, .clears_description = has_description};
	const char *body = body_of(deploy, &call), *changes = find_changes(deploy, body, described);
	if (!*changes) {
		if (step->action == DEPLOY_WAITING)
			step->action = DEPLOY_UNCHANGED;
		return take_reply(deploy, described);
	}
	cJSON_Delete(described);
	if (step->action == DEPLOY_CREATED)
		return false; /* this run tried to create the pipeline, but somebody else created this one */
	step->action = DEPLOY_UPDATED;
	step->detail = changes;
	return take_reply(deploy, aws_sagemaker_once(deploy->aws, "UpdatePipeline", body, failure));
}

/* Creates or updates the pipeline. After a lost reply, describes it again, because the state is unknown. Also describes it if
 * the creation fails because the name is taken: an earlier attempt, whose reply was lost, may have created the pipeline. If the
 * described pipeline differs from the program's, returns the failure of the creation. */
static bool ensure_pipeline(struct deploy *deploy, struct deploy_step *step, struct aws_failure *failure)
{
	char token[AWS_TOKEN_ROOM];
	struct aws_failure last_failure = {0};
	aws_make_token(deploy->aws, token);
	for (unsigned looks = 0; looks < DEPLOY_LOOKS_MAX; looks++) {
		struct cJSON *described;
		bool is_first = step->action == DEPLOY_WAITING; /* later, this run itself may have changed the pipeline */
		if (!describe(deploy, &described, failure))
			return false;
		if (is_first && !is_expected(deploy, described, failure)) {
			cJSON_Delete(described);
			return false;
		}
		bool exists = described;
		if (exists ? update(deploy, step, described, failure) : create(deploy, step, token, failure))
			return true;
		bool is_created = step->action == DEPLOY_CREATED;
		if (exists && is_created) {
			*failure = last_failure;
			return false;
		}
		if (!failure->may_have_acted && !(is_created && aws_is_name_taken(failure)))
			return false;
		last_failure = *failure;
	}
	return false;
}

static bool run_pipeline(struct deploy *deploy, struct deploy_step *step, struct aws_failure *failure)
{
	struct aws_failure ignored;
	digest_program(deploy);
	if (!ensure_pipeline(deploy, step, failure))
		return false;
	if (!deploy->arn) {
		aws_fail(deploy->aws, failure, SP6010, NULL, "AWS accepted the pipeline, but the reply has no ARN");
		return false;
	}
	if (!deploy->version)
		deploy->version = find_version(deploy, &ignored);
	step->target = deploy->arn;
	return true;
}

static void list_pipeline_requests(struct deploy *deploy, const struct deploy_step *step)
{
	const struct emit_call new = {.token = "TOKEN"}, other = {.is_update = true};
	(void)step;
	deploy_note_sagemaker(deploy, "", "DescribePipeline", describe_body(deploy));
	deploy_note_sagemaker(deploy, "if it does not exist", "CreatePipeline", body_of(deploy, &new));
	deploy_note_sagemaker(deploy, "if it differs", "UpdatePipeline", body_of(deploy, &other));
	deploy_note_sagemaker(deploy, "if the reply has no version", "ListPipelineVersions",
	                      versions_body(deploy));
}

static const struct deploy_kind pipeline_kind = {"pipeline", run_pipeline, list_pipeline_requests};

void deploy_add_pipeline(struct deploy *deploy)
{
	deploy_add_step(deploy, &pipeline_kind, deploy->program->pipeline.name->text, "", NULL);
	deploy_add_tags(deploy);
}

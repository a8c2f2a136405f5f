#include "deploy/deploy_parts.h"

#include "base/json.h"
#include "emit/emit.h"

#include <cjson/cJSON.h>
#include <inttypes.h>
#include <strings.h>

/* --- what is there --- */

static bool contains(const char *text, const char *words)
{
	size_t length = strlen(words);
	for (; *text; text++)
		if (strncasecmp(text, words, length) == 0)
			return true;
	return false;
}

/* SageMaker says ResourceNotFound, ValidationException with words, or status 404, by the operation. What is meant by it
 * matters little: the request that makes the thing then decides. */
bool deploy_is_not_found(const struct aws_failure *failure)
{
	static const char *const words[] = {"not found", "does not exist", "could not find", "not exist"};
	if (failure->status == 404 || contains(failure->aws_code, "NotFound"))
		return true;
	for (size_t i = 0; failure->status == 400 && i < sizeof words / sizeof *words; i++)
		if (contains(failure->aws_message, words[i]))
			return true;
	return false;
}

/* The arena's copy of what was appended to a text, which is freed. */
static const char *keep(struct deploy *deploy, struct text *text)
{
	const char *copy = arena_copy(deploy->arena, text_string(text), text->length);
	text_free(text);
	return copy;
}

/* { "NAME": the name of the pipeline } */
static const char *body_with_name(struct deploy *deploy, const char *member)
{
	struct text body = {0};
	text_printf(&body, "{\"%s\": ", member);
	json_add_string(&body, deploy->program->pipeline.name->text, deploy->program->pipeline.name->length);
	text_puts(&body, "}");
	return keep(deploy, &body);
}

/* What DescribePipeline says: false after a failure; *described is NULL where there is no such pipeline. */
static bool describe(struct deploy *deploy, struct cJSON **described, struct aws_failure *failure)
{
	*described = aws_sagemaker(deploy->aws, "DescribePipeline", body_with_name(deploy, "PipelineName"), failure);
	return *described || deploy_is_not_found(failure);
}

static const char *versions_body(struct deploy *deploy)
{
	struct text body = {0};
	text_puts(&body, "{\"PipelineName\": ");
	json_add_string(&body, deploy->program->pipeline.name->text, deploy->program->pipeline.name->length);
	text_puts(&body, ", \"SortOrder\": \"Descending\", \"MaxResults\": 1}");
	return keep(deploy, &body);
}

static int64_t version_in(const struct cJSON *object)
{
	const struct cJSON *version = deploy_member(object, "PipelineVersionId");
	return cJSON_IsNumber(version) ? (int64_t)version->valuedouble : 0;
}

/* The latest version; 0 after a failure. */
static int64_t find_version(struct deploy *deploy, struct aws_failure *failure)
{
	struct cJSON *reply = aws_sagemaker(deploy->aws, "ListPipelineVersions", versions_body(deploy), failure);
	int64_t version = version_in(cJSON_GetArrayItem(deploy_member(reply, "PipelineVersionSummaries"), 0));
	if (reply && !version)
		aws_fail(deploy->aws, failure, SP6010, NULL, "AWS lists no version of the pipeline");
	cJSON_Delete(reply);
	return version;
}

/* --- definitions as values --- */

static void digest_definition(const struct cJSON *definition, char digest[DIGEST_ROOM])
{
	struct text canonical = {0};
	deploy_canonical(&canonical, definition);
	digest_bytes(canonical.bytes, canonical.length, digest);
	text_free(&canonical);
}

/* That of the deployed pipeline; "" when it is no JSON. */
static void digest_deployed(const struct cJSON *described, char digest[DIGEST_ROOM])
{
	struct cJSON *definition = cJSON_Parse(deploy_text(described, "PipelineDefinition"));
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

/* --- what is expected to be there --- */

static bool refuse_other(struct deploy *deploy, struct aws_failure *failure, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

static bool refuse_other(struct deploy *deploy, struct aws_failure *failure, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	const char *message = arena_vprintf(deploy->arena, format, args);
	va_end(args);
	aws_fail(deploy->aws, failure, SP6032,
	         "look at what is there, such as with --diff, and then say what you expect now", "%s", message);
	return false;
}

static bool is_expected(struct deploy *deploy, const struct cJSON *described, struct aws_failure *failure)
{
	const struct deploy_options *options = deploy->options;
	char digest[DIGEST_ROOM];
	if (!options->expect_version && !options->expect_digest)
		return true;
	if (!described)
		return refuse_other(deploy, failure, "another pipeline was expected, and there is none");
	digest_deployed(described, digest);
	if (options->expect_digest && strcasecmp(options->expect_digest, digest) != 0)
		return refuse_other(deploy, failure,
		                    "the deployed definition is another one than was expected: its digest is %s", digest);
	int64_t version = options->expect_version ? find_version(deploy, failure) : 0;
	if (options->expect_version && !version)
		return false;
	if (version != options->expect_version)
		return refuse_other(deploy, failure,
		                    "version %" PRId64 " of the pipeline was expected, and version %" PRId64 " is deployed",
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
	bool is = is_expected(deploy, described, failure);
	cJSON_Delete(described);
	return is;
}

void deploy_foresee_expected(struct deploy *deploy)
{
	deploy_note_sagemaker(deploy, "", "DescribePipeline", body_with_name(deploy, "PipelineName"));
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
	return keep(deploy, &body);
}

/* The names of the members of a request in which the deployed pipeline is another one, in the arena; "" for none. What the
 * program does not say stays as it is there, but for a description. */
static const char *find_changes(struct deploy *deploy, const char *body, const struct cJSON *described)
{
	struct cJSON *request = cJSON_Parse(body);
	struct text names = {0};
	char digest[DIGEST_ROOM];
	digest_deployed(described, digest);
	for (const struct cJSON *member = request ? request->child : NULL; member; member = member->next) {
		bool is_definition = strncmp(member->string, "PipelineDefinition", strlen("PipelineDefinition")) == 0;
		const char *name = is_definition ? "PipelineDefinition" : member->string;
		const struct cJSON *told = deploy_member(described, name);
		if (is_definition ? strcmp(digest, deploy->digest) != 0 : !deploy_covers(told, member))
			text_printf(&names, "%s%s", names.length ? ", " : "", name);
	}
	cJSON_Delete(request);
	return keep(deploy, &names);
}

/* Takes ARN and version from a reply, which is deleted; false for no reply. */
static bool take_reply(struct deploy *deploy, struct cJSON *reply)
{
	const char *arn = deploy_text(reply, "PipelineArn");
	bool is_there = reply;
	if (*arn)
		deploy->arn = arena_copy(deploy->arena, arn, strlen(arn));
	deploy->version = version_in(reply);
	cJSON_Delete(reply);
	return is_there;
}

static bool create(struct deploy *deploy, struct deploy_step *step, const char *token, struct aws_failure *failure)
{
	const struct emit_call call = {.token = token};
	const char *body = body_of(deploy, &call);
	step->action = DEPLOY_CREATED;
	deploy->is_created = take_reply(deploy, aws_sagemaker(deploy->aws, "CreatePipeline", body, failure));
	return deploy->is_created;
}

static bool update(struct deploy *deploy, struct deploy_step *step, struct cJSON *described,
                   struct aws_failure *failure)
{
	const bool has_description = *deploy_text(described, "PipelineDescription");
	const struct emit_call call = {.is_update = true, .clears_description = has_description};
	const char *body = body_of(deploy, &call), *changes = find_changes(deploy, body, described);
	if (!*changes) {
		if (step->action == DEPLOY_WAITING)
			step->action = DEPLOY_UNCHANGED;
		return take_reply(deploy, described);
	}
	cJSON_Delete(described);
	if (step->action == DEPLOY_CREATED)
		return false; /* this is somebody else's */
	step->action = DEPLOY_UPDATED;
	step->detail = changes;
	return take_reply(deploy, aws_sagemaker_once(deploy->aws, "UpdatePipeline", body, failure));
}

/* When no reply came, nobody knows what is there now: look again. The last attempt of a creation may be told that the
 * pipeline exists, which the first one made; when another one is there, that answer stands. */
static bool bring_about(struct deploy *deploy, struct deploy_step *step, struct aws_failure *failure)
{
	char token[AWS_TOKEN_ROOM];
	struct aws_failure own = {0};
	aws_token(deploy->aws, token);
	for (unsigned looks = 0; looks < DEPLOY_LOOKS_MAX; looks++) {
		struct cJSON *described;
		bool is_first = step->action == DEPLOY_WAITING; /* later it is this run that changed what is there */
		if (!describe(deploy, &described, failure))
			return false;
		if (is_first && !is_expected(deploy, described, failure)) {
			cJSON_Delete(described);
			return false;
		}
		bool is_there = described;
		if (is_there ? update(deploy, step, described, failure) : create(deploy, step, token, failure))
			return true;
		bool is_created = step->action == DEPLOY_CREATED;
		if (is_there && is_created) {
			*failure = own;
			return false;
		}
		if (!failure->may_have_acted && !(is_created && contains(failure->aws_message, "already exists")))
			return false;
		own = *failure;
	}
	return false;
}

static bool run_pipeline(struct deploy *deploy, struct deploy_step *step, struct aws_failure *failure)
{
	struct aws_failure ignored;
	digest_program(deploy);
	if (!bring_about(deploy, step, failure))
		return false;
	if (!deploy->arn) {
		aws_fail(deploy->aws, failure, SP6010, NULL, "AWS took the pipeline and did not say its ARN");
		return false;
	}
	if (!deploy->version)
		deploy->version = find_version(deploy, &ignored);
	step->target = deploy->arn;
	return true;
}

static void foresee_pipeline(struct deploy *deploy, const struct deploy_step *step)
{
	const struct emit_call new = {.token = "TOKEN"}, other = {.is_update = true};
	(void)step;
	deploy_note_sagemaker(deploy, "", "DescribePipeline", body_with_name(deploy, "PipelineName"));
	deploy_note_sagemaker(deploy, "if it is not there", "CreatePipeline", body_of(deploy, &new));
	deploy_note_sagemaker(deploy, "if it is another one", "UpdatePipeline", body_of(deploy, &other));
	deploy_note_sagemaker(deploy, "if the reply does not say the version", "ListPipelineVersions",
	                      versions_body(deploy));
}

static const struct deploy_kind pipeline_kind = {"pipeline", run_pipeline, foresee_pipeline};

void deploy_add_pipeline(struct deploy *deploy)
{
	deploy_add_step(deploy, &pipeline_kind, deploy->program->pipeline.name->text, "", NULL);
	deploy_add_tags(deploy);
}

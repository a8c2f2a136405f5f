/* The step that makes the pipeline's tags those of the program. */
#include "base/json.h"
#include "deploy/deploy_json.h"
#include "deploy/deploy_parts.h"

#include <cjson/cJSON.h>

/* Whether AWS or one of its consoles sets the tag. Programs do not declare such tags. */
static bool is_set_by_aws(const char *key)
{
	return strncmp(key, "aws:", 4) == 0 || strncmp(key, "sagemaker:", 10) == 0;
}

static const struct value *declared_tags(const struct deploy *deploy)
{
	static const struct value none = {.kind = VALUE_LIST};
	const struct field *field = value_field_named(deploy->program->pipeline.fields, "Tags");
	return field ? field->value : &none;
}

/* The value that the program declares for a key, or NULL. */
static const char *declared_value(const struct value *tags, const char *key)
{
	for (uint32_t i = 0; i < tags->count; i++)
		if (strcmp(deploy_declared_text(tags->items[i], "Key"), key) == 0)
			return deploy_declared_text(tags->items[i], "Value");
	return NULL;
}

static const char *deployed_value(const struct cJSON *tags, const char *key)
{
	for (const struct cJSON *tag = tags->child; tag; tag = tag->next)
		if (strcmp(deploy_json_text(tag, "Key"), key) == 0)
			return deploy_json_text(tag, "Value");
	return NULL;
}

static void put_string(struct text *out, const char *string)
{
	json_add_string(out, string, strlen(string));
}

/* The bodies of AddTags and DeleteTags, and the numbers of tags in them. */
struct changes {
	struct text added, removed;
	size_t added_count, removed_count;
};

/* If `deployed` is NULL, all declared tags are added. */
static void find_changes(struct changes *changes, const char *arn, const struct value *declared,
                         const struct cJSON *deployed)
{
	text_puts(&changes->added, "{\"ResourceArn\": ");
	put_string(&changes->added, arn);
	text_add(&changes->removed, changes->added.bytes, changes->added.length);
	text_puts(&changes->added, ", \"Tags\": [");
	text_puts(&changes->removed, ", \"TagKeys\": [");
	for (uint32_t i = 0; i < declared->count; i++) {
		const char *key = deploy_declared_text(declared->items[i], "Key");
		const char *value = deploy_declared_text(declared->items[i], "Value");
		const char *before = deployed ? deployed_value(deployed, key) : NULL;
		if (before && strcmp(before, value) == 0)
			continue;
		text_puts(&changes->added, changes->added_count++ ? ", {\"Key\": " : "{\"Key\": ");
		put_string(&changes->added, key);
		text_puts(&changes->added, ", \"Value\": ");
		put_string(&changes->added, value);
		text_putc(&changes->added, '}');
	}
	for (const struct cJSON *tag = deployed ? deployed->child : NULL; tag; tag = tag->next) {
		const char *key = deploy_json_text(tag, "Key");
		if (declared_value(declared, key) || is_set_by_aws(key))
			continue;
		text_puts(&changes->removed, changes->removed_count++ ? ", " : "");
		put_string(&changes->removed, key);
	}
	text_puts(&changes->added, "]}");
	text_puts(&changes->removed, "]}");
}

static bool send(struct deploy *deploy, const char *operation, const struct text *body, struct aws_failure *failure)
{
	struct cJSON *reply = aws_sagemaker(deploy->aws, operation, body->bytes, failure); /* idempotent */
	cJSON_Delete(reply);
	return reply;
}

static bool run_tags(struct deploy *deploy, struct deploy_step *step, struct aws_failure *failure)
{
	struct changes changes = {.added_count = 0};
	if (deploy->is_created) { /* CreatePipeline has set its tags */
		step->action = DEPLOY_UNCHANGED;
		return true;
	}
	struct cJSON *input = cJSON_CreateObject();
	cJSON_AddStringToObject(input, "ResourceArn", deploy->arn);
	struct cJSON *deployed = aws_sagemaker_list(deploy->aws, "ListTags", input, "Tags", 0, failure);
	cJSON_Delete(input);
	if (!deployed)
		return false;
	find_changes(&changes, deploy->arn, declared_tags(deploy), deployed);
	cJSON_Delete(deployed);
	/* removals first: a pipeline has at most fifty tags */
	bool is_done = (!changes.removed_count || send(deploy, "DeleteTags", &changes.removed, failure)) &&
	               (!changes.added_count || send(deploy, "AddTags", &changes.added, failure));
	step->action = changes.added_count || changes.removed_count ? DEPLOY_UPDATED : DEPLOY_UNCHANGED;
	if (step->action == DEPLOY_UPDATED)
		step->detail = arena_printf(deploy->arena, "%zu set, %zu removed", changes.added_count,
		                            changes.removed_count);
	text_free(&changes.added);
	text_free(&changes.removed);
	return is_done;
}

static void list_tags_requests(struct deploy *deploy, const struct deploy_step *step)
{
	struct changes changes = {.added_count = 0};
	(void)step;
	deploy_note_sagemaker(deploy, "if the pipeline existed", "ListTags", "{\"ResourceArn\": \"ARN\"}");
	deploy_note_sagemaker(deploy, "if there are tags that are not declared", "DeleteTags",
	                      "{\"ResourceArn\": \"ARN\", \"TagKeys\": [...]}");
	find_changes(&changes, "ARN", declared_tags(deploy), NULL);
	if (changes.added_count)
		deploy_note_sagemaker(deploy, "if any of these is missing or differs", "AddTags", changes.added.bytes);
	text_free(&changes.added);
	text_free(&changes.removed);
}

static const struct deploy_kind tags_kind = {"tags", run_tags, list_tags_requests};

void deploy_add_tags(struct deploy *deploy)
{
	deploy_add_step(deploy, &tags_kind, "of the pipeline", "", NULL);
}

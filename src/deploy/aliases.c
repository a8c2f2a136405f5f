#include "deploy/aliases.h"

#include "base/json.h"
#include "base/vec.h"
#include "deploy/deploy_json.h"
#include "deploy/deploy_parts.h"

#include <cjson/cJSON.h>
#include <inttypes.h>

/* API reference, PipelineVersionAliasList. */
enum { ALIASES_MAX = 10 };

struct alias_names {
	VEC(const char *) items;
};

/* --- requests --- */

static const char *keep(struct arena *arena, struct text *text)
{
	const char *copy = arena_copy(arena, text->bytes, text->length);
	text_free(text);
	return copy;
}

const char *aliases_list_body(struct arena *arena, const char *arn)
{
	struct text body = {0};
	text_puts(&body, "{\"PipelineName\": ");
	json_add_string(&body, arn, strlen(arn));
	text_puts(&body, ", \"SortOrder\": \"Descending\"}");
	return keep(arena, &body);
}

const char *aliases_update_body(struct arena *arena, const char *arn, const char *version, const char *key,
                                const char *const *aliases, size_t count)
{
	struct text body = {0};
	text_puts(&body, "{\"PipelineArn\": ");
	json_add_string(&body, arn, strlen(arn));
	text_printf(&body, ", \"PipelineVersionId\": %s, \"PipelineVersionAliasOperations\": {\"%s\": [", version, key);
	for (size_t i = 0; i < count; i++) {
		text_puts(&body, i ? ", " : "");
		json_add_string(&body, aliases[i], strlen(aliases[i]));
	}
	text_puts(&body, "]}}");
	return keep(arena, &body);
}

static bool send(struct aws *aws, struct arena *arena, const struct aliases_change *change, int64_t version, const char *key,
                 const struct alias_names *names, struct aws_failure *failure)
{
	const char *body = aliases_update_body(arena, change->arn, arena_printf(arena, "%" PRId64, version), key,
	                                       names->items.items, names->items.count);
	cJSON *reply = aws_sagemaker_once(aws, "UpdatePipelineVersion", body, failure);
	cJSON_Delete(reply);
	return reply;
}

static cJSON *list_versions(struct aws *aws, struct arena *arena, const struct aliases_change *change, struct aws_failure *failure)
{
	cJSON *input = cJSON_Parse(aliases_list_body(arena, change->arn));
	cJSON *list = aws_sagemaker_list(aws, "ListPipelineVersions", input, "PipelineVersionSummaries", 0, failure);
	cJSON_Delete(input);
	return list;
}

/* --- versions --- */

static int64_t number_of(const cJSON *version)
{
	return deploy_json_number(version, "PipelineVersionId");
}

static bool has_alias(const cJSON *version, const char *alias)
{
	const cJSON *item;
	cJSON_ArrayForEach(item, deploy_json_member(version, "PipelineVersionAliases"))
		if (cJSON_IsString(item) && strcmp(item->valuestring, alias) == 0)
			return true;
	return false;
}

/* The version that gets the aliases, or NULL. The newest is the first. */
static const cJSON *find_target(const struct aliases_change *change, const cJSON *versions)
{
	const cJSON *version;
	cJSON_ArrayForEach(version, versions)
		if (!change->version || number_of(version) == change->version)
			return version;
	return NULL;
}

/* Forgets that an alias was taken from a version that still has it. */
static void check_taken(struct aliases_change *change, const cJSON *versions)
{
	const cJSON *version;
	cJSON_ArrayForEach(version, versions)
		for (size_t i = 0; i < change->count; i++)
			if (number_of(version) == change->from[i] && has_alias(version, change->aliases[i]))
				change->from[i] = 0;
}

/* Removes the aliases from the versions other than the target that have them. */
static bool take(struct aliases_change *change, struct aws *aws, struct arena *arena, const cJSON *versions, const cJSON *target,
                 struct aws_failure *failure)
{
	const cJSON *version;
	cJSON_ArrayForEach(version, versions) {
		struct alias_names names = {{0}};
		for (size_t i = 0; version != target && i < change->count; i++)
			if (has_alias(version, change->aliases[i]))
				vec_push(arena, &names.items, change->aliases[i]);
		if (!names.items.count)
			continue;
		bool is_done = send(aws, arena, change, number_of(version), "Remove", &names, failure);
		bool may_be_done = is_done || deploy_must_look_again(failure);
		for (size_t i = 0; may_be_done && i < change->count; i++)
			if (has_alias(version, change->aliases[i]))
				change->from[i] = number_of(version);
		if (!is_done)
			return false;
	}
	return true;
}

/* Makes the target have the aliases; false after a failure. */
static bool give(struct aliases_change *change, struct aws *aws, struct arena *arena, const cJSON *versions,
                 struct aws_failure *failure)
{
	const cJSON *target = find_target(change, versions);
	struct alias_names names = {{0}};
	check_taken(change, versions);
	change->is_missing = !target;
	for (size_t i = 0; target && i < change->count; i++)
		if (!has_alias(target, change->aliases[i]))
			vec_push(arena, &names.items, change->aliases[i]);
	if (!target) {
		aws_fail(aws, failure, SP6081, "`sagepipec --history` lists versions", "the pipeline has no version %" PRId64,
		         change->version);
		return false;
	}
	change->version = number_of(target);
	change->given = names.items.count > change->given ? names.items.count : change->given; /* of the first look */
	size_t count = (size_t)cJSON_GetArraySize(deploy_json_member(target, "PipelineVersionAliases")) + names.items.count;
	if (names.items.count && count > ALIASES_MAX) {
		aws_fail(aws, failure, SP6081, NULL, "version %" PRId64 " would have %zu aliases, and a version may have %d",
		         change->version, count, ALIASES_MAX);
		return false;
	}
	return !names.items.count || (take(change, aws, arena, versions, target, failure) &&
	                              send(aws, arena, change, change->version, "Add", &names, failure));
}

/* Adds to the message of a failure which aliases were taken from a version, and may be on no version now. */
static void note_taken(const struct aliases_change *change, struct arena *arena, struct aws_failure *failure)
{
	struct text text = {0};
	for (size_t i = 0; i < change->count; i++)
		if (change->from[i])
			text_printf(&text, "\nalias `%s` was taken from version %" PRId64 ", and may be on no version now",
			            change->aliases[i], change->from[i]);
	if (!text.length)
		return;
	failure->message = arena_printf(arena, "%s%s", failure->message, text.bytes);
	failure->help = failure->help ? failure->help : "the same command again completes the move";
	text_free(&text);
}

bool aliases_give(struct aliases_change *change, struct aws *aws, struct arena *arena, struct aws_failure *failure)
{
	bool is_done = false, may_be_done = true;
	change->from = arena_array(arena, int64_t, change->count + 1);
	memset(change->from, 0, (change->count + 1) * sizeof *change->from);
	change->given = 0;
	for (unsigned looks = 0; looks < DEPLOY_LOOKS_MAX && !is_done && may_be_done; looks++) {
		cJSON *versions = list_versions(aws, arena, change, failure);
		is_done = versions && give(change, aws, arena, versions, failure);
		may_be_done = versions && !is_done && deploy_must_look_again(failure);
		cJSON_Delete(versions);
	}
	if (!is_done)
		note_taken(change, arena, failure);
	return is_done;
}

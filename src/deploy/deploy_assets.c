#include "deploy/deploy_parts.h"

#include "emit/emit.h"

#include <inttypes.h>

struct deploy_place deploy_place_of(struct arena *arena, const char *uri)
{
	const char *bucket = strncmp(uri, "s3://", 5) == 0 ? uri + 5 : uri;
	size_t length = strcspn(bucket, "/");
	return (struct deploy_place){arena_copy(arena, bucket, length), bucket[length] ? bucket + length + 1 : ""};
}

struct aws_request *deploy_object_request(struct deploy *deploy, const char *method, const struct deploy_place *place)
{
	struct aws_request *request = arena_new(deploy->arena, struct aws_request);
	struct text path = {0};
	text_putc(&path, '/');
	aws_add_path(&path, place->key);
	*request = (struct aws_request){.service = AWS_S3, .method = method, .bucket = place->bucket,
	                                .path = arena_copy(deploy->arena, path.bytes, path.length)};
	text_free(&path);
	return request;
}

/* --- whether it is there --- */

/* What HEAD says of an object. An object has its digest in its key, so that one that is there is right. One who may not
 * list the bucket is told 403 of an object that is not there: then the sending decides. */
static bool is_there(struct deploy *deploy, const struct deploy_place *place, bool *is, struct aws_failure *failure)
{
	struct aws_reply reply;
	bool is_answered = aws_call(deploy->aws, deploy_object_request(deploy, "HEAD", place), &reply, failure);
	*is = is_answered;
	if (is_answered)
		aws_reply_free(&reply);
	return is_answered || failure->status == 404 || failure->status == 403;
}

const char *deploy_stored_checksum(struct deploy *deploy, const struct deploy_place *place)
{
	static const char *const headers[] = {"x-amz-checksum-mode: ENABLED", NULL};
	struct aws_request *request = deploy_object_request(deploy, "HEAD", place);
	struct aws_failure failure;
	struct aws_reply reply;
	request->headers = headers;
	if (!aws_call(deploy->aws, request, &reply, &failure))
		return NULL;
	const char *checksum = aws_reply_header(deploy->aws, &reply, "x-amz-checksum-sha256");
	aws_reply_free(&reply);
	return checksum && !strchr(checksum, '-') ? checksum : NULL; /* of an object in parts it is another digest */
}

static bool bring_about(struct deploy *deploy, struct deploy_step *step, const struct deploy_object *object,
                        bool *is_sent, struct aws_failure *failure)
{
	bool is;
	*is_sent = false;
	if (!is_there(deploy, &object->place, &is, failure))
		return false;
	*is_sent = !is;
	return is || deploy_upload(deploy, step, object, failure);
}

/* --- assets --- */

/* An asset becomes an object; a folder one for each file in it. */
static size_t object_count(const struct asset *asset)
{
	return asset->kind == ASSET_FOLDER ? asset->part_count : 1;
}

static struct deploy_object object_of(struct deploy *deploy, const struct asset *asset, size_t i)
{
	if (asset->kind != ASSET_FOLDER)
		return (struct deploy_object){.place = deploy_place_of(deploy->arena, asset->uri->text), .asset = asset,
		                              .length = asset->size};
	const struct asset_part *part = &asset->parts[i];
	const char *uri = arena_printf(deploy->arena, "%s/%s", asset->uri->text, part->name);
	return (struct deploy_object){.place = deploy_place_of(deploy->arena, uri), .part = part, .length = part->size};
}

static bool run_asset(struct deploy *deploy, struct deploy_step *step, struct aws_failure *failure)
{
	const struct asset *asset = step->subject;
	size_t count = object_count(asset), sent = 0;
	for (size_t i = 0; i < count; i++) {
		const struct deploy_object object = object_of(deploy, asset, i);
		bool is_sent;
		if (!bring_about(deploy, step, &object, &is_sent, failure))
			return false;
		sent += is_sent;
	}
	step->action = sent ? DEPLOY_UPLOADED : DEPLOY_UNCHANGED;
	if (asset->kind == ASSET_FOLDER)
		step->detail = sent < count && sent ? arena_printf(deploy->arena, "%zu of %zu files", sent, count)
		                                    : arena_printf(deploy->arena, "%zu file%s", count, count == 1 ? "" : "s");
	return true;
}

static void foresee_asset(struct deploy *deploy, const struct deploy_step *step)
{
	const struct asset *asset = step->subject;
	for (size_t i = 0; i < object_count(asset); i++) {
		const struct deploy_object object = object_of(deploy, asset, i);
		deploy_foresee_upload(deploy, &object);
	}
}

static const struct deploy_kind asset_kinds[] = {
	[ASSET_FILE] = {"file", run_asset, foresee_asset},
	[ASSET_TEXT] = {"text", run_asset, foresee_asset},
	[ASSET_FOLDER] = {"folder", run_asset, foresee_asset},
	[ASSET_ARCHIVE] = {"archive", run_asset, foresee_asset},
	[ASSET_ZIP] = {"zip", run_asset, foresee_asset},
};

/* --- the definition --- */

static struct deploy_object definition_object(const struct deploy *deploy)
{
	struct text definition = {0};
	char digest[DIGEST_ROOM];
	emit_compact_definition(&definition, deploy->program);
	digest_bytes(definition.bytes, definition.length, digest);
	size_t length = strlen(deploy->assets);
	while (length && deploy->assets[length - 1] == '/')
		length--;
	const char *uri = arena_printf(deploy->arena, "%.*s/%s/definition.json", (int)length, deploy->assets, digest);
	const struct deploy_object object = {.place = deploy_place_of(deploy->arena, uri),
	                                     .text = arena_copy(deploy->arena, definition.bytes, definition.length),
	                                     .length = definition.length};
	text_free(&definition);
	return object;
}

struct deploy_place deploy_definition_place(const struct deploy *deploy)
{
	return deploy->assets ? definition_object(deploy).place : (struct deploy_place){NULL, NULL};
}

static bool run_definition(struct deploy *deploy, struct deploy_step *step, struct aws_failure *failure)
{
	bool is_sent;
	if (!bring_about(deploy, step, step->subject, &is_sent, failure))
		return false;
	step->action = is_sent ? DEPLOY_UPLOADED : DEPLOY_UNCHANGED;
	return true;
}

static void foresee_definition(struct deploy *deploy, const struct deploy_step *step)
{
	deploy_foresee_upload(deploy, step->subject);
}

static const struct deploy_kind definition_kind = {"definition", run_definition, foresee_definition};

void deploy_add_assets(struct deploy *deploy)
{
	const struct assets *assets = deploy->program->assets;
	for (size_t i = 0; assets && i < assets->list.count; i++) {
		const struct asset *asset = assets->list.items[i];
		const char *name = asset->source ? asset->source : *asset->name ? asset->name : "of named files";
		deploy_add_step(deploy, &asset_kinds[asset->kind], name, asset->uri->text, asset);
	}
	if (!deploy->assets)
		return;
	struct deploy_object *object = arena_new(deploy->arena, struct deploy_object);
	*object = definition_object(deploy);
	const char *uri = arena_printf(deploy->arena, "s3://%s/%s", object->place.bucket, object->place.key);
	deploy_add_step(deploy, &definition_kind, deploy->program->pipeline.name->text, uri, object);
}

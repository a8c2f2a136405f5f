/* The steps that upload to S3: the program's assets, and a long definition. */
#include "deploy/deploy_parts.h"
#include "emit/emit.h"

/* Uploads an object unless it exists: its key contains its digest, so an existing one is right. Sets `*is_sent`. */
static bool ensure_object(struct deploy *deploy, struct deploy_step *step, const struct deploy_object *object,
                          bool *is_sent, struct aws_failure *failure)
{
	bool exists;
	*is_sent = false;
	if (!deploy_object_exists(deploy, &object->place, &exists, failure))
		return false;
	*is_sent = !exists;
	return exists || deploy_upload(deploy, step, object, failure);
}

/* --- assets --- */

/* A folder is one object for each of its files; any other asset is one object. */
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
		if (!ensure_object(deploy, step, &object, &is_sent, failure))
			return false;
		sent += is_sent;
	}
	step->action = sent ? DEPLOY_UPLOADED : DEPLOY_UNCHANGED;
	if (asset->kind == ASSET_FOLDER)
		step->detail = sent < count && sent ? arena_printf(deploy->arena, "%zu of %zu files", sent, count)
		                                    : arena_printf(deploy->arena, "%zu file%s", count, count == 1 ? "" : "s");
	return true;
}

static void list_asset_requests(struct deploy *deploy, const struct deploy_step *step)
{
	const struct asset *asset = step->subject;
	for (size_t i = 0; i < object_count(asset); i++) {
		const struct deploy_object object = object_of(deploy, asset, i);
		deploy_list_upload_requests(deploy, &object);
	}
}

static const struct deploy_kind asset_kinds[] = {
	[ASSET_FILE] = {"file", run_asset, list_asset_requests},
	[ASSET_TEXT] = {"text", run_asset, list_asset_requests},
	[ASSET_FOLDER] = {"folder", run_asset, list_asset_requests},
	[ASSET_ARCHIVE] = {"archive", run_asset, list_asset_requests},
	[ASSET_ZIP] = {"zip", run_asset, list_asset_requests},
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
	if (!ensure_object(deploy, step, step->subject, &is_sent, failure))
		return false;
	step->action = is_sent ? DEPLOY_UPLOADED : DEPLOY_UNCHANGED;
	return true;
}

static void list_definition_requests(struct deploy *deploy, const struct deploy_step *step)
{
	deploy_list_upload_requests(deploy, step->subject);
}

static const struct deploy_kind definition_kind = {"definition", run_definition, list_definition_requests};

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

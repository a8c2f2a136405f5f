/* Assets from paths, texts and objects of files. */
#include "eval/assets/assets.h"

#include "eval/pipeline.h"

#include <errno.h>
#include <stdlib.h>

struct measure {
	struct digest *digest;
	uint64_t size;
};

static bool measure_bytes(void *context, const void *bytes, size_t length)
{
	struct measure *measure = context;
	digest_add(measure->digest, bytes, length);
	measure->size += length;
	return true;
}

static bool measure_part(struct program *program, struct asset_part *part)
{
	struct measure measure = {digest_begin(), 0};
	const struct archive_sink sink = {&measure, measure_bytes};
	bool is_read = assets_write_part(program->options->reader, part, &sink);
	int error = errno;
	digest_end(measure.digest, part->digest);
	part->size = measure.size;
	errno = error;
	return is_read;
}

/* Finds size and digest of an asset whose parts are measured. The digest of an archive is that of its contents, because another
 * version of zlib may pack the same files into other bytes. */
static void measure_asset(struct program *program, struct asset *asset)
{
	asset->size = 0;
	for (size_t i = 0; i < asset->part_count; i++)
		asset->size += asset->parts[i].size;
	if (asset->kind == ASSET_FILE || asset->kind == ASSET_TEXT) {
		memcpy(asset->digest, asset->parts[0].digest, sizeof asset->digest);
		return;
	}
	struct digest *digest = digest_begin();
	for (size_t i = 0; i < asset->part_count; i++) {
		const struct asset_part *part = &asset->parts[i];
		const char *line = arena_printf(program->arena, "%s  %s\n", part->digest, part->name);
		digest_add(digest, line, strlen(line));
	}
	digest_end(digest, asset->digest);
}

/* --- URIs --- */

/* Gives a measured asset its URI. The result is the asset of that URI: this one, or an equal one made earlier. NULL after a report. */
static const struct asset *assign_uri(struct eval *eval, const struct node *node, struct asset *asset)
{
	enum { KEY_MAX = 1024 }; /* bytes of an object key, from the S3 user guide */
	struct program *program = eval->program;
	const struct word *field = names_word(&program->world->names, "Assets");
	const struct value *location = pipeline_constant(eval, node, field);
	if (location->kind != VALUE_STRING)
		return NULL;
	size_t length = location->word->length;
	while (length && location->word->text[length - 1] == '/')
		length--;
	const char *uri = arena_printf(program->arena, "%.*s/%s%s%s", (int)length, location->word->text, asset->digest,
	                               *asset->name ? "/" : "", asset->name);
	size_t longest = 0;
	for (size_t i = 0; asset->kind == ASSET_FOLDER && i < asset->part_count; i++)
		if (strlen(asset->parts[i].name) >= longest)
			longest = strlen(asset->parts[i].name) + 1;
	if (strlen(uri) + longest > KEY_MAX) {
		eval_report(eval, SP2076, node, "the object name in S3 is longer than %d bytes", KEY_MAX);
		return NULL;
	}
	asset->uri = names_word(&program->world->names, uri);
	struct assets *assets = assets_of(program);
	const struct asset *before = map_get(&assets->by_uri, asset->uri);
	if (before)
		return before;
	map_put(program->arena, &assets->by_uri, asset->uri, asset);
	vec_push(program->arena, &assets->list, asset);
	return asset;
}

/* Measures the files of an asset and gives it its URI. NULL after a report, at `at` for an unreadable file. */
static const struct asset *finish_asset(struct eval *eval, const struct node *node, const struct value *at, struct asset *asset,
                                        struct asset_parts *parts)
{
	const uint64_t zip_bytes = UINT32_MAX;
	enum { ZIP_FILES = 65535 };
	struct program *program = eval->program;
	uint64_t size = 0;
	const char *failed = NULL;
	asset->parts = parts->items;
	asset->part_count = parts->count;
	for (size_t i = 0; i < parts->count && !failed; i++) {
		struct asset_part *part = &parts->items[i];
		if (part->path && !*part->digest && !measure_part(program, part))
			failed = part->path;
		size += part->size;
	}
	if (!failed && asset->kind == ASSET_ZIP && (size > zip_bytes || parts->count > ZIP_FILES)) {
		struct diag *diag = eval_report(eval, SP2075, node, "a zip can hold at most 4 GiB and %d files", ZIP_FILES);
		diag_help(diag, "use `archive`, which has no such limit");
		return NULL;
	}
	if (!failed) {
		measure_asset(program, asset);
		return assign_uri(eval, node, asset);
	}
	program_report_value(program, SP2074, at, node, "`%s` cannot be read: %s", failed, strerror(errno));
	return NULL;
}

/* The name, before the extension, of an archive without a name of its own. */
static const char NAMELESS[] = "archive";

static struct asset *new_asset(struct program *program, enum asset_kind kind, const char *name)
{
	static const char *const extensions[] = {[ASSET_ARCHIVE] = ".tar.gz", [ASSET_ZIP] = ".zip"};
	struct asset *asset = arena_new(program->arena, struct asset);
	asset->kind = kind;
	asset->name = kind == ASSET_FOLDER ? "" : kind < ASSET_FOLDER ? name : arena_printf(program->arena, "%s%s", name, extensions[kind]);
	return asset;
}

/* Whether a name may end a URI; false after a report. */
static bool is_good_name(struct eval *eval, const struct node *node, const struct value *at, const char *name)
{
	const char *flaw = strchr(name, '/') ? "a `/`" : assets_name_flaw(name);
	if (!*name)
		program_report_value(eval->program, SP2076, at, node, "the name of the file is empty");
	else if (flaw)
		program_report_value(eval->program, SP2076, at, node, "the name \"%s\" contains %s", name, flaw);
	return *name && !flaw;
}

static const char *last_part(const char *path)
{
	const char *slash = strrchr(path, '/');
	return slash ? slash + 1 : path;
}

/* Whether a file is the output of the compilation, with a report. */
static bool is_output(struct eval *eval, const struct node *node, const struct value *path, const char *real)
{
	const char *output = assets_output(eval->program);
	if (!output || strcmp(output, real) != 0)
		return false;
	struct diag *diag = program_report_value(eval->program, SP2064, path, node, "the output `%s` is an input of the program",
	                                         eval->program->options->output);
	diag_help(diag, "write the output to another file");
	return true;
}

const struct asset *assets_from_path(struct eval *eval, const struct node *node, enum asset_kind kind,
                                     const struct value *path, const struct value *without)
{
	struct program *program = eval->program;
	struct assets *assets = assets_of(program);
	const struct location location = assets_locate(eval, node, path, kind == ASSET_FILE ? PATH_FILE : PATH_FOLDER);
	if (!location.is_good)
		return NULL;
	if (kind == ASSET_FILE && location.real && is_output(eval, node, path, location.real))
		return NULL;
	struct text key = {0};
	text_printf(&key, "%d %s\n", (int)kind, location.path ? location.path : path->word->text);
	if (without)
		value_print_json(&key, without);
	const struct word *word = names_intern(&program->world->names, text_string(&key), key.length);
	text_free(&key);
	const struct asset *before = location.path ? map_get(&assets->by_source, word) : NULL;
	if (before)
		return before;
	const char *name = last_part(location.path ? location.path : path->word->text);
	if (kind != ASSET_FILE && (strcmp(name, ".") == 0 || strcmp(name, "..") == 0))
		name = NAMELESS; /* not the name of the folder, which differs between checkouts */
	if (!is_good_name(eval, node, path, name))
		return NULL;
	struct asset *asset = new_asset(program, location.bytes ? ASSET_TEXT : kind, name);
	struct asset_parts parts = {0};
	asset->source = location.path;
	if (kind == ASSET_FILE) {
		struct asset_part part = {.name = name, .path = location.path, .bytes = location.bytes, .size = location.length};
		if (part.bytes)
			digest_bytes(part.bytes, part.size, part.digest);
		vec_push(program->arena, &parts, part);
	} else if (!assets_walk(eval, node, path, &location, without, &parts)) {
		return NULL;
	}
	const struct asset *made = finish_asset(eval, node, path, asset, &parts);
	if (made)
		map_put(program->arena, &assets->by_source, word, (void *)(uintptr_t)made);
	return made;
}

const struct asset *assets_from_text(struct eval *eval, const struct node *node, const struct value *name,
                                     const struct value *text)
{
	struct program *program = eval->program;
	struct asset_part part = {.name = name->word->text, .bytes = text->word->text, .size = text->word->length};
	struct asset_parts parts = {0};
	if (!is_good_name(eval, node, name, part.name))
		return NULL;
	digest_bytes(part.bytes, part.size, part.digest);
	vec_push(program->arena, &parts, part);
	return finish_asset(eval, node, name, new_asset(program, ASSET_TEXT, part.name), &parts);
}

/* --- folders and archives of named files --- */

/* Adds an asset under a name; for a folder, adds its files below that name. */
static void add_named(struct program *program, struct asset_parts *parts, const char *name, const struct asset *asset)
{
	struct asset_part part = {.name = name, .made = asset, .size = asset->size};
	memcpy(part.digest, asset->digest, sizeof part.digest);
	if (asset->kind == ASSET_ARCHIVE || asset->kind == ASSET_ZIP) {
		vec_push(program->arena, parts, part);
		return;
	}
	for (size_t i = 0; i < asset->part_count; i++) {
		part = asset->parts[i];
		part.name = asset->kind == ASSET_FOLDER ? arena_printf(program->arena, "%s/%s", name, part.name) : name;
		vec_push(program->arena, parts, part);
	}
}

/* A message when two parts have the same name, or when one would be both a file and a folder; else NULL. The parts are sorted, so
 * between a file and a name below it are only names that begin with the file's name. */
static const char *find_clash(struct arena *arena, const struct asset_parts *parts)
{
	for (size_t i = 0; i < parts->count; i++) {
		const char *first = parts->items[i].name;
		size_t length = strlen(first);
		for (size_t j = i + 1; j < parts->count && strncmp(parts->items[j].name, first, length) == 0; j++)
			if (!parts->items[j].name[length] || parts->items[j].name[length] == '/')
				return arena_printf(arena, "`%s` is %s", first,
				                    parts->items[j].name[length] ? "both a file and a folder" : "given twice");
	}
	return NULL;
}

/* Adds the assets whose URIs are the values of an object; false after a report. */
static bool gather_parts(struct eval *eval, const struct node *node, const struct value *files, struct asset_parts *parts)
{
	struct program *program = eval->program;
	for (uint32_t i = 0; i < files->count; i++) {
		const struct field *field = &files->fields[i];
		bool is_text = field->value->kind == VALUE_STRING;
		const struct asset *asset = is_text ? assets_find(program, field->value->word) : NULL;
		const char *flaw = assets_name_flaw(field->name->text);
		if (field->value->kind == VALUE_ERROR)
			return false;
		if (flaw) {
			program_report(program, SP2076, field->at ? field->at : node, "the name \"%s\" contains "
			                                                              "%s", field->name->text, flaw);
			return false;
		}
		if (!asset) {
			struct diag *diag = program_report_value(program, SP2079, field->value, node, "the value of `%s` is not a file of "
			                                                                              "the project",
			                                         field->name->text);
			diag_help(diag, "use a value from `file`, `text_file`, `folder`, `archive` or `zip`");
			return false;
		}
		add_named(program, parts, field->name->text, asset);
	}
	return true;
}

const struct asset *assets_from_object(struct eval *eval, const struct node *node, enum asset_kind kind,
                                       const struct value *files)
{
	struct asset_parts parts = {0};
	if (!gather_parts(eval, node, files, &parts))
		return NULL;
	if (!parts.count) {
		eval_report(eval, SP2075, node, "this %s has no files", assets_kind_name(kind));
		return NULL;
	}
	assets_sort_parts(&parts);
	const char *clash = find_clash(eval->program->arena, &parts);
	if (clash) {
		eval_report(eval, SP2079, node, "%s", clash);
		return NULL;
	}
	return finish_asset(eval, node, files, new_asset(eval->program, kind, NAMELESS), &parts);
}

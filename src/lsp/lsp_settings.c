#include "lsp/lsp_settings.h"

#include "base/json_tree.h"
#include "host/file.h"
#include "lsp/lsp_methods.h"

#include <string.h>

/* The value of a setting; NULL if it is missing, null or of the wrong type. Logs a wrong type. */
static const cJSON *read_setting(struct lsp *lsp, const cJSON *object, const char *key, cJSON_bool (*is_valid)(const cJSON *item),
                                 const char *type)
{
	const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, key);
	if (!item || cJSON_IsNull(item))
		return NULL;
	if (is_valid(item))
		return item;
	struct text message = {0};
	text_printf(&message, "the setting `%s` is not %s: it is ignored", key, type);
	lsp_log(lsp, LSP_WARNING, message.bytes);
	text_free(&message);
	return NULL;
}

static bool read_flag(struct lsp *lsp, const cJSON *object, const char *key, bool fallback)
{
	const cJSON *item = read_setting(lsp, object, key, cJSON_IsBool, "true or false");
	return item ? cJSON_IsTrue(item) : fallback;
}

/* A path from the settings. A relative one is resolved against the first workspace folder, if there is one. */
static const char *resolve_path(struct lsp *lsp, const char *path)
{
	struct arena *arena = &lsp->settings_arena;
	if (*path == '/' || !lsp->workspace.folder_count)
		return arena_copy(arena, path, strlen(path));
	return arena_printf(arena, "%s/%s", lsp->workspace.folders[0], path);
}

static const char *read_text_setting(struct lsp *lsp, const cJSON *settings, const char *key, const char *fallback)
{
	const char *text = cJSON_GetStringValue(read_setting(lsp, settings, key, cJSON_IsString, "a string"));
	return text && *text ? arena_copy(&lsp->settings_arena, text, strlen(text)) : fallback;
}

/* Adds values of `config` declarations, as in `{"env": "prod"}`, to those of --set. */
static void apply_set(struct lsp *lsp, const cJSON *set, struct program_options *options)
{
	struct arena *arena = &lsp->settings_arena;
	const cJSON *item;
	size_t count = options->setting_count;
	struct setting *list = arena_array(arena, struct setting, count + (size_t)cJSON_GetArraySize(set) + 1);
	for (size_t i = 0; i < count; i++)
		list[i] = options->settings[i];
	cJSON_ArrayForEach(item, set) {
		struct text value = {0};
		if (cJSON_IsString(item))
			text_puts(&value, item->valuestring);
		else
			json_put_tree(&value, item);
		list[count++] = (struct setting){arena_copy(arena, item->string, strlen(item->string)),
		                                 arena_copy(arena, text_string(&value), value.length)};
		text_free(&value);
	}
	options->settings = list;
	options->setting_count = count;
}

/* Adds files to those of --config. */
static void apply_config_files(struct lsp *lsp, const cJSON *files, struct program_options *options)
{
	enum { MAX_BYTES = 1024 * 1024 };
	struct arena *arena = &lsp->settings_arena;
	const cJSON *item;
	size_t count = options->config_file_count;
	struct config_file *list = arena_array(arena, struct config_file, count + (size_t)cJSON_GetArraySize(files) + 1);
	for (size_t i = 0; i < count; i++)
		list[i] = options->config_files[i];
	cJSON_ArrayForEach(item, files) {
		struct text text;
		const char *path = cJSON_IsString(item) ? resolve_path(lsp, item->valuestring) : NULL;
		if (!path)
			continue;
		if (!file_read(path, MAX_BYTES, &text)) {
			lsp_show(lsp, LSP_WARNING, arena_printf(arena, "cannot read %s, which the setting sagepipec.config names", path));
			continue;
		}
		list[count++] = (struct config_file){path, arena_copy(arena, text.bytes, text.length), text.length};
		text_free(&text);
	}
	options->config_files = list;
	options->config_file_count = count;
}

/* Adds folders to those of -I. */
static void apply_import_folders(struct lsp *lsp, const cJSON *folders, struct program_options *options)
{
	const cJSON *item;
	size_t count = options->import_folder_count;
	const char **list = arena_array(&lsp->settings_arena, const char *, count + (size_t)cJSON_GetArraySize(folders) + 1);
	for (size_t i = 0; i < count; i++)
		list[i] = options->import_folders[i];
	cJSON_ArrayForEach(item, folders)
		if (cJSON_IsString(item))
			list[count++] = resolve_path(lsp, item->valuestring);
	options->import_folders = list;
	options->import_folder_count = count;
}

void lsp_reapply_settings(struct lsp *lsp)
{
	const cJSON *settings = lsp->editor_settings;
	arena_free(&lsp->settings_arena);
	const struct reader *reader = lsp->workspace.options.reader;
	struct program_options options = lsp->options->program;
	options.reader = reader;
	options.keeps_values = options.may_be_shared = true;
	options.region = read_text_setting(lsp, settings, "region", options.region);
	options.account = read_text_setting(lsp, settings, "account", options.account);
	options.assets = read_text_setting(lsp, settings, "assets", options.assets);
	lsp->profile = read_text_setting(lsp, settings, "profile", lsp->options->profile);
	apply_set(lsp, read_setting(lsp, settings, "set", cJSON_IsObject, "an object"), &options);
	apply_config_files(lsp, read_setting(lsp, settings, "config", cJSON_IsArray, "a list"), &options);
	apply_import_folders(lsp, read_setting(lsp, settings, "importFolders", cJSON_IsArray, "a list"), &options);
	const char *lint = read_text_setting(lsp, settings, "lintConfig", NULL);
	lsp->workspace.lint_config = lint ? resolve_path(lsp, lint) : lsp->options->lint_config;
	lsp->workspace.options = options;
	const cJSON *hints = read_setting(lsp, settings, "inlayHints", cJSON_IsObject, "an object");
	const cJSON *lenses = read_setting(lsp, settings, "codeLens", cJSON_IsObject, "an object");
	lsp->settings = (struct lsp_settings){
		.hints_types = read_flag(lsp, hints, "types", true),
		.hints_names = read_flag(lsp, hints, "names", true),
		.hints_deferred = read_flag(lsp, hints, "deferred", true),
		.hints_uris = read_flag(lsp, hints, "uris", true),
		.shows_lenses = read_flag(lsp, lenses, "enable", true),
	};
	workspace_touch_all(&lsp->workspace);
	lsp_refresh_views(lsp);
}

void lsp_apply_settings(struct lsp *lsp, const cJSON *settings)
{
	const cJSON *section = cJSON_GetObjectItemCaseSensitive(settings, "sagepipec");
	cJSON *copy = cJSON_Duplicate(section ? section : settings, true);
	cJSON_Delete(lsp->editor_settings);
	lsp->editor_settings = copy;
	lsp_reapply_settings(lsp);
}

bool lsp_is_settings_file(const struct lsp *lsp, const char *path)
{
	const struct program_options *options = &lsp->workspace.options;
	const char *lint = lsp->workspace.lint_config;
	for (size_t i = 0; i < options->config_file_count; i++)
		if (strcmp(options->config_files[i].name, path) == 0)
			return true;
	return lint && strcmp(lint, path) == 0;
}

void lsp_request_settings(struct lsp *lsp)
{
	if (!lsp->client.asks_configuration)
		return;
	cJSON *params = cJSON_CreateObject(), *item = cJSON_CreateObject();
	cJSON_AddStringToObject(item, "section", "sagepipec");
	cJSON_AddItemToArray(cJSON_AddArrayToObject(params, "items"), item);
	lsp_request_client(lsp, "workspace/configuration", params);
}

cJSON *lsp_did_change_configuration(struct lsp_request *request)
{
	const cJSON *settings = cJSON_GetObjectItemCaseSensitive(request->params, "settings");
	if (request->lsp->client.asks_configuration)
		lsp_request_settings(request->lsp);
	else if (cJSON_IsObject(settings))
		lsp_apply_settings(request->lsp, settings);
	return NULL;
}

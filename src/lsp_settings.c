/* The editor's settings, on top of the command line. */
#include "lsp.h"

#include "json_tree.h"
#include "file.h"

#include <string.h>

static bool flag(const cJSON *object, const char *key, bool otherwise)
{
	const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, key);
	return cJSON_IsBool(item) ? cJSON_IsTrue(item) : otherwise;
}

/* A path of the settings: relative ones are in the first folder. */
static const char *setting_path(struct lsp *lsp, const char *path)
{
	struct arena *arena = &lsp->settings_arena;
	if (*path == '/' || !lsp->workspace.folder_count)
		return arena_copy(arena, path, strlen(path));
	return arena_printf(arena, "%s/%s", lsp->workspace.folders[0], path);
}

static const char *text_setting(struct lsp *lsp, const cJSON *settings, const char *key, const char *otherwise)
{
	const char *text = json_text(settings, key);
	return text && *text ? arena_copy(&lsp->settings_arena, text, strlen(text)) : otherwise;
}

/* Values of `config`s, `{"env": "prod"}`, as --set has them. */
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
		const char *path = cJSON_IsString(item) ? setting_path(lsp, item->valuestring) : NULL;
		if (!path)
			continue;
		if (!file_read(path, MAX_BYTES, &text)) {
			lsp_show(lsp, 2, arena_printf(arena, "cannot read %s, which the setting sagepipec.config names", path));
			continue;
		}
		list[count++] = (struct config_file){path, arena_copy(arena, text.bytes, text.length), text.length};
		text_free(&text);
	}
	options->config_files = list;
	options->config_file_count = count;
}

static void apply_import_folders(struct lsp *lsp, const cJSON *folders, struct program_options *options)
{
	const cJSON *item;
	size_t count = options->import_folder_count;
	const char **list = arena_array(&lsp->settings_arena, const char *, count + (size_t)cJSON_GetArraySize(folders) + 1);
	for (size_t i = 0; i < count; i++)
		list[i] = options->import_folders[i];
	cJSON_ArrayForEach(item, folders)
		if (cJSON_IsString(item))
			list[count++] = setting_path(lsp, item->valuestring);
	options->import_folders = list;
	options->import_folder_count = count;
}

void lsp_apply_settings(struct lsp *lsp, const cJSON *settings)
{
	const cJSON *inner = cJSON_GetObjectItemCaseSensitive(settings, "sagepipec");
	settings = inner ? inner : settings;
	arena_free(&lsp->settings_arena);
	const struct reader *reader = lsp->workspace.options.reader;
	struct program_options options = lsp->options->program;
	options.reader = reader;
	options.keeps_values = options.may_be_shared = true;
	options.region = text_setting(lsp, settings, "region", options.region);
	options.account = text_setting(lsp, settings, "account", options.account);
	options.assets = text_setting(lsp, settings, "assets", options.assets);
	apply_set(lsp, cJSON_GetObjectItemCaseSensitive(settings, "set"), &options);
	apply_config_files(lsp, cJSON_GetObjectItemCaseSensitive(settings, "config"), &options);
	apply_import_folders(lsp, cJSON_GetObjectItemCaseSensitive(settings, "importFolders"), &options);
	const char *lint = text_setting(lsp, settings, "lintConfig", NULL);
	lsp->workspace.lint_config = lint ? setting_path(lsp, lint) : lsp->options->lint_config;
	lsp->workspace.options = options;
	const cJSON *hints = cJSON_GetObjectItemCaseSensitive(settings, "inlayHints");
	lsp->settings = (struct lsp_settings){
		.hints_types = flag(hints, "types", true),
		.hints_names = flag(hints, "names", true),
		.hints_deferred = flag(hints, "deferred", true),
		.hints_uris = flag(hints, "uris", true),
		.shows_lenses = flag(cJSON_GetObjectItemCaseSensitive(settings, "codeLens"), "enable", true),
	};
	workspace_touch_all(&lsp->workspace);
	lsp_refresh(lsp);
}

void lsp_ask_settings(struct lsp *lsp)
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
		lsp_ask_settings(request->lsp);
	else if (cJSON_IsObject(settings))
		lsp_apply_settings(request->lsp, settings);
	return NULL;
}

/* Document synchronization, and notifications about changed files and folders. */
#include "lsp/lsp_methods.h"

#include "base/json_tree.h"
#include "lsp/lsp_diagnostics.h"
#include "lsp/lsp_places.h"
#include "lsp/lsp_settings.h"
#include "lsp/lsp_tokens.h"

#include <string.h>

static int version_of(const cJSON *item)
{
	const cJSON *version = cJSON_GetObjectItemCaseSensitive(item, "version");
	return cJSON_IsNumber(version) ? version->valueint : 0;
}

cJSON *lsp_did_open(struct lsp_request *request)
{
	const cJSON *item = cJSON_GetObjectItemCaseSensitive(request->params, "textDocument");
	const char *uri = json_text(item, "uri"), *text = json_text(item, "text");
	if (uri && text && strlen(text) <= SOURCE_MAX_BYTES)
		workspace_open(&request->lsp->workspace, uri, version_of(item), text, strlen(text));
	else
		lsp_log(request->lsp, LSP_ERROR, "didOpen without a URI or text, or with one that is too long");
	return NULL;
}

/* Applies an element of `contentChanges`: the new text of a range, or of the whole document. */
static void apply_change(struct lsp_request *request, struct document *document, const cJSON *change)
{
	struct lsp *lsp = request->lsp;
	const char *text = json_text(change, "text");
	const cJSON *range = cJSON_GetObjectItemCaseSensitive(change, "range");
	size_t length = document->text.length, room = length < SOURCE_MAX_BYTES ? SOURCE_MAX_BYTES - length : 0;
	struct span span = {0, (uint32_t)length};
	if (!text || strlen(text) > room) {
		lsp_log(lsp, LSP_ERROR, "didChange without text, or with too much of it");
		return;
	}
	if (range && !lsp_read_range(lsp, text_string(&document->text), length, range, &span)) {
		lsp_log(lsp, LSP_ERROR, "didChange with an invalid range");
		return;
	}
	workspace_edit(&lsp->workspace, document, span, text, strlen(text));
}

cJSON *lsp_did_change(struct lsp_request *request)
{
	const cJSON *change, *item = cJSON_GetObjectItemCaseSensitive(request->params, "textDocument");
	struct document *document = lsp_find_document(request);
	if (!document) {
		lsp_log(request->lsp, LSP_ERROR, request->message);
		return NULL;
	}
	cJSON_ArrayForEach(change, cJSON_GetObjectItemCaseSensitive(request->params, "contentChanges"))
		apply_change(request, document, change);
	document->version = version_of(item);
	for (const struct document *other = request->lsp->workspace.documents; other; other = other->next)
		request->lsp->has_stale_views |= other != document && other->is_due;
	return NULL;
}

cJSON *lsp_did_close(struct lsp_request *request)
{
	struct document *document = lsp_find_document(request);
	if (!document)
		return NULL;
	lsp_clear_diagnostics(request->lsp, document->uri);
	lsp_forget_tokens(request->lsp, document->uri);
	workspace_close(&request->lsp->workspace, document);
	return NULL;
}

cJSON *lsp_did_save(struct lsp_request *request)
{
	struct document *document = lsp_find_document(request);
	if (document)
		workspace_touch(&request->lsp->workspace, document->path);
	return NULL;
}

static void handle_changed_file(struct lsp *lsp, const char *path)
{
	if (lsp_is_settings_file(lsp, path))
		lsp_reapply_settings(lsp);
	else if (strcmp(strrchr(path, '/'), "/.sagepipec.json") == 0 || strcmp(strrchr(path, '/'), "/.sagepipecignore") == 0)
		workspace_touch_all(&lsp->workspace); /* it may apply to any document */
	else
		workspace_touch(&lsp->workspace, path);
}

cJSON *lsp_did_change_watched_files(struct lsp_request *request)
{
	const cJSON *change;
	cJSON_ArrayForEach(change, cJSON_GetObjectItemCaseSensitive(request->params, "changes")) {
		const char *path = lsp_read_uri(request->arena, json_text(change, "uri"));
		if (path)
			handle_changed_file(request->lsp, path);
	}
	lsp_refresh_views(request->lsp);
	return NULL;
}

cJSON *lsp_did_change_folders(struct lsp_request *request)
{
	const cJSON *folder, *event = cJSON_GetObjectItemCaseSensitive(request->params, "event");
	static const char *const lists[] = {"removed", "added"};
	for (int i = 0; i < 2; i++)
		cJSON_ArrayForEach(folder, cJSON_GetObjectItemCaseSensitive(event, lists[i])) {
			const char *path = lsp_read_uri(request->arena, json_text(folder, "uri"));
			if (path)
				(i ? workspace_add_folder : workspace_remove_folder)(&request->lsp->workspace, path);
		}
	return NULL;
}

/* Documents, as the client opens, edits and closes them; files and folders, as they change. */
#include "lsp/lsp.h"

#include "base/json_tree.h"
#include "base/uri.h"

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
		lsp_log(request->lsp, 1, "didOpen without a URI or text, or with one that is too long");
	return NULL;
}

/* One element of `contentChanges`: a range and its new text, or all of the text. */
static void apply_change(struct lsp_request *request, struct document *document, const cJSON *change)
{
	struct lsp *lsp = request->lsp;
	const char *text = json_text(change, "text");
	const cJSON *range = cJSON_GetObjectItemCaseSensitive(change, "range");
	struct span span = {0, (uint32_t)document->text.length};
	if (!text || strlen(text) > SOURCE_MAX_BYTES - (document->text.length < SOURCE_MAX_BYTES ? document->text.length : SOURCE_MAX_BYTES)) {
		lsp_log(lsp, 1, "didChange without text, or with too much of it");
		return;
	}
	if (range && !lsp_span(lsp, text_string(&document->text), document->text.length, range, &span)) {
		lsp_log(lsp, 1, "didChange with a range that is none");
		return;
	}
	workspace_edit(&lsp->workspace, document, span, text, strlen(text));
}

cJSON *lsp_did_change(struct lsp_request *request)
{
	const cJSON *change, *item = cJSON_GetObjectItemCaseSensitive(request->params, "textDocument");
	struct document *document = lsp_document(request);
	if (!document) {
		lsp_log(request->lsp, 1, request->message);
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
	struct document *document = lsp_document(request);
	if (!document)
		return NULL;
	lsp_clear_diagnostics(request->lsp, document->uri);
	lsp_forget_tokens(request->lsp, document->uri);
	workspace_close(&request->lsp->workspace, document);
	return NULL;
}

cJSON *lsp_did_save(struct lsp_request *request)
{
	struct document *document = lsp_document(request);
	if (document)
		workspace_touch(&request->lsp->workspace, document->path);
	return NULL;
}

void lsp_refresh(struct lsp *lsp)
{
	const struct lsp_client *client = &lsp->client;
	const struct {
		bool is_wanted;
		const char *method;
	} views[] = {
		{client->pulls_diagnostics && client->refreshes_diagnostics, "workspace/diagnostic/refresh"},
		{client->refreshes_tokens, "workspace/semanticTokens/refresh"},
		{client->refreshes_hints, "workspace/inlayHint/refresh"},
		{client->refreshes_lenses, "workspace/codeLens/refresh"},
	};
	for (size_t i = 0; i < sizeof views / sizeof *views && lsp->workspace.documents; i++)
		if (views[i].is_wanted)
			lsp_request_client(lsp, views[i].method, NULL);
}

cJSON *lsp_did_change_watched_files(struct lsp_request *request)
{
	const cJSON *change;
	struct workspace *workspace = &request->lsp->workspace;
	cJSON_ArrayForEach(change, cJSON_GetObjectItemCaseSensitive(request->params, "changes")) {
		const char *uri = json_text(change, "uri");
		struct text path = {0};
		if (!uri || !uri_to_path(&path, uri))
			continue;
		const char *name = strrchr(path.bytes, '/');
		if (lsp_is_setting_file(request->lsp, path.bytes))
			lsp_reread_settings(request->lsp);
		else if (strcmp(name, "/.sagepipec.json") == 0)
			workspace_touch_all(workspace); /* it may be the nearest one of any document */
		else
			workspace_touch(workspace, path.bytes);
		text_free(&path);
	}
	lsp_refresh(request->lsp);
	return NULL;
}

cJSON *lsp_did_change_folders(struct lsp_request *request)
{
	const cJSON *folder, *event = cJSON_GetObjectItemCaseSensitive(request->params, "event");
	static const char *const lists[] = {"removed", "added"};
	for (int i = 0; i < 2; i++)
		cJSON_ArrayForEach(folder, cJSON_GetObjectItemCaseSensitive(event, lists[i])) {
			const char *uri = json_text(folder, "uri");
			struct text path = {0};
			if (uri && uri_to_path(&path, uri))
				(i ? workspace_add_folder : workspace_remove_folder)(&request->lsp->workspace, path.bytes);
			text_free(&path);
		}
	return NULL;
}

/* The main loop, the dispatch of messages to methods, and the methods of the lifecycle. */
#include "lsp/lsp.h"

#include "base/json_tree.h"
#include "base/uri.h"
#include "ide/library.h"
#include "lsp/lsp_diagnostics.h"
#include "lsp/lsp_lenses.h"
#include "lsp/lsp_methods.h"
#include "lsp/lsp_places.h"
#include "lsp/lsp_settings.h"
#include "lsp/lsp_tokens.h"

#include <assert.h>
#include <string.h>

/* --- the lifecycle --- */

/* The value at a dotted path of the client's capabilities, or NULL. */
static const cJSON *find_capability(const cJSON *capabilities, const char *path)
{
	char key[64];
	while (capabilities && *path) {
		size_t length = strcspn(path, ".");
		assert(length < sizeof key);
		memcpy(key, path, length);
		key[length] = '\0';
		capabilities = cJSON_GetObjectItemCaseSensitive(capabilities, key);
		path += length + (path[length] == '.');
	}
	return capabilities;
}

/* Whether the client has a capability: it is true, or an object or list with details. */
static bool supports(const cJSON *capabilities, const char *path)
{
	const cJSON *capability = find_capability(capabilities, path);
	return capability && !cJSON_IsFalse(capability) && !cJSON_IsNull(capability);
}

static bool has_string(const cJSON *list, const char *string)
{
	const cJSON *item;
	cJSON_ArrayForEach(item, list)
		if (cJSON_IsString(item) && strcmp(item->valuestring, string) == 0)
			return true;
	return false;
}

static void read_client_capabilities(struct lsp *lsp, const cJSON *capabilities)
{
	static const struct {
		size_t offset;
		const char *path;
	} flags[] = {
#define FLAG(member, path) {offsetof(struct lsp_client, member), path}
		FLAG(pulls_diagnostics, "textDocument.diagnostic"),
		FLAG(refreshes_diagnostics, "workspace.diagnostics.refreshSupport"),
		FLAG(asks_configuration, "workspace.configuration"),
		FLAG(registers_watchers, "workspace.didChangeWatchedFiles.dynamicRegistration"),
		FLAG(takes_snippets, "textDocument.completion.completionItem.snippetSupport"),
		FLAG(takes_label_offsets, "textDocument.signatureHelp.signatureInformation.parameterInformation.labelOffsetSupport"),
		FLAG(takes_document_changes, "workspace.workspaceEdit.documentChanges"),
		FLAG(takes_hierarchical_symbols, "textDocument.documentSymbol.hierarchicalDocumentSymbolSupport"),
		FLAG(takes_resource_operations, "workspace.workspaceEdit.resourceOperations"),
		FLAG(links_definitions, "textDocument.definition.linkSupport"),
		FLAG(links_declarations, "textDocument.declaration.linkSupport"),
		FLAG(links_types, "textDocument.typeDefinition.linkSupport"),
		FLAG(refreshes_tokens, "workspace.semanticTokens.refreshSupport"),
		FLAG(refreshes_hints, "workspace.inlayHint.refreshSupport"),
		FLAG(refreshes_lenses, "workspace.codeLens.refreshSupport"),
		FLAG(takes_token_deltas, "textDocument.semanticTokens.requests.full.delta"),
		FLAG(folds_lines, "textDocument.foldingRange.lineFoldingOnly"),
#undef FLAG
	};
	for (size_t i = 0; i < sizeof flags / sizeof *flags; i++)
		*(bool *)((char *)&lsp->client + flags[i].offset) = supports(capabilities, flags[i].path);
	const cJSON *hover = find_capability(capabilities, "textDocument.hover.contentFormat");
	const cJSON *completion = find_capability(capabilities, "textDocument.completion.completionItem.documentationFormat");
	lsp->client.reads_markdown_hover = has_string(hover, "markdown");
	lsp->client.completes_markdown = has_string(completion, "markdown");
	lsp->encoding = has_string(find_capability(capabilities, "general.positionEncodings"), "utf-8") ? LSP_UTF8 : LSP_UTF16;
}

static void add_folder(struct lsp *lsp, const char *uri)
{
	struct arena arena = {0};
	const char *path = lsp_read_uri(&arena, uri);
	if (path)
		workspace_add_folder(&lsp->workspace, path);
	arena_free(&arena);
}

static void read_folders(struct lsp *lsp, const cJSON *params)
{
	const cJSON *folder, *folders = cJSON_GetObjectItemCaseSensitive(params, "workspaceFolders");
	cJSON_ArrayForEach(folder, folders)
		add_folder(lsp, json_text(folder, "uri"));
	if (!cJSON_IsArray(folders))
		add_folder(lsp, json_text(params, "rootUri"));
}

/* Finds doc/diagnostics.md, which diagnostics link to. */
static void find_diagnostics_page(struct lsp *lsp)
{
	const char *path = library_path(&lsp->arena, lsp->cache_folder, "doc/diagnostics.md");
	struct text uri = {0};
	if (path)
		uri_from_path(&uri, path);
	lsp->reference_uri = path ? arena_copy(&lsp->arena, uri.bytes, uri.length) : NULL;
	text_free(&uri);
}

static cJSON *initialize(struct lsp_request *request)
{
	struct lsp *lsp = request->lsp;
	const cJSON *process = cJSON_GetObjectItemCaseSensitive(request->params, "processId");
	if (lsp->is_initialized)
		return lsp_fail(request, LSP_INVALID_REQUEST, "the server is initialized already");
	lsp->is_initialized = true;
	lsp->client_process = cJSON_IsNumber(process) ? (long)process->valuedouble : 0;
	read_client_capabilities(lsp, cJSON_GetObjectItemCaseSensitive(request->params, "capabilities"));
	read_folders(lsp, request->params);
	lsp_apply_settings(lsp, cJSON_GetObjectItemCaseSensitive(request->params, "initializationOptions"));
	find_diagnostics_page(lsp);
	cJSON *result = cJSON_CreateObject(), *info;
	cJSON_AddItemToObject(result, "capabilities", lsp_make_capabilities(lsp));
	info = cJSON_AddObjectToObject(result, "serverInfo");
	cJSON_AddStringToObject(info, "name", "sagepipec");
	cJSON_AddStringToObject(info, "version", PACKAGE_VERSION);
	return result;
}

/* Asks the client to report changes of all files: programs depend on files that are not open, such as imports and scripts. */
static void watch_files(struct lsp *lsp)
{
	static const char registration[] =
		"{\"registrations\":[{\"id\":\"files\",\"method\":\"workspace/didChangeWatchedFiles\","
		"\"registerOptions\":{\"watchers\":[{\"globPattern\":\"**/*\"}]}}]}";
	if (lsp->client.registers_watchers)
		lsp_request_client(lsp, "client/registerCapability", cJSON_Parse(registration));
}

static cJSON *initialized(struct lsp_request *request)
{
	watch_files(request->lsp);
	lsp_request_settings(request->lsp);
	return NULL;
}

static cJSON *shut_down(struct lsp_request *request)
{
	request->lsp->is_shut_down = true;
	return NULL;
}

static cJSON *exit_loop(struct lsp_request *request)
{
	request->lsp->has_exited = true;
	return NULL;
}

static cJSON *ignore(struct lsp_request *request)
{
	(void)request;
	return NULL;
}

static const struct lsp_method lifecycle[] = {
	{"initialize", initialize, NULL}, {"initialized", initialized, NULL}, {"shutdown", shut_down, NULL},
	{"exit", exit_loop, NULL},        {"$/setTrace", ignore, NULL},
};

/* --- dispatch --- */

static const struct lsp_method *find_method(const struct lsp *lsp, const char *name, enum lsp_code *code)
{
	*code = LSP_METHOD_NOT_FOUND;
	for (size_t i = 0; i < sizeof lifecycle / sizeof *lifecycle; i++)
		if (strcmp(lifecycle[i].name, name) == 0 &&
		    (lsp->is_initialized || lifecycle[i].answer == initialize || lifecycle[i].answer == exit_loop))
			return &lifecycle[i];
	if (!lsp->is_initialized)
		*code = LSP_NOT_INITIALIZED;
	return lsp->is_initialized ? lsp_find_method(name) : NULL;
}

static const char *not_found_message(enum lsp_code code)
{
	return code == LSP_NOT_INITIALIZED ? "the server is not initialized" : "there is no such method";
}

/* Handles a reply to one of the server's own requests. */
static void take_reply(struct lsp *lsp, const cJSON *json)
{
	static const char configuration[] = "workspace/configuration ";
	const char *id = json_text(json, "id");
	const cJSON *result = cJSON_GetObjectItemCaseSensitive(json, "result");
	if (id && strncmp(id, configuration, sizeof configuration - 1) == 0 && cJSON_IsArray(result))
		lsp_apply_settings(lsp, cJSON_GetArrayItem(result, 0));
}

/* Answers the first message of the queue. It stays in the queue meanwhile, so that it can be cancelled. */
static void answer_message(struct lsp *lsp, const struct lsp_message *message)
{
	struct arena arena = {0};
	struct lsp_request request = {.lsp = lsp, .arena = &arena};
	const char *name = json_text(message->json, "method");
	request.id = cJSON_GetObjectItemCaseSensitive(message->json, "id");
	request.params = cJSON_GetObjectItemCaseSensitive(message->json, "params");
	cJSON *result = NULL;
	enum lsp_code code;
	if (!name && request.id && !cJSON_GetObjectItemCaseSensitive(message->json, "method")) {
		take_reply(lsp, message->json);
		return;
	}
	const struct lsp_method *method = name ? find_method(lsp, name, &code) : NULL;
	if (!name)
		lsp_fail(&request, LSP_INVALID_REQUEST, "a message has no method");
	else if (message->is_cancelled)
		lsp_fail(&request, LSP_REQUEST_CANCELLED, "cancelled");
	else if (lsp->is_shut_down && strcmp(name, "exit") != 0)
		lsp_fail(&request, LSP_INVALID_REQUEST, "the server is shut down");
	else if (!method)
		lsp_fail(&request, code, not_found_message(code));
	else
		result = method->answer(&request);
	if (request.id && request.message)
		lsp_reply_error(lsp, request.id, request.code, request.message);
	else if (request.id)
		lsp_reply(lsp, request.id, result);
	if (request.message || !request.id)
		cJSON_Delete(result);
	arena_free(&arena);
}

/* --- the loop --- */

enum status lsp_serve(const struct lsp_options *options, const char *cache_folder, int in, int out)
{
	struct lsp lsp = {.options = options, .cache_folder = cache_folder, .in = in, .out = out};
	lsp.queue_end = &lsp.queue;
	workspace_init(&lsp.workspace, &options->program);
	lsp_apply_settings(&lsp, NULL);
	while (!lsp.has_exited && !lsp.is_output_closed) {
		if (!lsp.is_input_closed)
			lsp_receive(&lsp, 0);
		if (lsp.queue) {
			answer_message(&lsp, lsp.queue);
			lsp_drop_message(&lsp);
		} else if (lsp.is_input_closed) {
			break;
		} else if (!lsp_send_due_update(&lsp)) {
			lsp_receive(&lsp, -1);
		}
	}
	while (lsp.queue)
		lsp_drop_message(&lsp);
	lsp_forget_all_tokens(&lsp);
	lsp_free_reference_index(&lsp);
	rpc_free(&lsp.rpc);
	workspace_free(&lsp.workspace);
	arena_free(&lsp.settings_arena);
	cJSON_Delete(lsp.editor_settings);
	arena_free(&lsp.arena);
	return lsp.is_shut_down ? STATUS_DONE : STATUS_PROGRAM;
}

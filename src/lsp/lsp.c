/* The loop of the server: messages in, answers out, and what it is told at the beginning and the end. */
#include "lsp/lsp.h"

#include "base/json_tree.h"
#include "base/uri.h"
#include "ide/library.h"

#include <assert.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* --- out --- */

static void send_message(struct lsp *lsp, cJSON *message)
{
	struct text content = {0}, framed = {0};
	cJSON_AddStringToObject(message, "jsonrpc", "2.0");
	json_put_tree(&content, message);
	cJSON_Delete(message);
	rpc_put(&framed, content.bytes, content.length);
	for (size_t at = 0; at < framed.length && !lsp->is_unheard;) {
		ssize_t put = write(lsp->out, framed.bytes + at, framed.length - at);
		if (put > 0)
			at += (size_t)put;
		else if (put < 0 && errno != EINTR)
			lsp->is_unheard = lsp->is_at_end = true;
	}
	text_free(&content);
	text_free(&framed);
}

void lsp_notify(struct lsp *lsp, const char *method, cJSON *params)
{
	cJSON *message = cJSON_CreateObject();
	cJSON_AddStringToObject(message, "method", method);
	cJSON_AddItemToObject(message, "params", params);
	send_message(lsp, message);
}

/* The id tells what a reply is about: it is the method, and a number. */
void lsp_request_client(struct lsp *lsp, const char *method, cJSON *params)
{
	struct text id = {0};
	text_printf(&id, "%s %llu", method, (unsigned long long)++lsp->next_id);
	cJSON *message = cJSON_CreateObject();
	cJSON_AddStringToObject(message, "id", id.bytes);
	cJSON_AddStringToObject(message, "method", method);
	if (params)
		cJSON_AddItemToObject(message, "params", params);
	send_message(lsp, message);
	text_free(&id);
}

static void send_line(struct lsp *lsp, const char *method, int type, const char *line)
{
	cJSON *params = cJSON_CreateObject();
	cJSON_AddNumberToObject(params, "type", type);
	cJSON_AddStringToObject(params, "message", line);
	lsp_notify(lsp, method, params);
}

void lsp_show(struct lsp *lsp, int type, const char *message)
{
	send_line(lsp, "window/showMessage", type, message);
}

void lsp_log(struct lsp *lsp, int type, const char *message)
{
	send_line(lsp, "window/logMessage", type, message);
}

cJSON *lsp_fail(struct lsp_request *request, enum lsp_code code, const char *message)
{
	request->code = code;
	request->message = message;
	return NULL;
}

static void reply_error(struct lsp *lsp, const cJSON *id, enum lsp_code code, const char *why)
{
	cJSON *message = cJSON_CreateObject(), *error = cJSON_AddObjectToObject(message, "error");
	cJSON_AddNumberToObject(error, "code", code);
	cJSON_AddStringToObject(error, "message", why);
	cJSON_AddItemToObject(message, "id", id ? cJSON_Duplicate(id, true) : cJSON_CreateNull());
	send_message(lsp, message);
}

static void reply_result(struct lsp *lsp, const cJSON *id, cJSON *result)
{
	cJSON *message = cJSON_CreateObject();
	cJSON_AddItemToObject(message, "id", cJSON_Duplicate(id, true));
	cJSON_AddItemToObject(message, "result", result ? result : cJSON_CreateNull());
	send_message(lsp, message);
}

/* --- progress --- */

static void send_progress(struct lsp_request *request, cJSON *value)
{
	const cJSON *token = cJSON_GetObjectItemCaseSensitive(request->params, "workDoneToken");
	if (!token) {
		cJSON_Delete(value);
		return;
	}
	cJSON *params = cJSON_CreateObject();
	cJSON_AddItemToObject(params, "token", cJSON_Duplicate(token, true));
	cJSON_AddItemToObject(params, "value", value);
	lsp_notify(request->lsp, "$/progress", params);
}

void lsp_begin(struct lsp_request *request, const char *title)
{
	cJSON *value = cJSON_CreateObject();
	cJSON_AddStringToObject(value, "kind", "begin");
	cJSON_AddStringToObject(value, "title", title);
	cJSON_AddBoolToObject(value, "cancellable", true);
	cJSON_AddNumberToObject(value, "percentage", 0);
	send_progress(request, value);
}

void lsp_progress(struct lsp_request *request, const char *message, unsigned percentage)
{
	cJSON *value = cJSON_CreateObject();
	cJSON_AddStringToObject(value, "kind", "report");
	cJSON_AddStringToObject(value, "message", message);
	cJSON_AddNumberToObject(value, "percentage", percentage);
	send_progress(request, value);
}

void lsp_end(struct lsp_request *request)
{
	cJSON *value = cJSON_CreateObject();
	cJSON_AddStringToObject(value, "kind", "end");
	send_progress(request, value);
}

/* --- the beginning and the end --- */

/* The value at a path of the client's capabilities, or NULL. */
static const cJSON *find_ability(const cJSON *capabilities, const char *path)
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

/* Whether there is one that says yes: true, or what it is that the client can. */
static bool can(const cJSON *capabilities, const char *path)
{
	const cJSON *ability = find_ability(capabilities, path);
	return ability && !cJSON_IsFalse(ability) && !cJSON_IsNull(ability);
}

static bool has_text(const cJSON *list, const char *text)
{
	const cJSON *item;
	cJSON_ArrayForEach(item, list)
		if (cJSON_IsString(item) && strcmp(item->valuestring, text) == 0)
			return true;
	return false;
}

static void read_client(struct lsp *lsp, const cJSON *capabilities)
{
	static const struct {
		size_t offset;
		const char *path;
	} wanted[] = {
#define CAN(member, path) {offsetof(struct lsp_client, member), path}
		CAN(pulls_diagnostics, "textDocument.diagnostic"),
		CAN(refreshes_diagnostics, "workspace.diagnostics.refreshSupport"),
		CAN(asks_configuration, "workspace.configuration"),
		CAN(registers_watchers, "workspace.didChangeWatchedFiles.dynamicRegistration"),
		CAN(shows_progress, "window.workDoneProgress"),
		CAN(applies_edits, "workspace.applyEdit"),
		CAN(takes_snippets, "textDocument.completion.completionItem.snippetSupport"),
		CAN(takes_label_offsets, "textDocument.signatureHelp.signatureInformation.parameterInformation.labelOffsetSupport"),
		CAN(takes_document_changes, "workspace.workspaceEdit.documentChanges"),
		CAN(takes_hierarchical_symbols, "textDocument.documentSymbol.hierarchicalDocumentSymbolSupport"),
		CAN(takes_resource_operations, "workspace.workspaceEdit.resourceOperations"),
		CAN(links_definitions, "textDocument.definition.linkSupport"),
		CAN(links_declarations, "textDocument.declaration.linkSupport"),
		CAN(links_types, "textDocument.typeDefinition.linkSupport"),
		CAN(refreshes_tokens, "workspace.semanticTokens.refreshSupport"),
		CAN(refreshes_hints, "workspace.inlayHint.refreshSupport"),
		CAN(refreshes_lenses, "workspace.codeLens.refreshSupport"),
		CAN(takes_token_deltas, "textDocument.semanticTokens.requests.full.delta"),
		CAN(folds_lines, "textDocument.foldingRange.lineFoldingOnly"),
#undef CAN
	};
	for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
		*(bool *)((char *)&lsp->client + wanted[i].offset) = can(capabilities, wanted[i].path);
	const cJSON *hover = find_ability(capabilities, "textDocument.hover.contentFormat");
	const cJSON *completion = find_ability(capabilities, "textDocument.completion.completionItem.documentationFormat");
	lsp->client.reads_markdown_hover = has_text(hover, "markdown");
	lsp->client.completes_markdown = has_text(completion, "markdown");
	lsp->encoding = has_text(find_ability(capabilities, "general.positionEncodings"), "utf-8") ? LSP_UTF8 : LSP_UTF16;
}

static void add_folder(struct lsp *lsp, const char *uri)
{
	struct text path = {0};
	if (uri && uri_to_path(&path, uri))
		workspace_add_folder(&lsp->workspace, path.bytes);
	text_free(&path);
}

static void read_folders(struct lsp *lsp, const cJSON *params)
{
	const cJSON *folder, *folders = cJSON_GetObjectItemCaseSensitive(params, "workspaceFolders");
	cJSON_ArrayForEach(folder, folders)
		add_folder(lsp, json_text(folder, "uri"));
	if (!cJSON_IsArray(folders))
		add_folder(lsp, json_text(params, "rootUri"));
}

static void find_reference(struct lsp *lsp)
{
	const char *path = library_path(&lsp->arena, lsp->cache_folder, "doc/diagnostics.md");
	struct text uri = {0};
	if (path)
		uri_from_path(&uri, path);
	lsp->reference = path ? arena_copy(&lsp->arena, uri.bytes, uri.length) : NULL;
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
	read_client(lsp, cJSON_GetObjectItemCaseSensitive(request->params, "capabilities"));
	read_folders(lsp, request->params);
	lsp_apply_settings(lsp, cJSON_GetObjectItemCaseSensitive(request->params, "initializationOptions"));
	find_reference(lsp);
	cJSON *result = cJSON_CreateObject(), *info;
	cJSON_AddItemToObject(result, "capabilities", lsp_capabilities(lsp));
	info = cJSON_AddObjectToObject(result, "serverInfo");
	cJSON_AddStringToObject(info, "name", "sagepipec");
	cJSON_AddStringToObject(info, "version", PACKAGE_VERSION);
	return result;
}

/* Programs depend on files that are not open: imports, scripts, the configuration of lint. */
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
	lsp_ask_settings(request->lsp);
	return NULL;
}

static cJSON *shut_down(struct lsp_request *request)
{
	request->lsp->is_shut_down = true;
	return NULL;
}

static cJSON *exit_now(struct lsp_request *request)
{
	request->lsp->has_exited = true;
	return NULL;
}

static cJSON *pass_over(struct lsp_request *request)
{
	(void)request;
	return NULL;
}

static const struct lsp_method lifecycle[] = {
	{"initialize", initialize, NULL}, {"initialized", initialized, NULL}, {"shutdown", shut_down, NULL},
	{"exit", exit_now, NULL},         {"$/setTrace", pass_over, NULL},
};

/* --- in --- */

static bool is_same_id(const cJSON *a, const cJSON *b)
{
	return a && b && cJSON_Compare(a, b, true);
}

/* `$/cancelRequest`, when it arrives and not in its turn: it concerns what is before it. */
static void cancel(struct lsp *lsp, const cJSON *json)
{
	const cJSON *id = cJSON_GetObjectItemCaseSensitive(cJSON_GetObjectItemCaseSensitive(json, "params"), "id");
	for (struct lsp_message *message = lsp->first; message; message = message->next)
		if (is_same_id(cJSON_GetObjectItemCaseSensitive(message->json, "id"), id))
			message->is_cancelled = true;
}

/* Puts a message into the queue, unless it is answered at once. */
static void take_message(struct lsp *lsp, const struct text *content)
{
	cJSON *json = cJSON_ParseWithLength(text_string(content), content->length);
	const char *method = json ? json_text(json, "method") : NULL;
	if (!json) {
		reply_error(lsp, NULL, LSP_PARSE_ERROR, "a message is not JSON");
	} else if (!cJSON_IsObject(json)) {
		reply_error(lsp, NULL, LSP_INVALID_REQUEST, "a message is an object");
		cJSON_Delete(json);
	} else if (method && strcmp(method, "$/cancelRequest") == 0) {
		cancel(lsp, json);
		cJSON_Delete(json);
	} else {
		struct lsp_message *message = calloc(1, sizeof *message);
		if (!message)
			arena_exhausted();
		message->json = json;
		*lsp->last = message;
		lsp->last = &message->next;
	}
}

static bool has_client_gone(const struct lsp *lsp)
{
	return lsp->client_process > 0 && kill((pid_t)lsp->client_process, 0) != 0 && errno == ESRCH;
}

/* Takes what has arrived, waiting for it up to `milliseconds`, or for ever for -1. */
static void receive(struct lsp *lsp, int milliseconds)
{
	char bytes[64 * 1024];
	struct text content = {0};
	enum { LOOK_AFTER_CLIENT = 3000 };
	struct pollfd in = {.fd = lsp->in, .events = POLLIN};
	int ready = poll(&in, 1, milliseconds < 0 ? LOOK_AFTER_CLIENT : milliseconds);
	if (ready == 0 && milliseconds < 0 && has_client_gone(lsp))
		lsp->is_at_end = true;
	ssize_t got = ready > 0 ? read(lsp->in, bytes, sizeof bytes) : -1;
	if (got > 0)
		rpc_feed(&lsp->rpc, bytes, (size_t)got);
	else if (got == 0 || (ready > 0 && errno != EINTR))
		lsp->is_at_end = true;
	while (rpc_next(&lsp->rpc, &content)) {
		take_message(lsp, &content);
		content.length = 0;
	}
	text_free(&content);
	if (lsp->rpc.failure) {
		reply_error(lsp, NULL, LSP_PARSE_ERROR, lsp->rpc.failure);
		lsp->is_at_end = true;
	}
}

bool lsp_is_cancelled(struct lsp_request *request)
{
	if (!request->lsp->is_at_end)
		receive(request->lsp, 0);
	if (!request->lsp->first->is_cancelled)
		return false;
	lsp_fail(request, LSP_REQUEST_CANCELLED, "cancelled");
	return true;
}

/* --- one message --- */

static const struct lsp_method *find_method(const struct lsp *lsp, const char *name, enum lsp_code *code)
{
	*code = LSP_METHOD_NOT_FOUND;
	for (size_t i = 0; i < sizeof lifecycle / sizeof *lifecycle; i++)
		if (strcmp(lifecycle[i].name, name) == 0 &&
		    (lsp->is_initialized || lifecycle[i].answer == initialize || lifecycle[i].answer == exit_now))
			return &lifecycle[i];
	if (!lsp->is_initialized)
		*code = LSP_NOT_INITIALIZED;
	return lsp->is_initialized ? lsp_find_method(name) : NULL;
}

static const char *reason_of(enum lsp_code code)
{
	return code == LSP_NOT_INITIALIZED ? "the server is not initialized" : "there is no such method";
}

/* A reply to a request of ours. */
static void take_reply(struct lsp *lsp, const cJSON *json)
{
	static const char configuration[] = "workspace/configuration ";
	const char *id = json_text(json, "id");
	const cJSON *result = cJSON_GetObjectItemCaseSensitive(json, "result");
	if (id && strncmp(id, configuration, sizeof configuration - 1) == 0 && cJSON_IsArray(result))
		lsp_apply_settings(lsp, cJSON_GetArrayItem(result, 0));
}

/* The message at the head of the queue, which stays there while it is being answered. */
static void handle(struct lsp *lsp, const struct lsp_message *message)
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
		lsp_fail(&request, code, reason_of(code));
	else
		result = method->answer(&request);
	if (request.id && request.message)
		reply_error(lsp, request.id, request.code, request.message);
	else if (request.id)
		reply_result(lsp, request.id, result);
	if (request.message || !request.id)
		cJSON_Delete(result);
	arena_free(&arena);
}

static void drop_first(struct lsp *lsp)
{
	struct lsp_message *message = lsp->first;
	lsp->first = message->next;
	if (!lsp->first)
		lsp->last = &lsp->first;
	cJSON_Delete(message->json);
	free(message);
}

enum status lsp_serve(const struct lsp_options *options, const char *cache_folder, int in, int out)
{
	struct lsp lsp = {.options = options, .cache_folder = cache_folder, .in = in, .out = out};
	lsp.last = &lsp.first;
	workspace_init(&lsp.workspace, &options->program);
	lsp_apply_settings(&lsp, NULL);
	while (!lsp.has_exited && !lsp.is_unheard) {
		if (!lsp.is_at_end)
			receive(&lsp, 0);
		if (lsp.first) {
			handle(&lsp, lsp.first);
			drop_first(&lsp);
		} else if (lsp.is_at_end) {
			break;
		} else if (!lsp_tell_due(&lsp)) {
			receive(&lsp, -1);
		}
	}
	while (lsp.first)
		drop_first(&lsp);
	lsp_forget_all_tokens(&lsp);
	lsp_free_index(&lsp);
	rpc_free(&lsp.rpc);
	workspace_free(&lsp.workspace);
	arena_free(&lsp.settings_arena);
	cJSON_Delete(lsp.told_settings);
	arena_free(&lsp.arena);
	return lsp.is_shut_down ? STATUS_DONE : STATUS_PROGRAM;
}

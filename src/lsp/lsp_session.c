#include "lsp/lsp_session.h"

#include "base/json_tree.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* --- sending --- */

/* Sends a message and deletes it. */
static void send_message(struct lsp *lsp, cJSON *message)
{
	struct text content = {0}, framed = {0};
	cJSON_AddStringToObject(message, "jsonrpc", "2.0");
	json_put_tree(&content, message);
	cJSON_Delete(message);
	rpc_put(&framed, content.bytes, content.length);
	for (size_t at = 0; at < framed.length && !lsp->is_output_closed;) {
		ssize_t written = write(lsp->out, framed.bytes + at, framed.length - at);
		if (written > 0)
			at += (size_t)written;
		else if (written < 0 && errno != EINTR)
			lsp->is_output_closed = lsp->is_input_closed = true;
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

/* The ID is the method and a number: a reply has no method, so take_reply (lsp.c) reads it from the ID. */
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

static void send_user_message(struct lsp *lsp, const char *method, enum lsp_message_type type, const char *message)
{
	cJSON *params = cJSON_CreateObject();
	cJSON_AddNumberToObject(params, "type", type);
	cJSON_AddStringToObject(params, "message", message);
	lsp_notify(lsp, method, params);
}

void lsp_show(struct lsp *lsp, enum lsp_message_type type, const char *message)
{
	send_user_message(lsp, "window/showMessage", type, message);
}

void lsp_log(struct lsp *lsp, enum lsp_message_type type, const char *message)
{
	send_user_message(lsp, "window/logMessage", type, message);
}

cJSON *lsp_fail(struct lsp_request *request, enum lsp_code code, const char *message)
{
	request->code = code;
	request->message = message;
	return NULL;
}

void lsp_reply(struct lsp *lsp, const cJSON *id, cJSON *result)
{
	cJSON *reply = cJSON_CreateObject();
	cJSON_AddItemToObject(reply, "id", cJSON_Duplicate(id, true));
	cJSON_AddItemToObject(reply, "result", result ? result : cJSON_CreateNull());
	send_message(lsp, reply);
}

void lsp_reply_error(struct lsp *lsp, const cJSON *id, enum lsp_code code, const char *message)
{
	cJSON *reply = cJSON_CreateObject(), *error = cJSON_AddObjectToObject(reply, "error");
	cJSON_AddNumberToObject(error, "code", code);
	cJSON_AddStringToObject(error, "message", message);
	cJSON_AddItemToObject(reply, "id", id ? cJSON_Duplicate(id, true) : cJSON_CreateNull());
	send_message(lsp, reply);
}

void lsp_refresh_views(struct lsp *lsp)
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

void lsp_begin_progress(struct lsp_request *request, const char *title)
{
	cJSON *value = cJSON_CreateObject();
	cJSON_AddStringToObject(value, "kind", "begin");
	cJSON_AddStringToObject(value, "title", title);
	cJSON_AddBoolToObject(value, "cancellable", true);
	cJSON_AddNumberToObject(value, "percentage", 0);
	send_progress(request, value);
}

void lsp_report_progress(struct lsp_request *request, const char *message, unsigned percentage)
{
	cJSON *value = cJSON_CreateObject();
	cJSON_AddStringToObject(value, "kind", "report");
	cJSON_AddStringToObject(value, "message", message);
	cJSON_AddNumberToObject(value, "percentage", percentage);
	send_progress(request, value);
}

void lsp_end_progress(struct lsp_request *request)
{
	cJSON *value = cJSON_CreateObject();
	cJSON_AddStringToObject(value, "kind", "end");
	send_progress(request, value);
}

/* --- receiving --- */

static bool is_same_id(const cJSON *a, const cJSON *b)
{
	return a && b && cJSON_Compare(a, b, true);
}

/* Handles `$/cancelRequest` as soon as it arrives, while the request to cancel is in the queue. */
static void cancel(struct lsp *lsp, const cJSON *json)
{
	const cJSON *id = cJSON_GetObjectItemCaseSensitive(cJSON_GetObjectItemCaseSensitive(json, "params"), "id");
	for (struct lsp_message *message = lsp->queue; message; message = message->next)
		if (is_same_id(cJSON_GetObjectItemCaseSensitive(message->json, "id"), id))
			message->is_cancelled = true;
}

static void add_to_queue(struct lsp *lsp, cJSON *json)
{
	struct lsp_message *message = calloc(1, sizeof *message);
	if (!message)
		arena_exhausted();
	message->json = json;
	*lsp->queue_end = message;
	lsp->queue_end = &message->next;
}

/* Puts a message into the queue, unless it is invalid or a cancellation. */
static void take_message(struct lsp *lsp, const struct text *content)
{
	cJSON *json = cJSON_ParseWithLength(text_string(content), content->length);
	const char *method = json ? json_text(json, "method") : NULL;
	if (!json) {
		lsp_reply_error(lsp, NULL, LSP_PARSE_ERROR, "a message is not JSON");
	} else if (!cJSON_IsObject(json)) {
		lsp_reply_error(lsp, NULL, LSP_INVALID_REQUEST, "a message must be an object");
		cJSON_Delete(json);
	} else if (method && strcmp(method, "$/cancelRequest") == 0) {
		cancel(lsp, json);
		cJSON_Delete(json);
	} else {
		add_to_queue(lsp, json);
	}
}

void lsp_drop_message(struct lsp *lsp)
{
	struct lsp_message *message = lsp->queue;
	lsp->queue = message->next;
	if (!lsp->queue)
		lsp->queue_end = &lsp->queue;
	cJSON_Delete(message->json);
	free(message);
}

static bool has_client_exited(const struct lsp *lsp)
{
	return lsp->client_process > 0 && kill((pid_t)lsp->client_process, 0) != 0 && errno == ESRCH;
}

void lsp_receive(struct lsp *lsp, int milliseconds)
{
	char bytes[64 * 1024];
	struct text content = {0};
	enum { CLIENT_CHECK_INTERVAL = 3000 };
	struct pollfd in = {.fd = lsp->in, .events = POLLIN};
	int ready = poll(&in, 1, milliseconds < 0 ? CLIENT_CHECK_INTERVAL : milliseconds);
	if (ready == 0 && milliseconds < 0 && has_client_exited(lsp))
		lsp->is_input_closed = true;
	ssize_t count = ready > 0 ? read(lsp->in, bytes, sizeof bytes) : -1;
	if (count > 0)
		rpc_feed(&lsp->rpc, bytes, (size_t)count);
	else if (count == 0 || (ready > 0 && errno != EINTR))
		lsp->is_input_closed = true;
	while (rpc_next(&lsp->rpc, &content)) {
		take_message(lsp, &content);
		content.length = 0;
	}
	text_free(&content);
	if (lsp->rpc.failure) {
		lsp_reply_error(lsp, NULL, LSP_PARSE_ERROR, lsp->rpc.failure);
		lsp->is_input_closed = true;
	}
}

bool lsp_is_cancelled(struct lsp_request *request)
{
	if (!request->lsp->is_input_closed)
		lsp_receive(request->lsp, 0);
	if (!request->lsp->queue->is_cancelled)
		return false;
	lsp_fail(request, LSP_REQUEST_CANCELLED, "cancelled");
	return true;
}

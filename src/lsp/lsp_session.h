/* The session with a client: its state, and everything that is sent and received. */
#ifndef SP_LSP_SESSION_H
#define SP_LSP_SESSION_H

#include "ide/workspace.h"
#include "lsp/lsp.h"
#include "lsp/rpc.h"

#include <cjson/cJSON.h>

/* Error codes of JSON-RPC and LSP. */
enum lsp_code {
	LSP_PARSE_ERROR = -32700,
	LSP_INVALID_REQUEST = -32600,
	LSP_METHOD_NOT_FOUND = -32601,
	LSP_INVALID_PARAMS = -32602,
	LSP_NOT_INITIALIZED = -32002,
	LSP_REQUEST_FAILED = -32803,
	LSP_REQUEST_CANCELLED = -32800,
	LSP_CONTENT_MODIFIED = -32801
};

/* MessageType of the protocol. */
enum lsp_message_type { LSP_ERROR = 1, LSP_WARNING = 2 };

/* The unit that the `character` of a Position counts. */
enum lsp_encoding { LSP_UTF16, LSP_UTF8 };

/* The capabilities of the client that answers depend on (each capability's path is in lsp.c). */
struct lsp_client {
	bool pulls_diagnostics, refreshes_diagnostics, asks_configuration, registers_watchers;
	bool takes_snippets, takes_document_changes, takes_hierarchical_symbols, takes_resource_operations;
	bool links_definitions, links_declarations, links_types; /* takes LocationLinks */
	bool reads_markdown_hover, completes_markdown, takes_label_offsets;
	bool refreshes_tokens, refreshes_hints, refreshes_lenses;
	bool takes_token_deltas, folds_lines;
};

/* Which hints and lenses the user wants, from the editor's settings. */
struct lsp_settings {
	bool hints_types, hints_names, hints_deferred, hints_uris;
	bool shows_lenses;
};

/* A message in the queue. */
struct lsp_message {
	struct lsp_message *next;
	cJSON *json;
	bool is_cancelled;
};

struct lsp {
	struct workspace workspace;
	const struct lsp_options *options;
	const char *cache_folder;  /* where a copy of the library may be written, or NULL */
	int in, out;
	struct rpc rpc;
	struct lsp_message *queue, **queue_end; /* the first is the one that is being answered */
	bool is_input_closed;      /* nothing more will arrive */
	bool is_output_closed;     /* nothing more can be sent */
	bool has_stale_views;      /* an edit may have changed the tokens, hints or lenses of other documents; a refresh is due */
	bool is_initialized, is_shut_down, has_exited;
	long client_process;       /* 0: unknown */
	enum lsp_encoding encoding;
	struct lsp_client client;
	struct lsp_settings settings;
	struct arena settings_arena; /* holds the strings in the workspace's options */
	cJSON *editor_settings;    /* as the editor last sent them, or NULL */
	const char *profile;       /* of AWS, or NULL */
	const char *reference_uri; /* of doc/diagnostics.md, or NULL */
	unsigned reference_lines[DIAG_CODE_COUNT]; /* the line of each code's section in it, from 1; 0: not looked up yet */
	struct arena arena;        /* lives as long as the session */
	uint64_t next_id;          /* the last ID given to a request of the server or to a set of semantic tokens */
	struct lsp_sent_tokens *sent_tokens; /* newest first (lsp_tokens.c) */
	size_t sent_number_count;  /* the sum over `sent_tokens` */
	struct lsp_reference_index *reference_index; /* of one document (lsp_lenses.c), or NULL */
};

/* A request or notification that is being answered. */
struct lsp_request {
	struct lsp *lsp;
	const cJSON *id;           /* NULL: a notification */
	const cJSON *params;       /* any JSON, or NULL */
	struct arena *arena;       /* lives until the answer is sent */
	enum lsp_code code;        /* set with `message` on failure */
	const char *message;
};

/* --- receiving --- */

/* Reads what has arrived into the queue. Waits up to `milliseconds` for something to arrive; for -1, waits a few seconds and then
 * checks that the client still runs. */
void lsp_receive(struct lsp *lsp, int milliseconds);

/* Removes the first message of the queue. */
void lsp_drop_message(struct lsp *lsp);

/* Reads what has arrived, and returns whether the request that is being answered was cancelled. If so, also fails the request; the
 * answer should return. */
bool lsp_is_cancelled(struct lsp_request *request);

/* --- sending --- */

/* Fails a request. Returns NULL, so that an answer can return the call's result. `message` must live as long as the request. */
cJSON *lsp_fail(struct lsp_request *request, enum lsp_code code, const char *message);

/* Reply to the request with this ID. `result` is deleted; NULL means null. Pass NULL as the ID of an error if the message could not
 * be read. */
void lsp_reply(struct lsp *lsp, const cJSON *id, cJSON *result);
void lsp_reply_error(struct lsp *lsp, const cJSON *id, enum lsp_code code, const char *message);

/* Send a notification or a request. `params` is deleted; it may be NULL for a request only. Replies are ignored, except the reply to
 * `workspace/configuration`. */
void lsp_notify(struct lsp *lsp, const char *method, cJSON *params);
void lsp_request_client(struct lsp *lsp, const char *method, cJSON *params);

/* Shows a message to the user, or only logs it. */
void lsp_show(struct lsp *lsp, enum lsp_message_type type, const char *message);
void lsp_log(struct lsp *lsp, enum lsp_message_type type, const char *message);

/* Report the progress of a request that takes long, if the client asked for that (`workDoneToken`). */
void lsp_begin_progress(struct lsp_request *request, const char *title);
void lsp_report_progress(struct lsp_request *request, const char *message, unsigned percentage);
void lsp_end_progress(struct lsp_request *request);

/* Asks the client to request diagnostics, tokens, hints and lenses again: programs may have changed without an edit. */
void lsp_refresh_views(struct lsp *lsp);

#endif

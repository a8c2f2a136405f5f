/* The language server: LSP 3.17 on two file descriptors, over one workspace.
 *
 * Only the files named lsp know the protocol: its names, its positions, its JSON. What they say of a program they ask the
 * layers below, which speak of nodes and byte offsets. One message is answered after the other; while one is, those that
 * arrive wait, and may be cancelled. The methods are a table (lsp_methods.c). */
#ifndef SP_LSP_H
#define SP_LSP_H

#include "host/status.h"
#include "ide/workspace.h"
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

enum lsp_encoding { LSP_UTF16, LSP_UTF8 };

/* What the client can do, as far as answers depend on it. */
struct lsp_client {
	bool pulls_diagnostics, refreshes_diagnostics, asks_configuration, registers_watchers, shows_progress, applies_edits;
	bool takes_snippets, takes_document_changes, takes_hierarchical_symbols, takes_resource_operations;
	bool links_definitions, links_declarations, links_types; /* takes LocationLinks */
	bool reads_markdown_hover, completes_markdown, takes_label_offsets;
	bool refreshes_tokens, refreshes_hints, refreshes_lenses;
	bool takes_token_deltas, folds_lines;
};

/* What the user has set (section `sagepipec` of the editor's settings). */
struct lsp_settings {
	bool hints_types, hints_names, hints_deferred, hints_uris;
	bool shows_lenses;
};

/* A message that waits. */
struct lsp_message {
	struct lsp_message *next;
	cJSON *json;
	bool is_cancelled;
};

/* What the command line says for every program of the session; settings of the editor override it. Outlives the server. */
struct lsp_options {
	struct program_options program;
	const char *lint_config;   /* the file that sets lint levels, or NULL */
	const char *profile;       /* of AWS, or NULL */
	const char *self;          /* the path of this executable, to run it again, or NULL */
};

struct lsp {
	struct workspace workspace;
	const struct lsp_options *options;
	const char *cache_folder;  /* where a copy of the library may be written, or NULL */
	int in, out;
	struct rpc rpc;
	struct lsp_message *first, **last;
	bool is_at_end;            /* nothing more will arrive */
	bool is_unheard;           /* nothing more can be sent */
	bool has_stale_views;      /* an edit changed what is drawn of other documents, and the client is not told yet */
	bool is_initialized, is_shut_down, has_exited;
	long client_process;       /* 0: not known */
	enum lsp_encoding encoding;
	struct lsp_client client;
	struct lsp_settings settings;
	struct arena settings_arena; /* of the strings in the workspace's options */
	cJSON *told_settings;      /* as the editor told them last, or NULL */
	const char *profile;       /* of AWS, or NULL */
	const char *reference;     /* the URI of doc/diagnostics.md, or NULL */
	unsigned reference_lines[DIAG_CODE_COUNT]; /* where a code's section is in it, from 1; 0: not looked up */
	struct arena arena;        /* of the session */
	uint64_t next_id;          /* of requests of ours, and of tokens that are told */
	struct lsp_told *told;     /* semantic tokens, the last document first (lsp_tokens.c) */
	size_t told_numbers;
	struct lsp_index *index;   /* where the declarations of one document are used (lsp_lenses.c), or NULL */
};

/* A request or notification that is being answered. */
struct lsp_request {
	struct lsp *lsp;
	const cJSON *id;           /* NULL: a notification */
	const cJSON *params;       /* an object, or NULL */
	struct arena *arena;       /* for as long as the answer is made */
	enum lsp_code code;        /* set with `message` when it fails */
	const char *message;
	bool is_cancelled;
};

/* Serves until the client says `exit` or is gone; the status to exit with (LSP, "Exit Notification"). */
enum status lsp_serve(const struct lsp_options *options, const char *cache_folder, int in, int out);

/* --- what the files of the server share --- */

/* An answer: the result, which the caller deletes; NULL stands for null, or, when the request has a `message`, for an error. */
typedef cJSON *lsp_answer(struct lsp_request *request);

struct lsp_method {
	const char *name;
	lsp_answer *answer;
	const char *capability;    /* of the server's capabilities, or NULL: as `"hoverProvider":true` */
};

/* The row of a method, or NULL. */
const struct lsp_method *lsp_find_method(const char *name);

/* The server's capabilities, for the result of `initialize`. */
cJSON *lsp_capabilities(const struct lsp *lsp);

/* Fails a request; NULL, for an answer to return. */
cJSON *lsp_fail(struct lsp_request *request, enum lsp_code code, const char *message);

/* Whether a request was cancelled while it was being answered: what has arrived meanwhile is looked at. It has failed then, and
 * the answer should end. */
bool lsp_is_cancelled(struct lsp_request *request);

/* Sends a notification, or a request whose reply is of no interest; `params` is deleted. */
void lsp_notify(struct lsp *lsp, const char *method, cJSON *params);
void lsp_request_client(struct lsp *lsp, const char *method, cJSON *params);

/* Shows a message to the user: 1 error, 2 warning, 3 information; or only logs it. */
void lsp_show(struct lsp *lsp, int type, const char *message);
void lsp_log(struct lsp *lsp, int type, const char *message);

/* Work that takes long, for a request whose client asked for news of it (`workDoneToken`); else nothing happens. */
void lsp_begin(struct lsp_request *request, const char *title);
void lsp_progress(struct lsp_request *request, const char *message, unsigned percentage);
void lsp_end(struct lsp_request *request);

/* --- places (lsp_places.c) --- */

/* The offset of a Position in a text. One behind the end of a line is its end, one behind the last line that of the text.
 * False when it is no position. */
bool lsp_offset(const struct lsp *lsp, const char *text, size_t length, const cJSON *position, uint32_t *offset);

/* The span of a Range in a text. */
bool lsp_span(const struct lsp *lsp, const char *text, size_t length, const cJSON *range, struct span *span);

/* Position, Range and Location of places in a file; that of the library too. */
cJSON *lsp_position(const struct lsp *lsp, const struct source_file *file, uint32_t offset);
cJSON *lsp_range(const struct lsp *lsp, const struct source_file *file, struct span span);
cJSON *lsp_location(struct lsp *lsp, const struct source_file *file, struct span span);

/* Line and character of an offset, from 0. */
struct lsp_point {
	uint32_t line, character;
};
struct lsp_point lsp_point(const struct lsp *lsp, const struct source_file *file, uint32_t offset);

/* The URI of a file, as its document has it if it is open; NULL for a file of the library that cannot be shown. Lives as long
 * as `arena`. */
const char *lsp_uri(struct lsp *lsp, struct arena *arena, const struct source_file *file);

/* A TextEdit. */
cJSON *lsp_text_edit(const struct lsp *lsp, const struct source_file *file, struct span span, const char *text);

/* Adds a file to a WorkspaceEdit, in the form that the client takes: the list for its edits. Each file once. */
cJSON *lsp_edits_of(const struct lsp *lsp, cJSON *edit, const char *uri);

/* A place in an open document that a request is about. */
struct lsp_spot {
	struct document *document;
	const struct snapshot *snapshot;
	struct program *program;
	const struct tree *tree;
	const struct source_file *file;
	uint32_t offset;           /* of `position`, if the request has one */
	struct node *node;         /* the innermost there */
};

/* The document of `textDocument`; NULL after a failure. */
struct document *lsp_document(struct lsp_request *request);

/* How many of the client's units a code point of so many bytes takes. */
uint32_t lsp_units(const struct lsp *lsp, size_t bytes);

/* The document of `textDocument`, compiled; false after a failure. */
bool lsp_open_spot(struct lsp_request *request, struct lsp_spot *spot);

/* The same, and the place of `position`. */
bool lsp_find_spot(struct lsp_request *request, struct lsp_spot *spot);

/* The same, and the span of `range`. */
bool lsp_open_spot_range(struct lsp_request *request, struct lsp_spot *spot, struct span *span);

/* --- methods, by file --- */

/* lsp_sync.c */
lsp_answer lsp_did_open, lsp_did_change, lsp_did_close, lsp_did_save, lsp_did_change_watched_files, lsp_did_change_folders;

/* Asks the client to ask again for what it shows: programs may be others, though no text was edited. */
void lsp_refresh(struct lsp *lsp);

/* lsp_diagnostics.c */
lsp_answer lsp_pull_diagnostics;
/* Tells the diagnostics of one document that is due, or that views are stale; false when there is nothing to tell. */
bool lsp_tell_due(struct lsp *lsp);
/* The client's view of a document that is closed: no diagnostics. */
void lsp_clear_diagnostics(struct lsp *lsp, const char *uri);
/* A Diagnostic as the client has it. */
cJSON *lsp_diagnostic(struct lsp *lsp, const struct diag *diag);

/* lsp_hover.c */
lsp_answer lsp_hover;

/* lsp_define.c */
lsp_answer lsp_definition, lsp_declaration, lsp_type_definition;

/* lsp_refer.c */
lsp_answer lsp_references, lsp_highlight;

/* lsp_rename.c */
lsp_answer lsp_prepare_rename, lsp_rename;

/* lsp_symbols.c */
lsp_answer lsp_document_symbols, lsp_workspace_symbols;

/* lsp_hierarchy.c */
lsp_answer lsp_prepare_hierarchy, lsp_incoming_calls, lsp_outgoing_calls;
/* lsp_complete.c */
lsp_answer lsp_complete, lsp_resolve_completion, lsp_help_signature;

/* lsp_format.c */
lsp_answer lsp_format, lsp_format_range, lsp_format_typed;

/* lsp_actions.c */
lsp_answer lsp_code_actions;

/* lsp_moves.c */
lsp_answer lsp_will_rename_files;

/* lsp_commands.c */
lsp_answer lsp_execute_command;

/* lsp_settings.c */
lsp_answer lsp_did_change_configuration;
/* Settings as the editor has them, under the name `sagepipec` or bare; NULL: the command line's alone. */
void lsp_apply_settings(struct lsp *lsp, const cJSON *settings);
/* Applies them once more: a file that they name has changed. */
void lsp_reread_settings(struct lsp *lsp);
/* Whether they name a file, by an absolute path. */
bool lsp_is_setting_file(const struct lsp *lsp, const char *path);
/* Asks the client for them, if it can be asked. */
void lsp_ask_settings(struct lsp *lsp);

/* lsp_tokens.c */
lsp_answer lsp_semantic_tokens, lsp_semantic_tokens_delta, lsp_semantic_tokens_range;
/* The types and modifiers of tokens, as `initialize` tells them. */
cJSON *lsp_legend(void);
/* A document is closed, or all are: what was told of it is of no more use. */
void lsp_forget_tokens(struct lsp *lsp, const char *uri);
void lsp_forget_all_tokens(struct lsp *lsp);

/* lsp_ranges.c */
lsp_answer lsp_folding_ranges, lsp_selection_ranges, lsp_document_links;

/* lsp_hints.c */
lsp_answer lsp_inlay_hints;

/* lsp_lenses.c */
lsp_answer lsp_code_lenses, lsp_resolve_lens;
void lsp_free_index(struct lsp *lsp);

#endif

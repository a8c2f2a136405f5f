/* The methods of the server: a table, and the functions that answer them. */
#ifndef SP_LSP_METHODS_H
#define SP_LSP_METHODS_H

#include "lsp/lsp_session.h"

/* Answers a request or notification. Returns the result, which the caller deletes. NULL means null or, when the request
 * has a `message` (lsp_fail), an error. */
typedef cJSON *lsp_answer(struct lsp_request *request);

struct lsp_method {
	const char *name;
	lsp_answer *answer;
	const char *capability;    /* members of the server's capabilities, as `"hoverProvider":true`, or NULL */
};

/* The row of a method, or NULL. The methods of the lifecycle (`initialize` to `exit`) are in lsp.c. */
const struct lsp_method *lsp_find_method(const char *name);

/* The server's capabilities, for the result of `initialize`. */
cJSON *lsp_make_capabilities(const struct lsp *lsp);

/* --- the answers, by file --- */

/* lsp_sync.c */
cJSON *lsp_did_open(struct lsp_request *request);
cJSON *lsp_did_change(struct lsp_request *request);
cJSON *lsp_did_close(struct lsp_request *request);
cJSON *lsp_did_save(struct lsp_request *request);
cJSON *lsp_did_change_watched_files(struct lsp_request *request);
cJSON *lsp_did_change_folders(struct lsp_request *request);

/* lsp_settings.c */
cJSON *lsp_did_change_configuration(struct lsp_request *request);

/* lsp_diagnostics.c */
cJSON *lsp_pull_diagnostics(struct lsp_request *request);

/* lsp_hover.c */
cJSON *lsp_hover(struct lsp_request *request);

/* lsp_define.c */
cJSON *lsp_definition(struct lsp_request *request);
cJSON *lsp_declaration(struct lsp_request *request);
cJSON *lsp_type_definition(struct lsp_request *request);

/* lsp_refer.c */
cJSON *lsp_references(struct lsp_request *request);
cJSON *lsp_highlight(struct lsp_request *request);

/* lsp_rename.c */
cJSON *lsp_prepare_rename(struct lsp_request *request);
cJSON *lsp_rename(struct lsp_request *request);

/* lsp_symbols.c */
cJSON *lsp_document_symbols(struct lsp_request *request);
cJSON *lsp_workspace_symbols(struct lsp_request *request);

/* lsp_hierarchy.c */
cJSON *lsp_prepare_hierarchy(struct lsp_request *request);
cJSON *lsp_incoming_calls(struct lsp_request *request);
cJSON *lsp_outgoing_calls(struct lsp_request *request);

/* lsp_complete.c */
cJSON *lsp_complete(struct lsp_request *request);
cJSON *lsp_resolve_completion(struct lsp_request *request);
cJSON *lsp_signature_help(struct lsp_request *request);

/* lsp_format.c */
cJSON *lsp_format(struct lsp_request *request);
cJSON *lsp_format_range(struct lsp_request *request);
cJSON *lsp_format_on_type(struct lsp_request *request);

/* lsp_actions.c */
cJSON *lsp_code_actions(struct lsp_request *request);

/* lsp_moves.c */
cJSON *lsp_will_rename_files(struct lsp_request *request);

/* lsp_commands.c */
cJSON *lsp_execute_command(struct lsp_request *request);

/* lsp_tokens.c */
cJSON *lsp_semantic_tokens(struct lsp_request *request);
cJSON *lsp_semantic_tokens_delta(struct lsp_request *request);
cJSON *lsp_semantic_tokens_range(struct lsp_request *request);

/* lsp_ranges.c */
cJSON *lsp_folding_ranges(struct lsp_request *request);
cJSON *lsp_selection_ranges(struct lsp_request *request);
cJSON *lsp_document_links(struct lsp_request *request);

/* lsp_hints.c */
cJSON *lsp_inlay_hints(struct lsp_request *request);

/* lsp_lenses.c */
cJSON *lsp_code_lenses(struct lsp_request *request);
cJSON *lsp_resolve_lens(struct lsp_request *request);

#endif

/* The methods of the server: a table, and the answers that it names. */
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
lsp_answer lsp_did_open, lsp_did_change, lsp_did_close, lsp_did_save, lsp_did_change_watched_files, lsp_did_change_folders;

/* lsp_settings.c */
lsp_answer lsp_did_change_configuration;

/* lsp_diagnostics.c */
lsp_answer lsp_pull_diagnostics;

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
lsp_answer lsp_complete, lsp_resolve_completion, lsp_signature_help;

/* lsp_format.c */
lsp_answer lsp_format, lsp_format_range, lsp_format_on_type;

/* lsp_actions.c */
lsp_answer lsp_code_actions;

/* lsp_moves.c */
lsp_answer lsp_will_rename_files;

/* lsp_commands.c */
lsp_answer lsp_execute_command;

/* lsp_tokens.c */
lsp_answer lsp_semantic_tokens, lsp_semantic_tokens_delta, lsp_semantic_tokens_range;

/* lsp_ranges.c */
lsp_answer lsp_folding_ranges, lsp_selection_ranges, lsp_document_links;

/* lsp_hints.c */
lsp_answer lsp_inlay_hints;

/* lsp_lenses.c */
lsp_answer lsp_code_lenses, lsp_resolve_lens;

#endif

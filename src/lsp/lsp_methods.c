#include "lsp/lsp_methods.h"

#include "lsp/lsp_tokens.h"

#include <string.h>

/* In the order of the specification. */
static const struct lsp_method methods[] = {
	{"textDocument/didOpen", lsp_did_open, "\"textDocumentSync\":{\"openClose\":true,\"change\":2,\"save\":true}"},
	{"textDocument/didChange", lsp_did_change, NULL},
	{"textDocument/didSave", lsp_did_save, NULL},
	{"textDocument/didClose", lsp_did_close, NULL},
	{"textDocument/completion", lsp_complete,
	 "\"completionProvider\":{\"triggerCharacters\":[\".\",\"\\\"\",\"/\",\" \",\"{\"],\"resolveProvider\":true}"},
	{"completionItem/resolve", lsp_resolve_completion, NULL},
	{"textDocument/signatureHelp", lsp_signature_help,
	 "\"signatureHelpProvider\":{\"triggerCharacters\":[\"(\",\",\"],\"retriggerCharacters\":[\" \"]}"},
	{"textDocument/diagnostic", lsp_pull_diagnostics,
	 "\"diagnosticProvider\":{\"identifier\":\"sagepipec\",\"interFileDependencies\":true,\"workspaceDiagnostics\":false}"},
	{"textDocument/hover", lsp_hover, "\"hoverProvider\":true"},
	{"textDocument/declaration", lsp_declaration, "\"declarationProvider\":true"},
	{"textDocument/definition", lsp_definition, "\"definitionProvider\":true"},
	{"textDocument/typeDefinition", lsp_type_definition, "\"typeDefinitionProvider\":true"},
	{"textDocument/references", lsp_references, "\"referencesProvider\":{\"workDoneProgress\":true}"},
	{"textDocument/documentHighlight", lsp_highlight, "\"documentHighlightProvider\":true"},
	{"textDocument/documentSymbol", lsp_document_symbols, "\"documentSymbolProvider\":true"},
	{"textDocument/codeAction", lsp_code_actions,
	 "\"codeActionProvider\":{\"codeActionKinds\":[\"quickfix\",\"refactor.extract\",\"refactor.inline\",\"refactor.rewrite\","
	 "\"source.fixAll.sagepipec\"]}"},
	{"textDocument/formatting", lsp_format, "\"documentFormattingProvider\":true"},
	{"textDocument/rangeFormatting", lsp_format_range, "\"documentRangeFormattingProvider\":true"},
	{"textDocument/onTypeFormatting", lsp_format_on_type,
	 "\"documentOnTypeFormattingProvider\":{\"firstTriggerCharacter\":\"\\n\",\"moreTriggerCharacter\":[\"}\",\"]\"]}"},
	{"textDocument/rename", lsp_rename, "\"renameProvider\":{\"prepareProvider\":true,\"workDoneProgress\":true}"},
	{"textDocument/prepareRename", lsp_prepare_rename, NULL},
	{"textDocument/prepareCallHierarchy", lsp_prepare_hierarchy, "\"callHierarchyProvider\":true"},
	{"callHierarchy/incomingCalls", lsp_incoming_calls, NULL},
	{"callHierarchy/outgoingCalls", lsp_outgoing_calls, NULL},
	{"workspace/symbol", lsp_workspace_symbols, "\"workspaceSymbolProvider\":{\"workDoneProgress\":true}"},
	{"textDocument/documentLink", lsp_document_links, "\"documentLinkProvider\":{\"resolveProvider\":false}"},
	{"textDocument/codeLens", lsp_code_lenses, "\"codeLensProvider\":{\"resolveProvider\":true}"},
	{"codeLens/resolve", lsp_resolve_lens, NULL},
	{"textDocument/foldingRange", lsp_folding_ranges, "\"foldingRangeProvider\":true"},
	{"textDocument/selectionRange", lsp_selection_ranges, "\"selectionRangeProvider\":true"},
	{"textDocument/semanticTokens/full", lsp_semantic_tokens,
	 "\"semanticTokensProvider\":{\"full\":{\"delta\":true},\"range\":true}"},
	{"textDocument/semanticTokens/full/delta", lsp_semantic_tokens_delta, NULL},
	{"textDocument/semanticTokens/range", lsp_semantic_tokens_range, NULL},
	{"textDocument/inlayHint", lsp_inlay_hints, "\"inlayHintProvider\":true"},
	{"workspace/willRenameFiles", lsp_will_rename_files, NULL},
	{"workspace/executeCommand", lsp_execute_command,
	 "\"executeCommandProvider\":{\"commands\":[\"sagepipec.compile\",\"sagepipec.diff\",\"sagepipec.graph\"],"
	 "\"workDoneProgress\":true}"},
	{"workspace/didChangeConfiguration", lsp_did_change_configuration, NULL},
	{"workspace/didChangeWatchedFiles", lsp_did_change_watched_files, NULL},
	{"workspace/didChangeWorkspaceFolders", lsp_did_change_folders,
	 "\"workspace\":{\"workspaceFolders\":{\"supported\":true,\"changeNotifications\":true},"
	 "\"fileOperations\":{\"willRename\":{\"filters\":[{\"scheme\":\"file\",\"pattern\":{\"glob\":\"**/*.pipe\",\"matches\":\"file\"}},"
	 "{\"scheme\":\"file\",\"pattern\":{\"glob\":\"**\",\"matches\":\"folder\"}}]}}}"},
};

const struct lsp_method *lsp_find_method(const char *name)
{
	for (size_t i = 0; i < sizeof methods / sizeof *methods; i++)
		if (strcmp(methods[i].name, name) == 0)
			return &methods[i];
	return NULL;
}

cJSON *lsp_make_capabilities(const struct lsp *lsp)
{
	struct text json = {0};
	text_printf(&json, "{\"positionEncoding\":\"%s\"", lsp->encoding == LSP_UTF8 ? "utf-8" : "utf-16");
	for (size_t i = 0; i < sizeof methods / sizeof *methods; i++)
		if (methods[i].capability)
			text_printf(&json, ",%s", methods[i].capability);
	text_putc(&json, '}');
	cJSON *capabilities = cJSON_Parse(json.bytes);
	text_free(&json);
	cJSON *tokens = cJSON_GetObjectItemCaseSensitive(capabilities, "semanticTokensProvider");
	cJSON_AddItemToObject(tokens, "legend", lsp_make_token_legend());
	return capabilities;
}

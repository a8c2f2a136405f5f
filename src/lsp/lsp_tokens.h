/* Semantic tokens. */
#ifndef SP_LSP_TOKENS_H
#define SP_LSP_TOKENS_H

#include "lsp/lsp_session.h"

/* The SemanticTokensLegend: the names of the token types and modifiers. */
cJSON *lsp_make_token_legend(void);

/* Free the record of the tokens that were sent for a document, or for all documents. */
void lsp_forget_tokens(struct lsp *lsp, const char *uri);
void lsp_forget_all_tokens(struct lsp *lsp);

#endif

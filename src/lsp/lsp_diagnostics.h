/* Diagnostics: pulled by the client, or published to it. */
#ifndef SP_LSP_DIAGNOSTICS_H
#define SP_LSP_DIAGNOSTICS_H

#include "lsp/lsp_session.h"

/* A Diagnostic. */
cJSON *lsp_make_diagnostic(struct lsp *lsp, const struct diag *diag);

/* Sends one update that is due: the diagnostics of a document or, when no document is due, a refresh of stale views. False if
 * nothing is due. */
bool lsp_send_due_update(struct lsp *lsp);

/* Removes the diagnostics of a document that is closed from the client's view. */
void lsp_clear_diagnostics(struct lsp *lsp, const char *uri);

#endif

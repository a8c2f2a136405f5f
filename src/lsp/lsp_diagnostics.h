/* Diagnostics: pulled by the client, or published to it. */
#ifndef SP_LSP_DIAGNOSTICS_H
#define SP_LSP_DIAGNOSTICS_H

#include "lsp/lsp_session.h"

/* Makes a Diagnostic of the protocol. */
cJSON *lsp_make_diagnostic(struct lsp *lsp, const struct diag *diag);

/* Sends one update that is due: the diagnostics of a document, unless the client pulls them, or, when no document is due, a refresh
 * of stale views. False if nothing is due. */
bool lsp_send_due_update(struct lsp *lsp);

/* Tells a client that does not pull diagnostics to drop those of a document that is being closed. */
void lsp_clear_diagnostics(struct lsp *lsp, const char *uri);

#endif

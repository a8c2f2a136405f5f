/* The editor's settings. */
#ifndef SP_LSP_SETTINGS_H
#define SP_LSP_SETTINGS_H

#include "lsp/lsp_session.h"

/* Applies the editor's settings on top of the command line. They are an object, or the member `sagepipec` of an object. NULL: only
 * the command line. */
void lsp_apply_settings(struct lsp *lsp, const cJSON *settings);

/* Applies the last settings again, after a file that they name has changed. */
void lsp_reapply_settings(struct lsp *lsp);

/* Whether the settings or the command line name the file at this absolute path. */
bool lsp_is_settings_file(const struct lsp *lsp, const char *path);

/* Asks the client for its settings, if it supports that. */
void lsp_request_settings(struct lsp *lsp);

#endif

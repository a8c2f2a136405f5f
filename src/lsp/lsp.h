/* The language server: LSP 3.17 over two file descriptors, with one workspace.
 *
 * Only this room knows the protocol: its method names, positions and JSON. It asks the rooms below, which work on nodes and
 * byte offsets. Messages are answered one at a time, in the order of arrival; the server also reads while it answers, so that a
 * message in the queue can be cancelled. */
#ifndef SP_LSP_H
#define SP_LSP_H

#include "cli/options.h"

/* Serves until the client sends `exit` or disconnects; returns the exit status (LSP, "Exit Notification"). A copy of the library
 * may be written to `cache_folder`, which may be NULL. */
int lsp_serve(const struct options *options, const char *cache_folder, int in, int out);

#endif

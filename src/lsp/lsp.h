/* The language server: LSP 3.17 over two file descriptors, with one workspace.
 *
 * Only src/lsp knows the protocol: its method names, positions and JSON. The facts come from other folders, which work on nodes and
 * byte offsets. Messages are answered one at a time, in the order of arrival. A request can be cancelled in the queue and, if it
 * takes long, while it is answered: the server reads new messages meanwhile. */
#ifndef SP_LSP_H
#define SP_LSP_H

#include "eval/program.h"
#include "host/status.h"

/* The options of the command line, for every program of the session. The editor's settings override them or add to them. They must
 * outlive the server. */
struct lsp_options {
	struct program_options program;
	const char *lint_config;   /* the file that sets lint levels, or NULL */
	const char *profile;       /* of AWS, or NULL */
	const char *self;          /* the path of this executable, to run it again, or NULL */
};

/* Serves until the client sends `exit` or disconnects; returns the exit status (LSP, "Exit Notification"). A copy of the library
 * may be written to `cache_folder`, which may be NULL. */
enum status lsp_serve(const struct lsp_options *options, const char *cache_folder, int in, int out);

#endif

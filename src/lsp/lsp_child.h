/* Runs sagepipec as a child process, for a request that waits for the network. Meanwhile the server reads messages, so the request
 * can be cancelled. */
#ifndef SP_LSP_CHILD_H
#define SP_LSP_CHILD_H

#include "lsp/lsp_session.h"

/* The result of a child process. */
struct lsp_child {
	struct text out, err; /* its standard output and error; the caller frees both, also after a failure */
	int status;           /* its exit status; -1: it was killed, or did not run */
};

/* Runs sagepipec to its end, with these arguments (without the program's name; NULL ends the list) and `input` as its standard
 * input. False after a failure: the request was cancelled, the client disconnected, or sagepipec took too long or cannot be run. */
bool lsp_run_child(struct lsp_request *request, const char *const *arguments, const struct text *input, struct lsp_child *child);

#endif

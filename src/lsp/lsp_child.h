/* This program, run once more for a request that waits for the network: the server goes on listening meanwhile. */
#ifndef SP_LSP_CHILD_H
#define SP_LSP_CHILD_H

#include "lsp/lsp.h"

/* What it wrote, and how it ended. */
struct lsp_child {
	struct text out, err; /* on the heap; the caller frees both, whatever happened */
	int status;           /* of exit */
};

/* Runs the program with arguments (a list with a NULL behind it, without the program's name) and `input` on its standard
 * input, to its end. False after a failure of the request: it was cancelled, took too long, or cannot be run. */
bool lsp_run_child(struct lsp_request *request, const char *const *arguments, const struct text *input, struct lsp_child *child);

#endif

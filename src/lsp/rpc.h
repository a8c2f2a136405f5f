/* The transport of the language server: JSON-RPC messages with a header each, as LSP 3.17 frames them ("Base Protocol").
 *
 * Bytes go in as they come, whole messages come out. What is in a message is not known here but its length; nothing is
 * read or written. */
#ifndef SP_RPC_H
#define SP_RPC_H

#include "base/text.h"

#include <stdbool.h>

/* Bytes that have arrived and are not taken yet. Zero-initialise. */
struct rpc {
	struct text bytes;
	size_t at;
	const char *failure; /* why no more messages can be found, or NULL */
};

/* A header or message that is longer than this is refused. */
#define RPC_MAX_HEADER 4096
#define RPC_MAX_CONTENT (512u * 1024 * 1024)

/* Adds bytes that have arrived. */
void rpc_feed(struct rpc *rpc, const char *bytes, size_t length);

/* Takes the next message: its content, without the header, appended to an empty `content`. False when there is none that
 * is whole; for good, with the reason in `failure`, when what has arrived is no header. */
bool rpc_next(struct rpc *rpc, struct text *content);

/* Appends a message with its header. */
void rpc_put(struct text *out, const char *content, size_t length);

void rpc_free(struct rpc *rpc);

#endif

/* The framing of JSON-RPC messages: each has a header with its length (LSP 3.17, "Base Protocol").
 *
 * Takes bytes as they arrive and returns whole messages. It does not parse their content, and does no I/O. */
#ifndef SP_RPC_H
#define SP_RPC_H

#include "base/text.h"

#include <stdbool.h>

/* The bytes that have arrived. Zero-initialize. */
struct rpc {
	struct text bytes;
	size_t at;           /* where the next message starts; the bytes before it are consumed */
	const char *failure; /* why no more messages can be read, or NULL */
};

/* Longer headers and messages are refused. */
#define RPC_MAX_HEADER 4096
#define RPC_MAX_CONTENT (512u * 1024 * 1024)

/* Adds bytes that have arrived. */
void rpc_feed(struct rpc *rpc, const char *bytes, size_t length);

/* Takes the next message, and appends it without its header to `content`. False if no complete message has arrived. After an invalid
 * header, always false, with the reason in `failure`. */
bool rpc_next(struct rpc *rpc, struct text *content);

/* Appends a message with its header. */
void rpc_put(struct text *out, const char *content, size_t length);

void rpc_free(struct rpc *rpc);

#endif

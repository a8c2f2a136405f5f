#include "lsp/rpc.h"

#include <string.h>
#include <strings.h>

void rpc_feed(struct rpc *rpc, const char *bytes, size_t length)
{
	if (rpc->at && rpc->at >= rpc->bytes.length / 2) { /* removes consumed bytes only now and then: each removal moves the rest */
		memmove(rpc->bytes.bytes, rpc->bytes.bytes + rpc->at, rpc->bytes.length - rpc->at);
		rpc->bytes.length -= rpc->at;
		rpc->at = 0;
	}
	text_add(&rpc->bytes, bytes, length);
}

/* The length of the header at `bytes`, including its blank line; 0 if its end has not arrived. */
static size_t header_length(const char *bytes, size_t length)
{
	for (size_t i = 0; i + 1 < length; i++) {
		if (bytes[i] != '\n')
			continue;
		if (bytes[i + 1] == '\n')
			return i + 2;
		if (i + 2 < length && bytes[i + 1] == '\r' && bytes[i + 2] == '\n')
			return i + 3;
	}
	return 0;
}

/* The number after `Content-Length:`, or -1. */
static long long content_length(const char *header, size_t length)
{
	static const char name[] = "content-length:";
	long long found = -1;
	for (const char *line = header, *end = header + length; line < end;) {
		const char *stop = memchr(line, '\n', (size_t)(end - line));
		if ((size_t)(stop - line) > sizeof name && strncasecmp(line, name, sizeof name - 1) == 0) {
			const char *digit = line + sizeof name - 1;
			while (*digit == ' ' || *digit == '\t')
				digit++;
			found = *digit >= '0' && *digit <= '9' ? 0 : -1;
			for (; found >= 0 && *digit >= '0' && *digit <= '9'; digit++)
				found = found > RPC_MAX_CONTENT ? found : found * 10 + (*digit - '0');
			while (*digit == ' ' || *digit == '\r')
				digit++;
			if (digit != stop)
				return -1;
		}
		line = stop + 1;
	}
	return found;
}

bool rpc_next(struct rpc *rpc, struct text *content)
{
	if (rpc->failure || rpc->at == rpc->bytes.length)
		return false;
	const char *bytes = rpc->bytes.bytes + rpc->at;
	size_t length = rpc->bytes.length - rpc->at;
	size_t header = header_length(bytes, length < RPC_MAX_HEADER ? length : RPC_MAX_HEADER);
	if (!header) {
		rpc->failure = length < RPC_MAX_HEADER ? NULL : "a header does not end";
		return false;
	}
	long long wanted = content_length(bytes, header);
	if (wanted < 0 || wanted > RPC_MAX_CONTENT) {
		rpc->failure = wanted < 0 ? "a header has no Content-Length" : "a message is too long";
		return false;
	}
	if (length - header < (size_t)wanted)
		return false;
	text_add(content, bytes + header, (size_t)wanted);
	rpc->at += header + (size_t)wanted;
	return true;
}

void rpc_put(struct text *out, const char *content, size_t length)
{
	text_printf(out, "Content-Length: %zu\r\n\r\n", length);
	text_add(out, content, length);
}

void rpc_free(struct rpc *rpc)
{
	text_free(&rpc->bytes);
	*rpc = (struct rpc){.failure = rpc->failure};
}

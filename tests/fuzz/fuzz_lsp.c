/* Fuzz target: the language server. If the first byte is odd, the rest is the input, headers included. Otherwise each line is a
 * message to a server that is initialized and has a program open. Input in one piece and byte by byte must give the same
 * messages, and the server must end. */
#include "lsp/lsp.h"
#include "lsp/rpc.h"

#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Together with the opening below, this fits into a pipe before anybody reads from it. */
enum { MAX_INPUT = 32 * 1024 };

static const char *const opening[] = {
	"{\"id\":0,\"method\":\"initialize\",\"params\":{\"capabilities\":{\"textDocument\":{\"completion\":{\"completionItem\":{\"snippetSupport\":true}}}}}}",
	"{\"method\":\"textDocument/didOpen\",\"params\":{\"textDocument\":{\"uri\":\"a:\",\"version\":1,\"text\":"
	"\"pipeline \\\"P\\\" { RoleArn: \\\"arn:aws:iam::123456789012:role/R\\\" }\\nparam A: String = \\\"é\\\"\\nlet b = \\\"x${A}\\\"\\n"
	"step S[k in [1, 2]]: Training {\\n  OutputDataConfig: { S3OutputPath: b }\\n  cache for \\\"P1D\\\"\\n}\\n"
	"condition C if A == \\\"x\\\" { step F: Fail { ErrorMessage: \\\"${S[\\\"1\\\"].ModelArtifacts.S3ModelArtifacts}\\\" } }\\n\"}}}",
};

static void take_all(struct rpc *rpc, struct text *messages)
{
	struct text content = {0};
	while (rpc_next(rpc, &content)) {
		text_printf(messages, "%zu:", content.length);
		text_add(messages, text_string(&content), content.length);
		content.length = 0;
	}
	text_free(&content);
}

static void demand_same_messages(const char *bytes, size_t length)
{
	struct rpc whole = {.at = 0}, parts = {.at = 0};
	struct text of_whole = {0}, of_parts = {0};
	rpc_feed(&whole, bytes, length);
	take_all(&whole, &of_whole);
	for (size_t i = 0; i < length; i++) {
		rpc_feed(&parts, bytes + i, 1);
		take_all(&parts, &of_parts);
	}
	if (of_whole.length != of_parts.length || memcmp(text_string(&of_whole), text_string(&of_parts), of_whole.length) != 0)
		abort();
	rpc_free(&whole);
	rpc_free(&parts);
	text_free(&of_whole);
	text_free(&of_parts);
}

static void serve(const char *bytes, size_t length)
{
	int ends[2], out = open("/dev/null", O_WRONLY);
	static const struct lsp_options options;
	if (out < 0 || pipe(ends) != 0)
		abort();
	if (write(ends[1], bytes, length) != (ssize_t)length)
		abort();
	close(ends[1]);
	lsp_serve(&options, NULL, ends[0], out);
	close(ends[0]);
	close(out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct text in = {0};
	if (!size || size > MAX_INPUT)
		return 0;
	const char *bytes = (const char *)data + 1, *end = bytes + size - 1;
	if (*data % 2) {
		text_add(&in, bytes, size - 1);
	} else {
		for (size_t i = 0; i < sizeof opening / sizeof *opening; i++)
			rpc_put(&in, opening[i], strlen(opening[i]));
		while (bytes < end) {
			const char *stop = memchr(bytes, '\n', (size_t)(end - bytes));
			stop = stop ? stop : end;
			if (in.length < MAX_INPUT)
				rpc_put(&in, bytes, (size_t)(stop - bytes));
			bytes = stop + (stop < end);
		}
	}
	demand_same_messages(text_string(&in), in.length);
	serve(text_string(&in), in.length);
	text_free(&in);
	return 0;
}

/* One HTTP exchange by libcurl, which also signs the request. */
#include "aws/aws_curl.h"
#include "aws/aws_parts.h"
#include "aws/aws_time.h"

#include <string.h>

enum { IDLE_SECONDS = 60, CONNECT_SECONDS = 10, EXCHANGE_SECONDS = 300, TRACED_BODY_MAX = 2000 };

/* The state of one exchange, for libcurl's callbacks. */
struct transfer {
	struct aws_reply *reply;
	size_t limit;
	bool is_over_limit, is_unreadable;
	const struct aws_body *body; /* of the request */
	uint64_t sent;               /* bytes of it */
	char error[CURL_ERROR_SIZE];
};

bool aws_http_init(struct aws *aws, struct aws_failure *failure)
{
	const char *reason = "";
	if (!aws->curl)
		aws->curl = aws_curl_load(&reason);
	if (aws->curl && !aws->handle)
		aws->handle = aws->curl->easy_init();
	if (!aws->handle)
		aws_fail(aws, failure, SP6001, "install libcurl 7.88 or newer (Debian and Ubuntu: libcurl4)",
		         "libcurl, which is needed to call AWS, cannot be used: %s", reason);
	return aws->handle != NULL;
}

static size_t receive_body(char *bytes, size_t size, size_t count, void *context)
{
	struct transfer *transfer = context;
	size_t length = size * count;
	if (length > transfer->limit - transfer->reply->body.length) {
		transfer->is_over_limit = true;
		return 0;
	}
	text_add(&transfer->reply->body, bytes, length);
	return length;
}

/* Headers of a "100 Continue" may come first. The final ones replace them. */
static size_t receive_head(char *bytes, size_t size, size_t count, void *context)
{
	struct transfer *transfer = context;
	size_t length = size * count;
	if (length > 5 && memcmp(bytes, "HTTP/", 5) == 0)
		transfer->reply->head.length = 0;
	if (transfer->reply->head.length + length > AWS_REPLY_LIMIT)
		return 0;
	text_add(&transfer->reply->head, bytes, length);
	return length;
}

static size_t send_body(char *to, size_t size, size_t count, void *context)
{
	struct transfer *transfer = context;
	const struct aws_body *body = transfer->body;
	uint64_t left = body->length - transfer->sent;
	size_t room = size * count < left ? size * count : (size_t)left;
	size_t given = !room || !body->read ? room : body->read(body->context, transfer->sent, to, room);
	if (room && !body->read)
		memcpy(to, body->bytes + transfer->sent, room);
	if (room && (!given || given > room)) {
		transfer->is_unreadable = true;
		return CURL_READFUNC_ABORT;
	}
	transfer->sent += given;
	return given;
}

static int seek_body(void *context, curl_off_t offset, int origin)
{
	struct transfer *transfer = context;
	if (origin != SEEK_SET || offset < 0 || (uint64_t)offset > transfer->body->length)
		return CURL_SEEKFUNC_FAIL;
	transfer->sent = (uint64_t)offset;
	return CURL_SEEKFUNC_OK;
}

/* All headers but the signature, which libcurl adds. */
static struct curl_slist *make_headers(struct aws *aws, const struct aws_exchange *exchange)
{
	const struct aws_curl *curl = aws->curl;
	struct curl_slist *list = NULL;
	struct text line = {0};
	for (const char *const *header = exchange->headers; header && *header; header++)
		list = curl->slist_append(list, *header);
	if (exchange->body && exchange->body->type) {
		text_printf(&line, "Content-Type: %s", exchange->body->type);
		list = curl->slist_append(list, line.bytes);
	}
	line.length = 0;
	if (exchange->signer && exchange->signer->token) {
		text_printf(&line, "X-Amz-Security-Token: %s", exchange->signer->token);
		list = curl->slist_append(list, line.bytes);
	}
	/* The time is set only with a test's clock. Otherwise libcurl adds it: version 7.88 would send this header twice, which
	 * AWS rejects. */
	if (exchange->signer && aws->clock != &aws_real_clock) {
		char now[AWS_TIME_ROOM];
		aws_time_write_basic(aws_now(aws), now);
		line.length = 0;
		text_printf(&line, "X-Amz-Date: %s", now);
		list = curl->slist_append(list, line.bytes);
	}
	text_free(&line);
	return list;
}

/* A body without a type is uploaded: libcurl would add a Content-Type to POST fields. */
static void set_body(const struct aws *aws, const struct aws_exchange *exchange, struct transfer *transfer)
{
	const struct aws_curl *curl = aws->curl;
	CURL *handle = aws->handle;
	const struct aws_body *body = exchange->body;
	if (strcmp(exchange->method, "HEAD") == 0)
		curl->easy_setopt(handle, CURLOPT_NOBODY, 1L);
	else if (body && (body->read || !body->type)) {
		curl->easy_setopt(handle, CURLOPT_UPLOAD, 1L);
		curl->easy_setopt(handle, CURLOPT_INFILESIZE_LARGE, (curl_off_t)body->length);
		curl->easy_setopt(handle, CURLOPT_READFUNCTION, send_body);
		curl->easy_setopt(handle, CURLOPT_READDATA, transfer);
		curl->easy_setopt(handle, CURLOPT_SEEKFUNCTION, seek_body);
		curl->easy_setopt(handle, CURLOPT_SEEKDATA, transfer);
	} else if (body) {
		curl->easy_setopt(handle, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)body->length);
		curl->easy_setopt(handle, CURLOPT_POSTFIELDS, body->bytes ? body->bytes : "");
	}
	if (strcmp(exchange->method, "HEAD") != 0)
		curl->easy_setopt(handle, CURLOPT_CUSTOMREQUEST, exchange->method);
}

static void set_timeouts(const struct aws *aws, const struct aws_exchange *exchange)
{
	const struct aws_curl *curl = aws->curl;
	CURL *handle = aws->handle;
	long idle = aws->options.idle_seconds ? (long)aws->options.idle_seconds : IDLE_SECONDS;
	if (exchange->is_local) {
		curl->easy_setopt(handle, CURLOPT_TIMEOUT, (long)exchange->local_seconds);
		curl->easy_setopt(handle, CURLOPT_PROXY, ""); /* keep the machine's credentials away from proxies */
		return;
	}
	curl->easy_setopt(handle, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_SECONDS);
	curl->easy_setopt(handle, CURLOPT_LOW_SPEED_LIMIT, 1L);
	curl->easy_setopt(handle, CURLOPT_LOW_SPEED_TIME, idle);
	if (!exchange->body || !exchange->body->read)
		curl->easy_setopt(handle, CURLOPT_TIMEOUT, (long)EXCHANGE_SECONDS);
}

static void set_signature(struct aws *aws, const struct aws_exchange *exchange)
{
	if (!exchange->signer)
		return;
	const char *scope =
		arena_printf(aws->arena, "aws:amz:%s:%s", exchange->signing_region, exchange->signing_name);
	aws->curl->easy_setopt(aws->handle, CURLOPT_AWS_SIGV4, scope);
	aws->curl->easy_setopt(aws->handle, CURLOPT_USERNAME, exchange->signer->access_key);
	aws->curl->easy_setopt(aws->handle, CURLOPT_PASSWORD, exchange->signer->secret_key);
}

static void set_up(struct aws *aws, const struct aws_exchange *exchange, struct transfer *transfer)
{
	const struct aws_curl *curl = aws->curl;
	CURL *handle = aws->handle;
	curl->easy_reset(handle); /* connections stay open */
	curl->easy_setopt(handle, CURLOPT_URL, exchange->url);
	curl->easy_setopt(handle, CURLOPT_PATH_AS_IS, 1L); /* an S3 key may contain `..` */
	curl->easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "http,https");
	curl->easy_setopt(handle, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
	curl->easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
	curl->easy_setopt(handle, CURLOPT_USERAGENT, "sagepipec/" PACKAGE_VERSION);
	curl->easy_setopt(handle, CURLOPT_ERRORBUFFER, transfer->error);
	curl->easy_setopt(handle, CURLOPT_WRITEFUNCTION, receive_body);
	curl->easy_setopt(handle, CURLOPT_WRITEDATA, transfer);
	curl->easy_setopt(handle, CURLOPT_HEADERFUNCTION, receive_head);
	curl->easy_setopt(handle, CURLOPT_HEADERDATA, transfer);
	if (aws->ca_bundle)
		curl->easy_setopt(handle, CURLOPT_CAINFO, aws->ca_bundle);
	/* If a reused connection turns out to be closed, libcurl sends the request again by itself. */
	if (exchange->needs_fresh_connection)
		curl->easy_setopt(handle, CURLOPT_FRESH_CONNECT, 1L);
	set_body(aws, exchange, transfer);
	set_timeouts(aws, exchange);
	set_signature(aws, exchange);
}

/* Shows a short body in full, the beginning and the size of a long one, and only the size of one that is secret or not in
 * memory. */
static void trace_body(struct aws *aws, const char *mark, const char *bytes, uint64_t length, bool is_shown)
{
	if (!length || !aws->options.trace)
		return;
	const char *shown = is_shown && bytes ? aws_masked(aws, arena_copy(aws->arena, bytes, (size_t)length)) : "";
	const char *line = *shown && strlen(shown) <= TRACED_BODY_MAX
	                           ? shown
	                           : arena_printf(aws->arena, "%.*s (%llu bytes)", TRACED_BODY_MAX, shown,
	                                          (unsigned long long)length);
	aws_trace(aws, mark, line, strlen(line));
}

static void trace_request(struct aws *aws, const struct aws_exchange *exchange, const struct curl_slist *headers)
{
	if (!aws->options.trace)
		return;
	const char *line = arena_printf(aws->arena, "%s %s", exchange->method, exchange->url);
	aws_trace(aws, "> ", line, strlen(line));
	for (; headers; headers = headers->next)
		aws_trace(aws, "> ", headers->data, strlen(headers->data));
	if (exchange->signer) {
		line = arena_printf(aws->arena, "signed by %s for %s in %s", exchange->signer->access_key,
		                    exchange->signing_name, exchange->signing_region);
		aws_trace(aws, "* ", line, strlen(line));
	}
	if (exchange->body)
		trace_body(aws, "> ", exchange->body->read ? NULL : exchange->body->bytes, exchange->body->length,
		           !exchange->is_secret);
}

static enum aws_transport find_outcome(struct aws *aws, const struct transfer *transfer, CURLcode code)
{
	curl_off_t started = 0;
	if (transfer->is_unreadable)
		return AWS_UNREADABLE;
	switch (code) {
	case CURLE_OK:
		return AWS_ANSWERED;
	case CURLE_PEER_FAILED_VERIFICATION:
	case CURLE_SSL_CACERT_BADFILE:
	case CURLE_SSL_ISSUER_ERROR:
		return AWS_NOT_TRUSTED;
	case CURLE_COULDNT_RESOLVE_HOST:
	case CURLE_COULDNT_RESOLVE_PROXY:
	case CURLE_COULDNT_CONNECT:
	case CURLE_SSL_CONNECT_ERROR:
	case CURLE_URL_MALFORMAT:
	case CURLE_UNSUPPORTED_PROTOCOL:
		return AWS_NOT_SENT;
	default:
		/* A failure before the transfer started has sent nothing. */
		aws->curl->easy_getinfo(aws->handle, CURLINFO_PRETRANSFER_TIME_T, &started);
		return started == 0 ? AWS_NOT_SENT : AWS_UNANSWERED;
	}
}

enum aws_transport aws_exchange(struct aws *aws, const struct aws_exchange *exchange, struct aws_reply *reply,
                                const char **reason)
{
	struct transfer transfer = {
		.reply = reply,
		.limit = exchange->reply_limit ? exchange->reply_limit : AWS_REPLY_LIMIT,
		.body = exchange->body,
	};
	set_up(aws, exchange, &transfer);
	struct curl_slist *headers = make_headers(aws, exchange);
	aws->curl->easy_setopt(aws->handle, CURLOPT_HTTPHEADER, headers);
	trace_request(aws, exchange, headers);
	CURLcode code = aws->curl->easy_perform(aws->handle);
	aws->curl->easy_getinfo(aws->handle, CURLINFO_RESPONSE_CODE, &reply->status);
	enum aws_transport result = find_outcome(aws, &transfer, code);
	aws->curl->easy_setopt(aws->handle, CURLOPT_ERRORBUFFER, NULL);
	aws->curl->slist_free_all(headers);
	if (result == AWS_ANSWERED) {
		aws_trace(aws, "< ", text_string(&reply->head), reply->head.length);
		trace_body(aws, "< ", text_string(&reply->body), reply->body.length, !exchange->is_secret);
		return result;
	}
	if (transfer.is_over_limit)
		*reason = "the reply is too long";
	else
		*reason = aws_masked(aws, *transfer.error ? transfer.error : aws->curl->easy_strerror(code));
	aws_trace(aws, "* ", *reason, strlen(*reason));
	return result;
}

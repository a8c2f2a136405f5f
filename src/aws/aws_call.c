/* One attempt at a request: builds the HTTP exchange, sends it, and judges the reply. */
#include "aws/aws_parts.h"
#include "base/digest.h"

#include <assert.h>
#include <cjson/cJSON.h>
#include <string.h>

enum { HEADERS_MAX = 24 };

struct headers {
	const char *items[HEADERS_MAX + 1];
	size_t count;
};

static void add_header(struct headers *headers, const char *line)
{
	assert(headers->count < HEADERS_MAX);
	headers->items[headers->count++] = line;
}

/* S3 requires the digest of the payload, even of an empty one. The other services accept it. */
static const char *payload_header(struct aws *aws, const struct aws_body *body)
{
	char hex[DIGEST_ROOM];
	if (!body->sha256 && !body->read)
		digest_bytes(body->bytes ? body->bytes : "", (size_t)body->length, hex);
	const char *digest = body->sha256 ? body->sha256 : body->read ? "UNSIGNED-PAYLOAD" : hex;
	return arena_printf(aws->arena, "x-amz-content-sha256: %s", digest);
}

static void collect_headers(struct aws *aws, const struct aws_request *request, bool is_signed,
                            struct headers *headers)
{
	if (request->target)
		add_header(headers, arena_printf(aws->arena, "X-Amz-Target: %s", request->target));
	if (is_signed)
		add_header(headers, payload_header(aws, &request->body));
	for (const char *const *header = request->headers; header && *header; header++)
		add_header(headers, *header);
}

static bool has_body(const struct aws_request *request)
{
	return strcmp(request->method, "POST") == 0 || strcmp(request->method, "PUT") == 0 || request->body.length;
}

/* Reads the body of a JSON service. If it is not JSON, the outcome of the request is unknown. */
static bool read_json(struct aws *aws, const struct aws_request *request, struct aws_reply *reply,
                      struct aws_failure *failure)
{
	if (!aws_is_json_service(request->service) || !reply->body.length)
		return true;
	reply->json = cJSON_ParseWithOpts(text_string(&reply->body), NULL, true);
	if (!reply->json)
		aws_fail(aws, failure, SP6010,
		         "check whether a proxy or another endpoint answered instead of AWS",
		         "%s: the reply is not JSON", aws_request_name(aws, request));
	return reply->json != NULL;
}

static enum aws_verdict fail_unanswered(struct aws *aws, const struct aws_request *request, enum aws_transport transport,
                                        const char *url, const char *reason, struct aws_failure *failure)
{
	const char *name = aws_request_name(aws, request);
	const char *after_scheme = strstr(url, "://") + 3;
	int origin = (int)(after_scheme + strcspn(after_scheme, "/?") - url); /* the length of scheme and host */
	if (transport == AWS_NOT_TRUSTED) {
		aws_fail(aws, failure, SP6011,
		         "if this is your own certificate authority or proxy, name the file of its certificates in AWS_CA_BUNDLE",
		         "%s: the certificate of %.*s is not trusted: %s", name, origin, url, reason);
		return AWS_REFUSED;
	}
	if (transport == AWS_UNREADABLE) {
		aws_fail(aws, failure, SP6015, NULL, "%s: cannot read the request body", name);
		return AWS_REFUSED;
	}
	if (transport == AWS_NOT_SENT) {
		aws_fail(aws, failure, SP6007,
		         "check the network, the proxy settings, and whether the region has this service",
		         "%s: %.*s cannot be reached: %s", name, origin, url, reason);
		return AWS_UNSENT;
	}
	aws_fail(aws, failure, SP6007, NULL, "%s: no complete reply from %.*s: %s", name, origin, url, reason);
	return AWS_UNKNOWN;
}

/* S3 may send status 200 before it knows whether CompleteMultipartUpload succeeds; the error is then in the body. */
static void correct_status(const struct aws_request *request, struct aws_reply *reply)
{
	if (request->service == AWS_S3 && reply->status == 200 && strcmp(request->method, "POST") == 0 &&
	    strstr(text_string(&reply->body), "<Error>"))
		reply->status = 500;
}

/* For services other than S3, the signature covers the path encoded once more. libcurl before 8.4 signs it unchanged, so the
 * path must not contain characters that would be encoded. */
static void assert_path(const struct aws_request *request)
{
	const char *kept = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/";
	assert(!request->path || request->path[0] == '/');
	assert(!request->path || request->service == AWS_S3 ||
	       strspn(request->path, kept) == strlen(request->path));
}

enum aws_verdict aws_attempt(struct aws *aws, const struct aws_request *request,
                             const struct aws_credentials *credentials, struct aws_reply *reply,
                             struct aws_failure *failure)
{
	struct aws_endpoint endpoint;
	struct headers headers = {.count = 0};
	const char *reason = "";
	assert_path(request);
	*reply = (struct aws_reply){0};
	if (!aws_http_init(aws, failure) ||
	    !aws_endpoint_find(aws, request->service, request->region ? request->region : aws->region, &endpoint,
	                       failure))
		return AWS_REFUSED;
	collect_headers(aws, request, credentials != NULL, &headers);
	const char *url = aws_request_url(aws, request, &endpoint);
	const struct aws_exchange exchange = {
		.method = request->method,
		.url = url,
		.headers = headers.items,
		.body = has_body(request) ? &request->body : NULL,
		.signer = credentials,
		.signing_name = endpoint.signing_name,
		.signing_region = endpoint.region,
		.is_secret = request->service == AWS_STS || request->service == AWS_SSO ||
	                     request->service == AWS_SSO_OIDC,
		.needs_fresh_connection = request->acts_once,
		.reply_limit = request->reply_limit,
	};
	enum aws_transport transport = aws_exchange(aws, &exchange, reply, &reason);
	if (transport != AWS_ANSWERED)
		return fail_unanswered(aws, request, transport, url, reason, failure);
	correct_status(request, reply);
	if (reply->status < 300)
		return read_json(aws, request, reply, failure) ? AWS_DONE : AWS_UNKNOWN;
	aws_reply_read_error(aws, request, reply, failure);
	enum aws_verdict verdict = aws_error_judge(failure);
	failure->code = verdict == AWS_THROTTLED ? SP6009 : failure->code;
	return verdict;
}

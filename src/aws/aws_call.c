/* One attempt at a request: what goes over the wire, and what came back. */
#include "aws/aws_session.h"
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

const char *aws_request_name(struct aws *aws, const struct aws_request *request)
{
	if (request->target)
		return request->target;
	if (request->service == AWS_STS && request->body.bytes && strncmp(request->body.bytes, "Action=", 7) == 0)
		return arena_printf(aws->arena, "sts.%.*s", (int)strcspn(request->body.bytes + 7, "&"),
		                    request->body.bytes + 7);
	return arena_printf(aws->arena, "%s %s%s%s%s", request->method, aws_service_name(request->service),
	                    request->bucket ? ":" : "", request->bucket ? request->bucket : "",
	                    request->path ? request->path : "/");
}

/* S3 wants to hear the digest of what it gets, and that of nothing when there is nothing; to the others it may be said. */
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

/* A reply that is no JSON where JSON is spoken says nothing about what was done. */
static bool read_json(struct aws *aws, const struct aws_request *request, struct aws_reply *reply,
                      struct aws_failure *failure)
{
	if (!aws_speaks_json(request->service) || !reply->body.length)
		return true;
	reply->json = cJSON_ParseWithOpts(text_string(&reply->body), NULL, true);
	if (!reply->json)
		aws_fail(aws, failure, SP6010,
		         "see whether a proxy or an endpoint that is none of AWS answers in its place",
		         "%s: the reply is not JSON", aws_request_name(aws, request));
	return reply->json != NULL;
}

static enum aws_verdict no_answer(struct aws *aws, const struct aws_request *request, enum aws_transport transport,
                                  const char *url, const char *reason, struct aws_failure *failure)
{
	const char *name = aws_request_name(aws, request);
	int host = (int)strcspn(strstr(url, "://") + 3, "/?") + (int)(strstr(url, "://") + 3 - url);
	if (transport == AWS_NOT_TRUSTED) {
		aws_fail(aws, failure, SP6011,
		         "if this is your own authority or proxy, name its certificates in AWS_CA_BUNDLE",
		         "%s: the certificate of %.*s is not trusted: %s", name, host, url, reason);
		return AWS_REFUSED;
	}
	if (transport == AWS_UNREADABLE) {
		aws_fail(aws, failure, SP6015, NULL, "%s: what is to be sent cannot be read", name);
		return AWS_REFUSED;
	}
	if (transport == AWS_NOT_SENT) {
		aws_fail(aws, failure, SP6007,
		         "see the network, the proxy settings, and whether the region has this service",
		         "%s: %.*s cannot be reached: %s", name, host, url, reason);
		return AWS_UNSENT;
	}
	aws_fail(aws, failure, SP6007, NULL, "%s: no whole reply from %.*s: %s", name, host, url, reason);
	return AWS_UNKNOWN;
}

/* S3 may find out that it fails after it has said that all is well. */
static void correct_status(const struct aws_request *request, struct aws_reply *reply)
{
	if (request->service == AWS_S3 && reply->status == 200 && strcmp(request->method, "POST") == 0 &&
	    strstr(text_string(&reply->body), "<Error>"))
		reply->status = 500;
}

static bool is_one_of(const char *code, const char *const *codes)
{
	for (; *codes; codes++)
		if (strcmp(code, *codes) == 0)
			return true;
	return false;
}

/* The codes and statuses of AWS's standard retry mode. */
static enum aws_verdict judge(const struct aws_failure *failure)
{
	static const char *const throttled[] = {
		"Throttling", "ThrottlingException", "ThrottledException", "RequestThrottledException",
		"TooManyRequestsException", "ProvisionedThroughputExceededException", "TransactionInProgressException",
		"RequestLimitExceeded", "BandwidthLimitExceeded", "LimitExceededException", "RequestThrottled",
		"SlowDown", "PriorRequestNotComplete", "EC2ThrottledException", NULL,
	};
	static const char *const transient[] = {"RequestTimeout", "RequestTimeoutException",
	                                        "IDPCommunicationError", NULL};
	if (is_one_of(failure->aws_code, throttled) || failure->status == 429)
		return AWS_THROTTLED;
	/* 503 is said by who does not serve, the others by who may have begun. */
	if (is_one_of(failure->aws_code, transient) || failure->status == 503)
		return AWS_UNSENT;
	return failure->status == 500 || failure->status == 502 || failure->status == 504 ? AWS_UNKNOWN
	                                                                                  : AWS_REFUSED;
}

/* libcurl before 8.4 signs a path as it is; AWS's rule, but for S3, is to encode it once more. */
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
	if (!aws_http_ready(aws, failure) ||
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
		return no_answer(aws, request, transport, url, reason, failure);
	correct_status(request, reply);
	if (reply->status < 300)
		return read_json(aws, request, reply, failure) ? AWS_DONE : AWS_UNKNOWN;
	aws_reply_error(aws, request, reply, failure);
	enum aws_verdict verdict = judge(failure);
	failure->code = verdict == AWS_THROTTLED ? SP6009 : failure->code;
	return verdict;
}

/* AWS for the commands that deploy and operate pipelines: credentials, regions, endpoints, and signed calls with retries.
 *
 * Credentials and settings are looked up where AWS's own tools look, in the order of botocore, the library under the AWS
 * CLI; doc/deploy.md lists it. A failure is data (struct aws_failure): nothing here prints or exits, and the user is asked
 * through a callback only. Nothing that this module returns contains a secret, traces included. The texts of a failure live
 * in the session's arena. A session belongs to one thread. This module knows nothing about pipelines. */
#ifndef SP_AWS_H
#define SP_AWS_H

#include "base/arena.h"
#include "base/text.h"
#include "source/diag.h"

#include <stdbool.h>
#include <stdint.h>

struct cJSON;

/* A session: settings, credentials, a connection. */
struct aws;

enum aws_service { AWS_SAGEMAKER, AWS_S3, AWS_STS, AWS_LAMBDA, AWS_SCHEDULER, AWS_SSO, AWS_SSO_OIDC };

/* A source of time and randomness. */
struct aws_clock {
	void *context;
	int64_t (*now)(void *context);                       /* milliseconds since 1970, UTC */
	void (*sleep)(void *context, int64_t milliseconds);
	uint64_t (*random)(void *context);                   /* 64 unpredictable bits */
};

/* The system's clock and random numbers. */
extern const struct aws_clock aws_real_clock;

/* The relevant options of the command line, and callbacks. Every member may be zero. The options must outlive the session. */
struct aws_options {
	const char *profile;         /* --profile */
	const char *region;          /* --region */
	const char *pipeline_region; /* the region that the pipeline declares; overrides AWS's own settings */
	const char *endpoint_url;    /* --endpoint-url: the URL of all services except SSO */
	const struct aws_clock *clock;  /* NULL: aws_real_clock */
	unsigned idle_seconds;       /* a connection that transfers nothing for this long is closed; 0: 60 */

	/* Receives one line of --debug-http, without a line end and with secrets masked. NULL: no trace. */
	void (*trace)(void *context, const char *line);
	/* Asks the user for an MFA code. Appends the answer to `answer`; false if there is none. NULL: there is no terminal. */
	bool (*ask)(void *context, const char *prompt, struct text *answer);
	/* Called before each wait for a retry, with the reason and the length of the wait. May be NULL. */
	void (*waiting)(void *context, const char *why, int64_t milliseconds);
	void *context; /* of these three callbacks */
};

/* What went wrong: printed as `error[CODE]: MESSAGE` with `help` below. */
struct aws_failure {
	enum diag_code code;
	const char *message;    /* one line or more, without a final line end */
	const char *help;       /* one line that says what to do, or NULL */
	const char *aws_code;   /* AWS's name of the error, such as "ValidationException"; "" if AWS gave none */
	const char *aws_message; /* AWS's message alone, such as `Pipeline names must be unique …`; "" if AWS gave none */
	const char *request_id; /* AWS's identifier of the request, for AWS's support; "" if there is none */
	long status;            /* of HTTP; 0 if no reply came */
	unsigned attempts;      /* how often the request was sent */
	bool may_have_acted;    /* the request was sent and its outcome is unknown: check before it is repeated */
};

/* Reads the settings and chooses the region. Sends nothing and does not look for credentials yet. NULL after a failure:
 * unreadable files, an unknown profile, no region. */
struct aws *aws_open(struct arena *arena, const struct aws_options *options, struct aws_failure *failure);

/* `aws` may be NULL. */
void aws_close(struct aws *aws);

/* The region of calls, and its partition: "aws", "aws-cn", "aws-us-gov" … */
const char *aws_region(const struct aws *aws);
const char *aws_partition(const struct aws *aws);

/* The partition of a region, by the prefix of its name; "aws" for an unknown region. */
const char *aws_partition_of(const char *region);

/* The caller, from STS GetCallerIdentity, which needs no permission. */
struct aws_identity {
	const char *account; /* 12 digits */
	const char *arn;
};

bool aws_identify(struct aws *aws, struct aws_identity *identity, struct aws_failure *failure);

/* The body of a request. */
struct aws_body {
	const char *bytes; /* `length` bytes in memory; NULL if `read` is set */
	uint64_t length;
	/* Copies up to `room` bytes from `offset` on; returns how many, 0 if they cannot be read. A retry reads the same
	 * bytes again. */
	size_t (*read)(void *context, uint64_t offset, char *to, size_t room);
	void *context;
	const char *type;   /* Content-Type, or NULL */
	const char *sha256; /* of the bytes, as 64 hexadecimal digits; AWS verifies it. NULL: it is computed from `bytes`;
	                     * with `read` the payload is then unsigned, which only S3 allows */
};

struct aws_request {
	enum aws_service service;
	const char *method; /* "GET", "POST", "PUT", "DELETE", "HEAD" */
	/* From the service's root, with the leading "/"; NULL is "/". For S3: the key after the "/", encoded by
	 * aws_encode_path. For other services: letters, digits and `-._~/` only, because libcurl before 8.4 signs other
	 * characters wrongly. */
	const char *path;
	const char *query;  /* without "?", percent-encoded, names in byte order, each with a "="; or NULL */
	const char *target; /* X-Amz-Target of a JSON call, or NULL */
	const char *bucket; /* of S3, or NULL; it becomes part of the host name or of the path */
	const char *region; /* NULL: the session's */
	const char *const *headers; /* "Name: value", the last is NULL; or NULL */
	struct aws_body body;
	size_t reply_limit; /* of a reply's body, in bytes; 0: 16 MiB */
	/* The operation is not idempotent and has no token that makes it so. It is retried only if AWS certainly did not act
	 * (not sent, throttled); otherwise it fails with `may_have_acted`. */
	bool acts_once;
};

struct aws_reply {
	long status;
	struct text head;   /* the header lines */
	struct text body;
	struct cJSON *json; /* the body of a JSON service; NULL if it is empty, and for other services */
};

/* Sends a request, signed with the session's credentials, with retries. True for a status below 300: the caller then frees
 * the reply and may take its tree (`json = NULL`). After a failure the reply is empty. */
bool aws_call(struct aws *aws, const struct aws_request *request, struct aws_reply *reply, struct aws_failure *failure);

void aws_reply_free(struct aws_reply *reply);

/* The same for a JSON service. The caller deletes the result, which is an empty object if the body was empty; NULL after a
 * failure. */
struct cJSON *aws_call_json(struct aws *aws, const struct aws_request *request, struct aws_failure *failure);

/* The value of a header in the session's arena; NULL if it is absent. The case of `name` does not matter. */
const char *aws_reply_header(struct aws *aws, const struct aws_reply *reply, const char *name);

/* The text of the first element `name` of an XML text, in the session's arena; NULL if it is absent. */
const char *aws_xml_text(struct aws *aws, const char *xml, const char *name);

/* Calls a SageMaker operation that reads, or whose input contains a ClientRequestToken, so that retries are harmless. `input`
 * is JSON. The caller deletes the result; NULL after a failure. */
struct cJSON *aws_sagemaker(struct aws *aws, const char *operation, const char *input, struct aws_failure *failure);

/* The same with a tree as input, which the caller keeps. */
struct cJSON *aws_sagemaker_tree(struct aws *aws, const char *operation, const struct cJSON *input, struct aws_failure *failure);

/* The same for an operation that changes something and takes no token (UpdatePipeline): with `acts_once`. */
struct cJSON *aws_sagemaker_once(struct aws *aws, const char *operation, const char *input, struct aws_failure *failure);

/* All items of a paginated SageMaker operation: the elements of the array `member` of every page, in one array that the
 * caller deletes. `input` is an object that the caller keeps; it is unchanged afterwards. At most `limit` items, 0: all.
 * NULL after a failure. */
struct cJSON *aws_sagemaker_list(struct aws *aws, const char *operation, struct cJSON *input, const char *member,
                                 size_t limit, struct aws_failure *failure);

/* Makes a new ClientRequestToken. */
enum { AWS_TOKEN_ROOM = 33 };
void aws_make_token(struct aws *aws, char token[AWS_TOKEN_ROOM]);

/* Appends a path or a query value, percent-encoded; "/" stays in a path. */
void aws_encode_path(struct text *out, const char *path);
void aws_encode_query(struct text *out, const char *value);

/* Appends the method, the URL and the operation of a request as they would be sent. Nothing if the endpoint is not a URL. */
void aws_describe_request(struct text *out, struct aws *aws, const struct aws_request *request);

/* The request that aws_identify sends. */
struct aws_request aws_identify_request(void);

/* Fills a failure. The message is masked and lives in the session's arena. The members about AWS's reply are empty. */
void aws_fail(struct aws *aws, struct aws_failure *failure, enum diag_code code, const char *help, const char *format, ...)
	__attribute__((format(printf, 5, 6)));

/* Whether a failure says, in any of AWS's ways, that the requested resource does not exist. */
bool aws_is_not_found(const struct aws_failure *failure);

/* Whether a failure says that a resource of this name already exists. */
bool aws_is_name_taken(const struct aws_failure *failure);

#endif

/* AWS, as the deployment commands see it: who calls (credentials), where to (regions, endpoints), and calls that are
 * signed, sent and repeated where that is right.
 *
 * Credentials and settings are looked for where AWS's own tools look, in the order of botocore, the library under the AWS
 * command line: doc/deploy.md has the list. A failure is data (struct aws_failure): nothing here prints, asks or exits, and
 * no secret is in anything that comes out of here, traces included. Every text of a failure lives in the arena of the
 * session. One session is for one thread. Nothing here knows pipelines. */
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

/* Time and chance. */
struct aws_clock {
	void *context;
	int64_t (*now)(void *context);                       /* milliseconds since 1970, UTC */
	void (*sleep)(void *context, int64_t milliseconds);
	uint64_t (*random)(void *context);                   /* 64 bits that nobody can guess */
};

/* The machine's. */
extern const struct aws_clock aws_real_clock;

/* What the command line says, and how to reach its user. All of it may be zero. It must outlive the session. */
struct aws_options {
	const char *profile;         /* --profile */
	const char *region;          /* --region */
	const char *pipeline_region; /* where the pipeline says it is: goes before AWS's own settings */
	const char *endpoint_url;    /* --endpoint-url: where all services are, but for SSO */
	const struct aws_clock *clock;  /* NULL: aws_real_clock */
	unsigned idle_seconds;       /* a connection without a byte for so long is given up; 0: 60 */

	/* Takes one line, without its end, for --debug-http; secrets are masked. NULL: no trace. */
	void (*trace)(void *context, const char *line);
	/* Asks the user at the terminal, for a code of MFA. Appends the answer to `answer`; false when there is none. NULL:
	 * there is no terminal. */
	bool (*ask)(void *context, const char *prompt, struct text *answer);
	/* Told before each wait for a repetition: why, and for how long. NULL: not told. */
	void (*waiting)(void *context, const char *why, int64_t milliseconds);
	void *context; /* of these three */
};

/* What went wrong: printed as `error[CODE]: MESSAGE` with `help` below. */
struct aws_failure {
	enum diag_code code;
	const char *message;    /* one line or more, without an end */
	const char *help;       /* one line that says what to do, or NULL */
	const char *aws_code;   /* the error as AWS calls it, such as "ValidationException"; "" when AWS said none */
	const char *aws_message; /* AWS's own words alone, such as `Pipeline names must be unique …`; "" when it said none */
	const char *request_id; /* AWS's, for its support; "" when there is none */
	long status;            /* of HTTP; 0 when no reply came */
	unsigned attempts;      /* how often it was sent: more than one, and it was repeated */
	bool may_have_acted;    /* the request went out and no reply says what became of it: look before you repeat it */
};

/* Reads the settings and decides on the region; nothing is sent, and no credentials are looked for yet. NULL after a
 * failure: files that cannot be read, a profile that is not there, no region. */
struct aws *aws_open(struct arena *arena, const struct aws_options *options, struct aws_failure *failure);

/* NULL is allowed. */
void aws_close(struct aws *aws);

/* The region of calls, and its partition: "aws", "aws-cn", "aws-us-gov" … */
const char *aws_region(const struct aws *aws);
const char *aws_partition(const struct aws *aws);

/* The partition that a region is in, by its name; a region that nobody knows is in "aws". */
const char *aws_partition_of(const char *region);

/* Who calls, by STS GetCallerIdentity; it needs no permission. */
struct aws_identity {
	const char *account; /* 12 digits */
	const char *arn;
};

bool aws_identify(struct aws *aws, struct aws_identity *identity, struct aws_failure *failure);

/* Bytes of a request. */
struct aws_body {
	const char *bytes; /* `length` of them, in memory; or NULL with `read` */
	uint64_t length;
	/* Gives up to `room` bytes from `offset`; how many, 0 when they cannot be read. May be asked for the same bytes
	 * again, when a request is repeated. */
	size_t (*read)(void *context, uint64_t offset, char *to, size_t room);
	void *context;
	const char *type;   /* Content-Type, or NULL */
	const char *sha256; /* of the bytes, in 64 hexadecimal digits: AWS compares it. NULL: found out, but
	                     * with `read` nobody compares anything, which only S3 allows */
};

struct aws_request {
	enum aws_service service;
	const char *method; /* "GET", "POST", "PUT", "DELETE", "HEAD" */
	/* From the service's root, with its "/"; NULL is "/". For S3 the key behind the "/", percent-encoded by aws_add_path.
	 * For the others, letters, digits and `-._~/` only: libcurl before 8.4 signs other characters wrongly. */
	const char *path;
	const char *query;  /* without "?", percent-encoded, its names in order of bytes, each with a "="; or NULL */
	const char *target; /* X-Amz-Target of a JSON call, or NULL */
	const char *bucket; /* of S3, or NULL; how it becomes part of the URL is decided here */
	const char *region; /* NULL: the session's */
	const char *const *headers; /* "Name: value", the last is NULL; or NULL */
	struct aws_body body;
	size_t reply_limit; /* bytes of reply that are taken; 0: 16 MiB */
	/* It must not be done twice, and carries no token by which the service would know. It is repeated only where it was
	 * certainly not acted upon (not sent, throttled); otherwise it fails with `may_have_acted`. */
	bool acts_once;
};

struct aws_reply {
	long status;
	struct text head;   /* the lines of the header */
	struct text body;
	struct cJSON *json; /* of a service that speaks JSON; NULL when the body is empty or of another service */
};

/* Sends a request, signed with the session's credentials, until it is answered or there is no point any more. True for a
 * status below 300; the caller then frees the reply, whose tree it may take (`json = NULL`). After a failure the reply is
 * empty. */
bool aws_call(struct aws *aws, const struct aws_request *request, struct aws_reply *reply, struct aws_failure *failure);

void aws_reply_free(struct aws_reply *reply);

/* The value of a header, by its name in any case, in the session's arena; NULL when it is not there. */
const char *aws_reply_header(struct aws *aws, const struct aws_reply *reply, const char *name);

/* An operation of SageMaker that reads, or whose input holds a ClientRequestToken: repeated at will. `input` is JSON. The
 * caller deletes the result; NULL after a failure. */
struct cJSON *aws_sagemaker(struct aws *aws, const char *operation, const char *input, struct aws_failure *failure);

/* The same with an input that is a tree, which the caller keeps. */
struct cJSON *aws_sagemaker_tree(struct aws *aws, const char *operation, const struct cJSON *input, struct aws_failure *failure);

/* The same for an operation that acts and takes no token (UpdatePipeline): `acts_once`. */
struct cJSON *aws_sagemaker_once(struct aws *aws, const char *operation, const char *input, struct aws_failure *failure);

/* All items of a SageMaker operation that answers in pages: the elements of the array `member` in all of them, in one array
 * that the caller deletes. `input` is an object that the caller keeps and that is as before. `most` ends it early, 0: all.
 * NULL after a failure. */
struct cJSON *aws_sagemaker_list(struct aws *aws, const char *operation, struct cJSON *input, const char *member,
                                 size_t most, struct aws_failure *failure);

/* A new ClientRequestToken. */
enum { AWS_TOKEN_ROOM = 33 };
void aws_token(struct aws *aws, char token[AWS_TOKEN_ROOM]);

/* Appends a key or value, percent-encoded; a path keeps its "/". */
void aws_add_path(struct text *out, const char *path);
void aws_add_query(struct text *out, const char *value);

/* Appends the method, the URL and the operation of a request, as they would be sent. */
void aws_describe(struct text *out, struct aws *aws, const struct aws_request *request);

/* A failure of one's own, with its texts in the session's arena: everything but code, message and help is empty. */
void aws_fail(struct aws *aws, struct aws_failure *failure, enum diag_code code, const char *help, const char *format, ...)
	__attribute__((format(printf, 5, 6)));

#endif

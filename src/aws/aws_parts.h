/* What the files of src/aws share. No other room includes it. */
#ifndef SP_AWS_PARTS_H
#define SP_AWS_PARTS_H

#include "aws/aws.h"

/* Keys to sign with. Texts live in the session's arena. */
struct aws_credentials {
	const char *access_key, *secret_key;
	const char *token;  /* of temporary credentials, or NULL */
	int64_t expires;    /* in milliseconds since 1970; 0: never */
};

/* What a source of credentials found: it is not configured, it has credentials, or it is configured and failed. */
enum aws_found { AWS_ABSENT, AWS_FOUND, AWS_FAILED };

enum {
	AWS_REPLY_LIMIT = 16 << 20,     /* bytes of a reply, where the request sets no limit */
	AWS_TOKEN_FILE_LIMIT = 64 << 10, /* bytes of a file that contains a token */
};

struct aws {
	struct arena *arena;
	struct aws_options options;
	const struct aws_clock *clock;
	struct aws_settings *settings; /* of both files, the last one read first */
	const char *profile;     /* whose settings apply; "default" if none was named */
	const char *region;
	bool uses_fips, uses_dual_stack;
	const char *ca_bundle;   /* or NULL */
	struct aws_credentials credentials;
	bool has_credentials;
	unsigned attempts_max;
	unsigned retry_quota_used; /* see aws_retry.c */
	const struct aws_curl *curl;
	void *handle;            /* of libcurl; it keeps connections open */
	struct aws_secret *secrets;
};

/* ---- aws_session.c ---- */

/* A variable of the environment; NULL if it is unset or empty. */
const char *aws_environment(const char *name);

int64_t aws_now(const struct aws *aws);

/* ---- aws_settings.c ---- */

enum aws_file { AWS_FILE_CONFIG, AWS_FILE_CREDENTIALS };

/* Reads both files. A missing file counts as empty. */
bool aws_settings_read(struct aws *aws, struct aws_failure *failure);

/* The value of a profile's setting, from one file or from both, where the credentials file takes precedence; NULL if it is
 * absent or empty. */
const char *aws_setting_in(const struct aws *aws, enum aws_file file, const char *profile, const char *key);
const char *aws_setting(const struct aws *aws, const char *profile, const char *key);

/* The value of a setting in a section `[KIND NAME]` of the config file, such as `[sso-session NAME]`; NULL if it is absent. */
const char *aws_section_setting(const struct aws *aws, const char *kind, const char *name, const char *key);

/* The value of `key` in the indented lines below a setting, such as `endpoint_url` below `sagemaker =`; NULL if it is
 * absent. `block` is the value of that setting. */
const char *aws_nested_setting(struct aws *aws, const char *block, const char *key);

bool aws_has_profile(const struct aws *aws, const char *profile);

/* Appends the path of a file below ~/.aws. */
void aws_put_home_path(struct text *out, const char *name);

/* ---- aws_endpoint.c ---- */

/* Where a request goes. Texts live in the session's arena. */
struct aws_endpoint {
	const char *base;         /* scheme and host, without a "/" at the end */
	const char *signing_name;
	const char *region;       /* to sign for */
	bool is_custom;           /* the user configured it */
};

bool aws_endpoint_find(struct aws *aws, enum aws_service service, const char *region, struct aws_endpoint *endpoint,
                       struct aws_failure *failure);

/* The whole URL of a request. */
const char *aws_request_url(struct aws *aws, const struct aws_request *request, const struct aws_endpoint *endpoint);

const char *aws_service_name(enum aws_service service);

/* The name of a request in messages: "SageMaker.CreatePipeline", "PUT s3:bucket/key". */
const char *aws_request_name(struct aws *aws, const struct aws_request *request);

/* ---- aws_http.c: one HTTP exchange, without interpretation ---- */

struct aws_exchange {
	const char *method, *url;
	const char *const *headers; /* "Name: value", the last is NULL */
	const struct aws_body *body; /* or NULL */
	const struct aws_credentials *signer; /* NULL: unsigned */
	const char *signing_name, *signing_region;
	bool is_local;     /* a metadata service: no proxy, and a timeout of `local_seconds` for the whole exchange */
	unsigned local_seconds;
	bool is_secret;    /* the bodies stay out of the trace */
	bool needs_fresh_connection;
	size_t reply_limit;
};

/* NOT_TRUSTED: the server's certificate is not. UNREADABLE: the request's body could not be read to its end. UNANSWERED: the
 * request may have been sent. */
enum aws_transport { AWS_ANSWERED, AWS_NOT_SENT, AWS_NOT_TRUSTED, AWS_UNREADABLE, AWS_UNANSWERED };

/* Sends and receives once. Sets `*reason`, a message, unless the result is ANSWERED. */
enum aws_transport aws_exchange(struct aws *aws, const struct aws_exchange *exchange, struct aws_reply *reply,
                                const char **reason);

/* Loads libcurl, unless that is already done. False after a failure. */
bool aws_http_init(struct aws *aws, struct aws_failure *failure);

/* ---- aws_error.c ---- */

/* The outcome of an attempt. AWS has not acted after THROTTLED and UNSENT, and may have acted after UNKNOWN. */
enum aws_verdict { AWS_DONE, AWS_REFUSED, AWS_THROTTLED, AWS_UNSENT, AWS_UNKNOWN };

/* The verdict on a failure with a reply, by its HTTP status and by AWS's error code. */
enum aws_verdict aws_error_judge(const struct aws_failure *failure);

/* Sets the code and the help of a failure with a reply, by its HTTP status and by AWS's error code. */
void aws_error_classify(struct aws_failure *failure);

/* Whether AWS refused the credentials because they have expired. */
bool aws_error_is_expired(const struct aws_failure *failure);

/* ---- aws_reply.c ---- */

/* Fills the failure from a reply with an error status. AWS's code and message are in JSON, XML or headers. */
void aws_reply_read_error(struct aws *aws, const struct aws_request *request, const struct aws_reply *reply,
                          struct aws_failure *failure);

/* Whether the bodies of a service are JSON. */
bool aws_is_json_service(enum aws_service service);

/* ---- aws_call.c ---- */

/* Sends a request once, signed with the credentials, or unsigned if they are NULL. The caller frees `reply`, whatever the
 * verdict. Fills `failure` unless the verdict is DONE. */
enum aws_verdict aws_attempt(struct aws *aws, const struct aws_request *request, const struct aws_credentials *credentials,
                             struct aws_reply *reply, struct aws_failure *failure);

/* ---- aws_retry.c ---- */

/* Like aws_call, but with these credentials, or unsigned if they are NULL. */
bool aws_call_as(struct aws *aws, const struct aws_request *request, const struct aws_credentials *credentials,
                 struct aws_reply *reply, struct aws_failure *failure);

/* ---- aws_sts.c ---- */

#define AWS_STS_VERSION "2011-06-15"

/* A request to STS. Its body is `query`, form fields, which must outlive the request. */
struct aws_request aws_sts_request(const char *query, size_t length);

/* Begins the query of an action that assumes a role. If `session` is NULL, it gets a name that contains the time. */
void aws_sts_begin_query(struct aws *aws, struct text *query, const char *action, const char *role, const char *session);

/* Appends a parameter, unless its value is NULL. */
void aws_sts_add_parameter(struct text *query, const char *name, const char *value);

/* Gets credentials from STS. `signer` is NULL for a web identity, whose token authenticates the request. */
enum aws_found aws_sts_get_credentials(struct aws *aws, const struct text *query, const struct aws_credentials *signer,
                                       struct aws_credentials *found, struct aws_failure *failure);

/* ---- aws_chain.c ---- */

/* Makes sure that the session has credentials: looks for them, and renews them shortly before they expire. */
bool aws_credentials_ensure(struct aws *aws, struct aws_failure *failure);

/* ---- the sources of credentials, each in the file of its name ---- */

/* aws_credentials.c: keys from the environment, and those that a profile has in one of the files. */
enum aws_found aws_credentials_from_environment(struct aws *aws, struct aws_credentials *found, struct aws_failure *failure);
enum aws_found aws_credentials_from_file(struct aws *aws, enum aws_file file, const char *profile,
                                         struct aws_credentials *found, struct aws_failure *failure);

/* Fills credentials with copies of the texts, and registers the secret key and the token as secrets. False if a key is missing,
 * or if `expiration` is given and is not a time. */
bool aws_credentials_fill(struct aws *aws, struct aws_credentials *found, const char *access_key, const char *secret_key,
                          const char *token, const char *expiration);

/* The credentials of a profile, from all sources except a role that it assumes with other credentials. With `with_environment`,
 * the environment variables for a web identity apply too. */
enum aws_found aws_credentials_from_profile(struct aws *aws, const char *profile, bool with_environment,
                                            struct aws_credentials *found, struct aws_failure *failure);

enum aws_found aws_credentials_from_role(struct aws *aws, const char *profile, struct aws_credentials *found,
                                         struct aws_failure *failure);
enum aws_found aws_credentials_from_web_identity(struct aws *aws, const char *profile, bool with_environment,
                                                 struct aws_credentials *found, struct aws_failure *failure);
enum aws_found aws_credentials_from_sso(struct aws *aws, const char *profile, struct aws_credentials *found,
                                        struct aws_failure *failure);
enum aws_found aws_credentials_from_process(struct aws *aws, const char *profile, struct aws_credentials *found,
                                            struct aws_failure *failure);

/* aws_metadata.c */
enum aws_found aws_credentials_from_container(struct aws *aws, struct aws_credentials *found, struct aws_failure *failure);
enum aws_found aws_credentials_from_instance(struct aws *aws, struct aws_credentials *found, struct aws_failure *failure);

/* ---- aws_mask.c ---- */

/* Registers a secret: it is masked from now on. NULL and short texts are not registered. */
void aws_secret_add(struct aws *aws, const char *secret);

/* A copy of a text in the arena, with all secrets and all control characters but line ends and tabs replaced. */
const char *aws_masked(struct aws *aws, const char *text);

/* Passes a text to the trace line by line, each after `mark`: secrets and control characters are replaced, and headers that
 * carry secrets lose their values. */
void aws_trace(struct aws *aws, const char *mark, const char *text, size_t length);

#endif

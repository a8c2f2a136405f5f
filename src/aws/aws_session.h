/* What the files of the AWS module share; nobody else includes it. */
#ifndef SP_AWS_SESSION_H
#define SP_AWS_SESSION_H

#include "aws/aws.h"

/* Keys to sign with. Texts live in the session's arena. */
struct aws_credentials {
	const char *access_key, *secret_key;
	const char *token;  /* of temporary ones, or NULL */
	int64_t expires;    /* in milliseconds since 1970; 0: never */
};

/* A profile may take its credentials from another one, and that from a third. */
enum { AWS_CHAIN_MAX = 16, AWS_DEFAULT_LIMIT = 16 << 20 };

struct aws {
	struct arena *arena;
	struct aws_options options;
	const struct aws_clock *clock;
	struct aws_settings *settings; /* of both files, the last one first */
	const char *profile;     /* whose settings apply; "default" when nobody said */
	const char *region;
	bool uses_fips, uses_dual_stack;
	const char *ca_bundle;   /* or NULL */
	struct aws_credentials credentials;
	bool has_credentials;
	unsigned attempts_max, quota;
	const struct aws_curl *curl;
	void *handle;            /* of libcurl: it keeps connections open */
	struct aws_secret *secrets;
	const char *chain[AWS_CHAIN_MAX]; /* the profiles that are being resolved, the first one first */
	size_t chain_length;
};

/* ---- aws.c ---- */

/* A variable of the environment; NULL when it is empty, too. */
const char *aws_environment(const char *name);

int64_t aws_now(const struct aws *aws);

/* ---- aws_settings.c ---- */

enum aws_file { AWS_FILE_CONFIG, AWS_FILE_CREDENTIALS };

/* Reads both files; one that is not there is empty. */
bool aws_settings_read(struct aws *aws, struct aws_failure *failure);

/* The value of a setting of a profile, or NULL when there is none or an empty one: in one file, or in both, of which the
 * credentials file goes first. */
const char *aws_setting_in(const struct aws *aws, enum aws_file file, const char *profile, const char *key);
const char *aws_setting(const struct aws *aws, const char *profile, const char *key);

/* The same of a section `[KIND NAME]` of the config file, such as "sso-session". */
const char *aws_section_setting(const struct aws *aws, const char *kind, const char *name, const char *key);

/* The value behind `key` in the lines below a setting, as `endpoint_url` below `sagemaker =`. */
const char *aws_nested_setting(struct aws *aws, const char *block, const char *key);

bool aws_has_profile(const struct aws *aws, const char *profile);

/* Appends the path of a file below ~/.aws. */
void aws_home_path(struct text *out, const char *name);

/* ---- aws_endpoint.c ---- */

/* Where a request goes. Texts live in the session's arena. */
struct aws_endpoint {
	const char *base;         /* scheme and host, without "/" at the end */
	const char *signing_name;
	const char *region;       /* to sign for */
	bool is_custom;           /* a user named it */
};

bool aws_endpoint_find(struct aws *aws, enum aws_service service, const char *region, struct aws_endpoint *endpoint,
                       struct aws_failure *failure);

/* The whole URL of a request. */
const char *aws_request_url(struct aws *aws, const struct aws_request *request, const struct aws_endpoint *endpoint);

const char *aws_service_name(enum aws_service service);

/* ---- aws_http.c: one exchange, whatever its meaning ---- */

struct aws_exchange {
	const char *method, *url;
	const char *const *headers; /* "Name: value", the last is NULL */
	const struct aws_body *body; /* or NULL */
	const struct aws_credentials *signer; /* NULL: unsigned */
	const char *signing_name, *signing_region;
	bool is_local;     /* a metadata service: reached without a proxy and with little patience */
	unsigned local_seconds;
	bool is_secret;    /* the bodies are not for a trace */
	bool needs_fresh_connection;
	size_t reply_limit;
};

enum aws_transport { AWS_ANSWERED, AWS_NOT_SENT, AWS_NOT_TRUSTED, AWS_UNREADABLE, AWS_UNANSWERED };

/* Sends and receives once. What is not ANSWERED leaves a reason in words; UNREADABLE: a body could not be read to its end. */
enum aws_transport aws_exchange(struct aws *aws, const struct aws_exchange *exchange, struct aws_reply *reply,
                                const char **reason);

/* Whether libcurl is there. */
bool aws_http_ready(struct aws *aws, struct aws_failure *failure);

/* ---- aws_call.c ---- */

/* What became of an attempt. THROTTLED and UNSENT were not acted upon; UNKNOWN may have been. */
enum aws_verdict { AWS_DONE, AWS_REFUSED, AWS_THROTTLED, AWS_UNSENT, AWS_UNKNOWN };

/* Sends a request once, signed with the credentials, or unsigned when NULL. `reply` is the caller's to free, whatever the
 * verdict; `failure` is filled unless it is DONE. */
enum aws_verdict aws_attempt(struct aws *aws, const struct aws_request *request, const struct aws_credentials *credentials,
                             struct aws_reply *reply, struct aws_failure *failure);

/* What a request is called in messages: "SageMaker.CreatePipeline", "PUT s3:bucket/key". */
const char *aws_request_name(struct aws *aws, const struct aws_request *request);

/* ---- aws_retry.c ---- */

/* As aws_call, with these credentials, or unsigned when NULL. */
bool aws_call_as(struct aws *aws, const struct aws_request *request, const struct aws_credentials *credentials,
                 struct aws_reply *reply, struct aws_failure *failure);

/* ---- aws_reply.c ---- */

/* Fills the failure from a reply with an error status: AWS's code and message, from JSON, XML or headers. */
void aws_reply_error(struct aws *aws, const struct aws_request *request, const struct aws_reply *reply,
                     struct aws_failure *failure);

/* The text of the first element `name` of an XML text, in the arena; NULL when it is not there. */
const char *aws_xml_text(struct aws *aws, const char *xml, const char *name);

/* Whether a service speaks JSON. */
bool aws_speaks_json(enum aws_service service);

/* ---- aws_credentials.c ---- */

/* The session's credentials, looked for, or renewed when they are about to expire. */
bool aws_credentials_get(struct aws *aws, struct aws_failure *failure);

/* What a source of credentials says: it is not configured, it gave some, or it is configured and failed. */
enum aws_found { AWS_ABSENT, AWS_FOUND, AWS_FAILED };

/* The environment's; and those that a profile has without assuming a role for it. */
enum aws_found aws_from_environment(struct aws *aws, struct aws_credentials *found, struct aws_failure *failure);
enum aws_found aws_from_profile(struct aws *aws, const char *profile, bool with_environment, struct aws_credentials *found,
                                struct aws_failure *failure);

/* Fills credentials with copies of the texts, which are secrets from now on. False when a key is missing, or `expiration`
 * is given and no time. */
bool aws_credentials_fill(struct aws *aws, struct aws_credentials *found, const char *access_key, const char *secret_key,
                          const char *token, const char *expiration);

/* ---- aws_role.c, aws_sso.c, aws_process.c, aws_metadata.c: sources in files of their own ---- */

enum aws_found aws_from_role(struct aws *aws, const char *profile, struct aws_credentials *found,
                             struct aws_failure *failure);
enum aws_found aws_from_web_identity(struct aws *aws, const char *profile, bool with_environment,
                                     struct aws_credentials *found, struct aws_failure *failure);
enum aws_found aws_from_sso(struct aws *aws, const char *profile, struct aws_credentials *found,
                            struct aws_failure *failure);
enum aws_found aws_from_process(struct aws *aws, const char *profile, struct aws_credentials *found,
                                struct aws_failure *failure);
enum aws_found aws_from_container(struct aws *aws, struct aws_credentials *found, struct aws_failure *failure);
enum aws_found aws_from_instance(struct aws *aws, struct aws_credentials *found, struct aws_failure *failure);

/* ---- aws_mask.c ---- */

/* Remembers a secret: it is masked from now on. NULL and short texts are none. */
void aws_secret_add(struct aws *aws, const char *secret);

/* A copy of a text in the arena, with every secret replaced, and what controls a terminal, too. */
const char *aws_masked(struct aws *aws, const char *text);

/* Hands a text to the trace, line by line, masked: headers that carry secrets lose their values. */
void aws_trace(struct aws *aws, const char *mark, const char *text, size_t length);

/* ---- aws_time.c ---- */

/* Milliseconds since 1970 of an ISO 8601 time in UTC or with an offset; -1 when it is none. */
int64_t aws_time_parse(const char *text);

/* The same of a Date header (RFC 9110). */
int64_t aws_time_parse_http(const char *text);

/* Writes `20150830T123600Z`. */
enum { AWS_TIME_ROOM = 17 };
void aws_time_write(int64_t milliseconds, char out[AWS_TIME_ROOM]);

#endif

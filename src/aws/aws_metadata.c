/* Credentials from metadata services: of containers (ECS, EKS, SageMaker), and of EC2 instances. Only IMDSv2 is used, whose
 * requests carry a token; IMDSv1 answers anybody. */
#include "aws/aws_parts.h"
#include "base/json_tree.h"
#include "host/file.h"

#include <arpa/inet.h>
#include <cjson/cJSON.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { CONTAINER_SECONDS = 2, CONTAINER_ATTEMPTS = 3, CONTAINER_PAUSE_MS = 1000 };

static bool read_credentials(struct aws *aws, const char *text, struct aws_credentials *found)
{
	cJSON *json = cJSON_Parse(text);
	bool is_good =
		aws_credentials_fill(aws, found, json_text(json, "AccessKeyId"), json_text(json, "SecretAccessKey"),
	                             json_text(json, "Token"), json_text(json, "Expiration"));
	cJSON_Delete(json);
	return is_good;
}

/* ---- containers ---- */

/* Whether credentials may come from a URL: over HTTPS, or over plain HTTP from this machine or from an address that AWS
 * uses for them. */
static bool is_allowed(struct arena *arena, const char *url)
{
	static const char *const hosts[] = {"169.254.170.2", "169.254.170.23", "fd00:ec2::23", "localhost", "::1"};
	struct in_addr address;
	if (strncasecmp(url, "https://", 8) == 0)
		return true;
	if (strncasecmp(url, "http://", 7) != 0)
		return false;
	url += 7;
	const char *at = memchr(url, '@', strcspn(url, "/?#"));
	bool is_bracketed = *url == '[';
	char *host =
		arena_copy(arena, url + is_bracketed, strcspn(url + is_bracketed, is_bracketed ? "]" : ":/?#"));
	for (size_t i = 0; i < sizeof hosts / sizeof *hosts; i++)
		if (!at && strcmp(host, hosts[i]) == 0)
			return true;
	return !at && inet_pton(AF_INET, host, &address) == 1 && ntohl(address.s_addr) >> 24 == 127;
}

/* Sets `*header` to the Authorization header, or to NULL if no token is configured. False after a failure. */
static bool find_authorization(struct aws *aws, const char **header, struct aws_failure *failure)
{
	const char *path = aws_environment("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE");
	const char *token = aws_environment("AWS_CONTAINER_AUTHORIZATION_TOKEN");
	struct text text = {0};
	*header = NULL;
	if (path && !file_read(path, AWS_TOKEN_FILE_LIMIT, &text)) {
		aws_fail(aws, failure, SP6006, NULL, "cannot read the authorization token file of the container, %s: %s", path,
		         strerror(errno));
		return false;
	}
	if (path)
		token = arena_copy(aws->arena, text_string(&text), text.length);
	text_free(&text);
	if (token && strpbrk(token, "\r\n")) {
		aws_fail(aws, failure, SP6006, NULL, "the authorization token of the container has more than one line");
		return false;
	}
	aws_secret_add(aws, token);
	if (token)
		*header = arena_printf(aws->arena, "Authorization: %s", token);
	return true;
}

enum aws_found aws_credentials_from_container(struct aws *aws, struct aws_credentials *found, struct aws_failure *failure)
{
	const char *relative = aws_environment("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI");
	const char *url = aws_environment("AWS_CONTAINER_CREDENTIALS_FULL_URI");
	const char *authorization, *reason = "no credentials";
	if (!relative && !url)
		return AWS_ABSENT;
	if (relative)
		url = arena_printf(aws->arena, "http://169.254.170.2%s", relative);
	if (!is_allowed(aws->arena, url)) {
		aws_fail(aws, failure, SP6006, NULL,
		         "refusing to request credentials from %s: it is neither HTTPS nor a local address", url);
		return AWS_FAILED;
	}
	if (!aws_http_init(aws, failure) || !find_authorization(aws, &authorization, failure))
		return AWS_FAILED;
	const char *const headers[] = {"Accept: application/json", authorization, NULL};
	const struct aws_exchange exchange = {.method = "GET",
	                                      .url = url,
	                                      .headers = headers,
	                                      .is_local = true,
	                                      .local_seconds = CONTAINER_SECONDS,
	                                      .is_secret = true};
	bool is_found = false;
	for (unsigned i = 0; i < CONTAINER_ATTEMPTS && !is_found; i++) {
		struct aws_reply reply = {0};
		if (i)
			aws->clock->sleep(aws->clock->context, CONTAINER_PAUSE_MS);
		if (aws_exchange(aws, &exchange, &reply, &reason) == AWS_ANSWERED) {
			is_found = reply.status == 200 && read_credentials(aws, text_string(&reply.body), found);
			reason = arena_printf(aws->arena, "HTTP status %ld without credentials", reply.status);
		}
		aws_reply_free(&reply);
	}
	if (!is_found)
		aws_fail(aws, failure, SP6006, NULL, "the container's endpoint %s returned no credentials: %s", url, reason);
	return is_found ? AWS_FOUND : AWS_FAILED;
}

/* ---- instances ---- */

static const char *instance_setting(struct aws *aws, const char *variable, const char *key)
{
	const char *value = aws_environment(variable);
	return value || !key ? value : aws_setting(aws, aws->profile, key);
}

/* A number from 1 to 100; 1 for anything else. */
static unsigned number_or_one(const char *text)
{
	long number = text ? strtol(text, NULL, 10) : 1;
	return number >= 1 && number <= 100 ? (unsigned)number : 1;
}

static const char *instance_base(struct aws *aws)
{
	const char *base =
		instance_setting(aws, "AWS_EC2_METADATA_SERVICE_ENDPOINT", "ec2_metadata_service_endpoint");
	const char *mode = instance_setting(aws, "AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE",
	                                    "ec2_metadata_service_endpoint_mode");
	if (!base)
		base = mode && strcasecmp(mode, "ipv6") == 0 ? "http://[fd00:ec2::254]" : "http://169.254.169.254";
	size_t length = strlen(base);
	return arena_copy(aws->arena, base, length - (base[length - 1] == '/'));
}

/* One request to the instance's metadata service: the body of the reply in the arena, or NULL. */
static const char *ask_instance(struct aws *aws, const char *method, const char *path, const char *header)
{
	unsigned seconds =
		number_or_one(instance_setting(aws, "AWS_METADATA_SERVICE_TIMEOUT", "metadata_service_timeout"));
	unsigned attempts = number_or_one(
		instance_setting(aws, "AWS_METADATA_SERVICE_NUM_ATTEMPTS", "metadata_service_num_attempts"));
	const char *const headers[] = {header, NULL};
	const struct aws_body empty = {.bytes = ""};
	const struct aws_exchange exchange = {
		.method = method,
		.url = arena_printf(aws->arena, "%s/latest/%s", instance_base(aws), path),
		.headers = headers,
		.body = strcmp(method, "PUT") == 0 ? &empty : NULL,
		.is_local = true,
		.local_seconds = seconds,
		.is_secret = true,
	};
	const char *answer = NULL, *reason;
	for (unsigned i = 0; i < attempts && !answer; i++) {
		struct aws_reply reply = {0};
		if (aws_exchange(aws, &exchange, &reply, &reason) == AWS_ANSWERED && reply.status == 200)
			answer = arena_copy(aws->arena, text_string(&reply.body), reply.body.length);
		aws_reply_free(&reply);
	}
	return answer;
}

/* Most machines are not instances: without a reply, credentials are absent, which is not a failure. */
enum aws_found aws_credentials_from_instance(struct aws *aws, struct aws_credentials *found, struct aws_failure *failure)
{
	const char *disabled = aws_environment("AWS_EC2_METADATA_DISABLED");
	if (disabled && strcasecmp(disabled, "true") == 0)
		return AWS_ABSENT;
	if (!aws_http_init(aws, failure))
		return AWS_FAILED;
	const char *token = ask_instance(aws, "PUT", "api/token", "x-aws-ec2-metadata-token-ttl-seconds: 21600");
	if (!token || strpbrk(token, "\r\n"))
		return AWS_ABSENT;
	aws_secret_add(aws, token);
	const char *header = arena_printf(aws->arena, "x-aws-ec2-metadata-token: %s", token);
	const char *role = ask_instance(aws, "GET", "meta-data/iam/security-credentials/", header);
	if (!role || !*role)
		return AWS_ABSENT;
	struct text path = {0};
	text_puts(&path, "meta-data/iam/security-credentials/");
	aws_encode_path(&path, arena_copy(aws->arena, role, strcspn(role, "\r\n")));
	const char *answer = ask_instance(aws, "GET", path.bytes, header);
	text_free(&path);
	if (answer && read_credentials(aws, answer, found))
		return AWS_FOUND;
	aws_fail(aws, failure, SP6006, NULL, "the instance metadata service returned no credentials for the role %.*s",
	         (int)strcspn(role, "\r\n"), role);
	return AWS_FAILED;
}

/* Calls src/aws/aws.h for tests. The arguments are options and one command. It is not installed.
 *
 *     drive [OPTION...] identify
 *     drive [OPTION...] sagemaker OPERATION JSON      may be retried; `once` instead of `sagemaker`: must not act twice
 *     drive [OPTION...] list OPERATION JSON MEMBER
 *     drive [OPTION...] request SERVICE METHOD PATH [JSON]
 *     drive [OPTION...] s3 METHOD BUCKET KEY [FILE]   sends FILE in pieces; `s3-unsigned`: without its digest;
 *                                                     `s3-short`: announced as longer than it is
 *     drive [OPTION...] describe BUCKET KEY           prints what a request of each service would be
 *     drive [OPTION...] sign METHOD URL SERVICE BODY [HEADER...]   sends one of AWS's signing examples
 *     drive time TEXT                                 parses a time
 *
 * Prints the reply or the failure as lines of a name and a value. */
#include "aws/aws.h"
#include "aws/aws_parts.h"
#include "aws/aws_time.h"
#include "base/digest.h"
#include "host/file.h"

#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A clock that advances only by sleeps, which it prints. */
struct fixed_clock {
	int64_t now;
	uint64_t random;
};

static int64_t fixed_now(void *context)
{
	return ((struct fixed_clock *)context)->now;
}

static void fixed_sleep(void *context, int64_t milliseconds)
{
	printf("slept %lld\n", (long long)milliseconds);
	((struct fixed_clock *)context)->now += milliseconds;
}

static uint64_t fixed_random(void *context)
{
	return ((struct fixed_clock *)context)->random;
}

static void trace(void *context, const char *line)
{
	(void)context;
	fprintf(stderr, "%s\n", line);
}

static bool ask(void *context, const char *prompt, struct text *answer)
{
	fprintf(stderr, "%s\n", prompt);
	text_puts(answer, (const char *)context);
	return true;
}

static void print_failure(const struct aws_failure *failure)
{
	printf("failure %s\nmessage %s\nhelp %s\naws %s\nstatus %ld\nattempts %u\nrequest %s\nacted %s\n",
	       diag_code_name(failure->code), failure->message, failure->help ? failure->help : "-",
	       *failure->aws_code ? failure->aws_code : "-", failure->status, failure->attempts,
	       *failure->request_id ? failure->request_id : "-", failure->may_have_acted ? "perhaps" : "no");
}

static bool print_json(cJSON *json)
{
	if (!json)
		return false;
	char *text = cJSON_PrintUnformatted(json);
	printf("json %s\n", text);
	cJSON_free(text);
	cJSON_Delete(json);
	return true;
}

static bool identify(struct aws *aws, struct aws_failure *failure)
{
	struct aws_identity identity;
	if (!aws_identify(aws, &identity, failure))
		return false;
	printf("account %s\narn %s\n", identity.account, identity.arn);
	return true;
}

static bool list(struct aws *aws, char **words, struct aws_failure *failure)
{
	cJSON *input = cJSON_Parse(words[2]);
	bool is_good = print_json(aws_sagemaker_list(aws, words[1], input, words[3], 0, failure));
	cJSON_Delete(input);
	return is_good;
}

static bool send_request(struct aws *aws, const struct aws_request *request, struct aws_failure *failure)
{
	struct aws_reply reply;
	if (!aws_call(aws, request, &reply, failure))
		return false;
	const char *etag = aws_reply_header(aws, &reply, "ETag");
	printf("status %ld\netag %s\nbody %s\n", reply.status, etag ? etag : "-", text_string(&reply.body));
	aws_reply_free(&reply);
	return true;
}

static bool request(struct aws *aws, char **words, int count, struct aws_failure *failure)
{
	enum aws_service service = AWS_SAGEMAKER;
	while (strcmp(aws_service_name(service), words[1]) != 0)
		service++;
	const char *query = strchr(words[3], '?');
	const struct aws_request request = {
		.service = service,
		.method = words[2],
		.path = arena_copy(aws->arena, words[3], strcspn(words[3], "?")),
		.query = query ? query + 1 : NULL,
		.body = {.bytes = count > 4 ? words[4] : NULL, .length = count > 4 ? strlen(words[4]) : 0,
		         .type = count > 4 ? "application/json" : NULL},
	};
	return send_request(aws, &request, failure);
}

static size_t read_text(void *context, uint64_t offset, char *to, size_t room)
{
	const struct text *text = context;
	size_t left = offset < text->length ? text->length - (size_t)offset : 0, size = left < room ? left : room;
	memcpy(to, text->bytes + offset, size);
	return size;
}

static bool s3(struct aws *aws, char **words, int count, struct aws_failure *failure)
{
	struct text path = {0}, body = {0};
	char digest[DIGEST_ROOM] = "";
	text_puts(&path, "/");
	aws_encode_path(&path, words[3]);
	struct aws_request request = {.service = AWS_S3, .method = words[1], .bucket = words[2], .path = path.bytes};
	if (count > 4 && file_read(words[4], 1u << 30, &body)) {
		digest_bytes(text_string(&body), body.length, digest);
		bool is_short = strcmp(words[0], "s3-short") == 0;
		request.body = (struct aws_body){.length = body.length + is_short, .read = read_text, .context = &body,
		                                 .sha256 = strcmp(words[0], "s3") == 0 ? digest : NULL};
	}
	bool is_good = send_request(aws, &request, failure);
	text_free(&path);
	text_free(&body);
	return is_good;
}

static bool describe(struct aws *aws, char **words)
{
	struct text out = {0}, path = {0};
	text_puts(&path, "/");
	aws_encode_path(&path, words[2]);
	for (enum aws_service service = AWS_SAGEMAKER; service <= AWS_SSO_OIDC; service++) {
		const struct aws_request request = {.service = service, .method = "POST", .target = service ? NULL : "SageMaker.X",
		                                    .bucket = service == AWS_S3 ? words[1] : NULL,
		                                    .path = service == AWS_S3 ? path.bytes : NULL};
		aws_describe_request(&out, aws, &request);
		text_puts(&out, "\n");
	}
	printf("%spartition %s\n", text_string(&out), aws_partition(aws));
	text_free(&out);
	text_free(&path);
	return true;
}

/* The test reads the signature from the request that its server gets. */
static bool sign(struct aws *aws, char **words, int count, struct aws_failure *failure)
{
	const char *headers[16] = {NULL}, *type = NULL, *reason;
	size_t length = 0;
	struct aws_reply reply = {0};
	for (int i = 5; i < count; i++) {
		if (strncmp(words[i], "Content-Type: ", 14) == 0)
			type = words[i] + 14;
		else
			headers[length++] = words[i];
	}
	const struct aws_body body = {.bytes = words[4], .length = strlen(words[4]), .type = type};
	const struct aws_exchange exchange = {.method = words[1], .url = words[2], .headers = headers,
	                                      .body = strcmp(words[1], "GET") == 0 ? NULL : &body,
	                                      .signer = &aws->credentials, .signing_name = words[3],
	                                      .signing_region = aws->region};
	bool is_good = aws_credentials_ensure(aws, failure) && aws_http_init(aws, failure) &&
	               aws_exchange(aws, &exchange, &reply, &reason) == AWS_ANSWERED;
	aws_reply_free(&reply);
	return is_good;
}

static bool run(struct aws *aws, char **words, int count, struct aws_failure *failure)
{
	const char *what = words[0];
	if (strcmp(what, "identify") == 0)
		return identify(aws, failure);
	if (strcmp(what, "sagemaker") == 0)
		return print_json(aws_sagemaker(aws, words[1], words[2], failure));
	if (strcmp(what, "once") == 0)
		return print_json(aws_sagemaker_once(aws, words[1], words[2], failure));
	if (strcmp(what, "list") == 0)
		return list(aws, words, failure);
	if (strcmp(what, "request") == 0)
		return request(aws, words, count, failure);
	if (strcmp(what, "sign") == 0)
		return sign(aws, words, count, failure);
	return strcmp(what, "describe") == 0 ? describe(aws, words) : s3(aws, words, count, failure);
}

/* Reads options, each with a value. Returns the index of the first argument after them. */
static int read_options(int argc, char **argv, struct aws_options *options, struct fixed_clock *fixed,
                        const struct aws_clock *clock)
{
	int i = 1;
	for (; i + 1 < argc && strncmp(argv[i], "--", 2) == 0; i += 2) {
		const char *name = argv[i] + 2, *value = argv[i + 1];
		if (strcmp(name, "profile") == 0)
			options->profile = value;
		else if (strcmp(name, "region") == 0)
			options->region = value;
		else if (strcmp(name, "pipeline-region") == 0)
			options->pipeline_region = value;
		else if (strcmp(name, "endpoint-url") == 0)
			options->endpoint_url = value;
		else if (strcmp(name, "idle") == 0)
			options->idle_seconds = (unsigned)atoi(value);
		else if (strcmp(name, "debug-http") == 0)
			options->trace = trace;
		else if (strcmp(name, "mfa") == 0)
			options->ask = ask, options->context = (void *)value;
		else if (strcmp(name, "now") == 0)
			fixed->now = aws_time_parse(value), options->clock = clock;
		else if (strcmp(name, "random") == 0)
			fixed->random = strtoull(value, NULL, 16);
	}
	return i;
}

int main(int argc, char **argv)
{
	struct arena arena = {0};
	struct fixed_clock fixed = {0, UINT64_C(1) << 63};
	const struct aws_clock clock = {&fixed, fixed_now, fixed_sleep, fixed_random};
	struct aws_options options = {0};
	struct aws_failure failure;
	int first = read_options(argc, argv, &options, &fixed, &clock);
	if (first + 1 < argc && strcmp(argv[first], "time") == 0)
		return printf("%lld %lld\n", (long long)aws_time_parse(argv[first + 1]),
		              (long long)aws_time_parse_http(argv[first + 1])) < 0;
	struct aws *aws = aws_open(&arena, &options, &failure);
	bool is_good = aws && run(aws, argv + first, argc - first, &failure);
	if (!is_good)
		print_failure(&failure);
	aws_close(aws);
	arena_free(&arena);
	return !is_good;
}

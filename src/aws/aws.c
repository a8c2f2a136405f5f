/* The session: opening, closing, calls with renewal of its credentials, the operations of SageMaker, and the caller's identity. */
#include "aws/aws_curl.h"
#include "aws/aws_parts.h"
#include "base/json_tree.h"

#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

enum { DEFAULT_ATTEMPTS = 3, PAGES_MAX = 1000 };

/* --- the session --- */

static const char *first_set(const char *a, const char *b, const char *c)
{
	return a ? a : b ? b : c;
}

static bool is_enabled(struct aws *aws, const char *variable, const char *key)
{
	const char *value = first_set(aws_environment(variable), aws_setting(aws, aws->profile, key), "");
	return strcmp(value, "true") == 0 || strcmp(value, "True") == 0;
}

static bool choose_profile(struct aws *aws, struct aws_failure *failure)
{
	const char *named = first_set(aws->options.profile, aws_environment("AWS_DEFAULT_PROFILE"),
	                              aws_environment("AWS_PROFILE"));
	aws->profile = named ? named : "default";
	if (!named || aws_has_profile(aws, named))
		return true;
	aws_fail(aws, failure, SP6002, "`aws configure list-profiles` lists the profiles",
	         "there is no profile `%s` in the AWS config and credentials files", named);
	return false;
}

/* The name of a region becomes part of host names, so its characters are checked. */
static bool choose_region(struct aws *aws, struct aws_failure *failure)
{
	const char *configured = first_set(aws_environment("AWS_REGION"), aws_environment("AWS_DEFAULT_REGION"),
	                                   aws_setting(aws, aws->profile, "region"));
	aws->region = first_set(aws->options.region, aws->options.pipeline_region, configured);
	if (!aws->region) {
		aws_fail(aws, failure, SP6004,
		         "give --region, or write `Region: \"us-west-2\"` in the `pipeline` block",
		         "no AWS region: it is not on the command line, in the program or in the AWS settings");
		return false;
	}
	size_t length = strlen(aws->region);
	bool is_name = length < 64 && strspn(aws->region, "abcdefghijklmnopqrstuvwxyz0123456789-") == length;
	if (!is_name)
		aws_fail(aws, failure, SP6004, "a region looks like us-west-2", "`%s` is not a valid region name",
		         aws->region);
	return is_name;
}

static void read_other_settings(struct aws *aws)
{
	const char *attempts =
		first_set(aws_environment("AWS_MAX_ATTEMPTS"), aws_setting(aws, aws->profile, "max_attempts"), "");
	long number = strtol(attempts, NULL, 10);
	aws->attempts_max = number >= 1 && number <= 100 ? (unsigned)number : DEFAULT_ATTEMPTS;
	aws->uses_fips = is_enabled(aws, "AWS_USE_FIPS_ENDPOINT", "use_fips_endpoint");
	aws->uses_dual_stack = is_enabled(aws, "AWS_USE_DUALSTACK_ENDPOINT", "use_dualstack_endpoint");
	aws->ca_bundle =
		first_set(aws_environment("AWS_CA_BUNDLE"), aws_setting(aws, aws->profile, "ca_bundle"), NULL);
}

struct aws *aws_open(struct arena *arena, const struct aws_options *options, struct aws_failure *failure)
{
	const struct rlimit no_core = {0, 0}; /* a core dump would contain the keys */
	struct aws *aws = arena_new(arena, struct aws);
	*aws = (struct aws){.arena = arena, .options = *options, .clock = options->clock};
	if (!aws->clock)
		aws->clock = &aws_real_clock;
	if (!aws_settings_read(aws, failure) || !choose_profile(aws, failure) || !choose_region(aws, failure))
		return NULL;
	read_other_settings(aws);
	setrlimit(RLIMIT_CORE, &no_core);
	return aws;
}

void aws_close(struct aws *aws)
{
	if (aws && aws->handle)
		aws->curl->easy_cleanup(aws->handle);
}

const char *aws_region(const struct aws *aws)
{
	return aws->region;
}

const char *aws_partition(const struct aws *aws)
{
	return aws_partition_of(aws->region);
}

void aws_make_token(struct aws *aws, char token[AWS_TOKEN_ROOM])
{
	unsigned long long high = aws->clock->random(aws->clock->context);
	unsigned long long low = aws->clock->random(aws->clock->context);
	snprintf(token, AWS_TOKEN_ROOM, "%016llx%016llx", high, low);
}

/* --- calls --- */

static bool is_same(const struct aws_credentials *a, const struct aws_credentials *b)
{
	return strcmp(a->access_key, b->access_key) == 0 && strcmp(a->secret_key, b->secret_key) == 0 &&
	       strcmp(a->token ? a->token : "", b->token ? b->token : "") == 0;
}

/* Reads the files again and looks for new credentials. False if they are the same ones, or after a failure, which then
 * replaces `*failure`. */
static bool renew_credentials(struct aws *aws, struct aws_failure *failure)
{
	struct aws_credentials old = aws->credentials;
	aws->has_credentials = false;
	return aws_settings_read(aws, failure) && aws_credentials_ensure(aws, failure) &&
	       !is_same(&old, &aws->credentials);
}

bool aws_call(struct aws *aws, const struct aws_request *request, struct aws_reply *reply,
              struct aws_failure *failure)
{
	*reply = (struct aws_reply){0};
	if (!aws_credentials_ensure(aws, failure))
		return false;
	if (aws_call_as(aws, request, &aws->credentials, reply, failure))
		return true;
	unsigned attempts = failure->attempts;
	if (!aws_error_is_expired(failure) || !renew_credentials(aws, failure))
		return false;
	bool is_done = aws_call_as(aws, request, &aws->credentials, reply, failure);
	failure->attempts = is_done ? attempts : attempts + failure->attempts;
	return is_done;
}

cJSON *aws_call_json(struct aws *aws, const struct aws_request *request, struct aws_failure *failure)
{
	struct aws_reply reply;
	if (!aws_call(aws, request, &reply, failure))
		return NULL;
	cJSON *json = reply.json ? reply.json : cJSON_CreateObject();
	reply.json = NULL;
	aws_reply_free(&reply);
	return json;
}

/* --- SageMaker --- */

static cJSON *call_sagemaker(struct aws *aws, const char *operation, const char *input, bool acts_once,
                             struct aws_failure *failure)
{
	const struct aws_request request = {
		.service = AWS_SAGEMAKER,
		.method = "POST",
		.target = arena_printf(aws->arena, "SageMaker.%s", operation),
		.body = {.bytes = input, .length = strlen(input), .type = "application/x-amz-json-1.1"},
		.acts_once = acts_once,
	};
	return aws_call_json(aws, &request, failure);
}

cJSON *aws_sagemaker(struct aws *aws, const char *operation, const char *input, struct aws_failure *failure)
{
	return call_sagemaker(aws, operation, input, false, failure);
}

cJSON *aws_sagemaker_once(struct aws *aws, const char *operation, const char *input, struct aws_failure *failure)
{
	return call_sagemaker(aws, operation, input, true, failure);
}

cJSON *aws_sagemaker_tree(struct aws *aws, const char *operation, const cJSON *input, struct aws_failure *failure)
{
	struct text text = {0};
	json_put_tree(&text, input);
	cJSON *reply = aws_sagemaker(aws, operation, text.bytes, failure);
	text_free(&text);
	return reply;
}

/* Moves the elements of a page's array to `items`, until there are `limit`. */
static void take_items(cJSON *items, cJSON *page, const char *member, size_t limit)
{
	cJSON *array = cJSON_GetObjectItemCaseSensitive(page, member), *item;
	size_t count = (size_t)cJSON_GetArraySize(items);
	while (array && (item = array->child) && (!limit || count < limit)) {
		cJSON_AddItemToArray(items, cJSON_DetachItemViaPointer(array, item));
		count++;
	}
}

/* Requests the page with a token; `input` is unchanged afterwards. */
static cJSON *request_page(struct aws *aws, const char *operation, cJSON *input, const char *token,
                           struct aws_failure *failure)
{
	if (*token)
		cJSON_AddStringToObject(input, "NextToken", token);
	cJSON *page = aws_sagemaker_tree(aws, operation, input, failure);
	if (*token)
		cJSON_DeleteItemFromObjectCaseSensitive(input, "NextToken");
	return page;
}

cJSON *aws_sagemaker_list(struct aws *aws, const char *operation, cJSON *input, const char *member, size_t limit,
                          struct aws_failure *failure)
{
	cJSON *items = cJSON_CreateArray();
	const char *token = "";
	for (unsigned i = 0;; i++) {
		cJSON *page = request_page(aws, operation, input, token, failure);
		if (!page)
			break;
		take_items(items, page, member, limit);
		const char *next = json_text(page, "NextToken");
		bool is_last = !next || !*next || (limit && (size_t)cJSON_GetArraySize(items) >= limit);
		bool is_endless = !is_last && (strcmp(next, token) == 0 || i == PAGES_MAX);
		token = is_last ? "" : arena_copy(aws->arena, next, strlen(next));
		cJSON_Delete(page);
		if (is_last)
			return items;
		if (is_endless) {
			aws_fail(aws, failure, SP6010, NULL, "%s: the pages of the reply do not end", operation);
			break;
		}
	}
	cJSON_Delete(items);
	return NULL;
}

/* --- the caller --- */

struct aws_request aws_identify_request(void)
{
	static const char query[] = "Action=GetCallerIdentity&Version=" AWS_STS_VERSION;
	return aws_sts_request(query, sizeof query - 1);
}

bool aws_identify(struct aws *aws, struct aws_identity *identity, struct aws_failure *failure)
{
	const struct aws_request request = aws_identify_request();
	struct aws_reply reply;
	if (!aws_call(aws, &request, &reply, failure))
		return false;
	identity->account = aws_xml_text(aws, text_string(&reply.body), "Account");
	identity->arn = aws_xml_text(aws, text_string(&reply.body), "Arn");
	aws_reply_free(&reply);
	if (!identity->account || !identity->arn)
		aws_fail(aws, failure, SP6010, NULL, "the reply of STS has no account or ARN");
	return identity->account && identity->arn;
}

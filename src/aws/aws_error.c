/* What AWS's error codes and HTTP statuses mean: whether a request is retried, and what to tell the user. */
#include "aws/aws_parts.h"

#include <string.h>
#include <strings.h>

static bool is_one_of(const char *code, const char *const *codes)
{
	for (; *codes; codes++)
		if (strcmp(code, *codes) == 0)
			return true;
	return false;
}

static bool contains(const char *text, const char *words)
{
	size_t length = strlen(words);
	for (; *text; text++)
		if (strncasecmp(text, words, length) == 0)
			return true;
	return false;
}

/* The codes and statuses of AWS's standard retry mode. */
enum aws_verdict aws_error_judge(const struct aws_failure *failure)
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
	/* 503 means that the service did not act. After the other statuses it may have begun to. */
	if (is_one_of(failure->aws_code, transient) || failure->status == 503)
		return AWS_UNSENT;
	return failure->status == 500 || failure->status == 502 || failure->status == 504 ? AWS_UNKNOWN
	                                                                                  : AWS_REFUSED;
}

/* The errors whose meaning does not depend on the operation. */
static const struct known_error {
	const char *code;
	enum diag_code diag;
	const char *help;
	bool is_expired;
} known_errors[] = {
	{"ExpiredToken", SP6013, "get new credentials, for example with `aws sso login`", true},
	{"ExpiredTokenException", SP6013, "get new credentials, for example with `aws sso login`", true},
	{"RequestExpired", SP6013, "get new credentials, and check the clock of this machine", true},
	{"InvalidClientTokenId", SP6013,
	 "AWS does not know this access key: check whether it was deleted or belongs to another partition", false},
	{"InvalidAccessKeyId", SP6013,
	 "AWS does not know this access key: check whether it was deleted or belongs to another partition", false},
	{"UnrecognizedClientException", SP6013,
	 "AWS does not know this access key: check whether it was deleted or belongs to another partition", false},
	{"SignatureDoesNotMatch", SP6013, "check that the secret key belongs to the access key", false},
	{"InvalidSignatureException", SP6013, "check that the secret key belongs to the access key", false},
	{"RequestTimeTooSkewed", SP6013, "set the clock of this machine", false},
	{"AccessDenied", SP6014, "a policy of the caller must allow this action", false},
	{"AccessDeniedException", SP6014, "a policy of the caller must allow this action", false},
	{"PermanentRedirect", SP6008, "the bucket is not in the region that was called", false},
	{"AuthorizationHeaderMalformed", SP6008, "the bucket is not in the region that was called", false},
	{"Forbidden", SP6014, "a policy of the caller must allow this action", false},
};

static const struct known_error *find_known_error(const char *code)
{
	for (size_t i = 0; i < sizeof known_errors / sizeof *known_errors; i++)
		if (strcmp(code, known_errors[i].code) == 0)
			return &known_errors[i];
	return NULL;
}

void aws_error_classify(struct aws_failure *failure)
{
	const struct known_error *known = find_known_error(failure->aws_code);
	failure->code = known ? known->diag : failure->status >= 500 || failure->status == 429 ? SP6009 : SP6008;
	if (known)
		failure->help = known->help;
}

bool aws_error_is_expired(const struct aws_failure *failure)
{
	const struct known_error *known = find_known_error(failure->aws_code);
	return known && known->is_expired;
}

/* SageMaker says ResourceNotFound, ValidationException with words, or status 404, depending on the operation. A wrong guess
 * does no harm: the request that creates the resource then decides. */
bool aws_is_not_found(const struct aws_failure *failure)
{
	static const char *const words[] = {"not found", "does not exist", "could not find", "not exist"};
	if (failure->status == 404 || contains(failure->aws_code, "NotFound"))
		return true;
	for (size_t i = 0; failure->status == 400 && i < sizeof words / sizeof *words; i++)
		if (contains(failure->aws_message, words[i]))
			return true;
	return false;
}

bool aws_is_name_taken(const struct aws_failure *failure)
{
	return contains(failure->aws_message, "already exists");
}

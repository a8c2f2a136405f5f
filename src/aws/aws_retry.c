/* Retries with backoff, as in AWS's standard retry mode. Each retry costs a part of the session's quota, so that a service in
 * trouble is not flooded; success pays it back. */
#include "aws/aws_parts.h"
#include "aws/aws_time.h"

#include <stdlib.h>

/* The delays, in milliseconds, and the costs of botocore's standard mode. */
enum {
	FIRST_DELAY_THROTTLED = 1000,
	FIRST_DELAY_OTHER = 50,
	DELAY_MAX = 20000,
	COST_THROTTLED = 5,
	COST_OTHER = 14,
	REFUND_WITHOUT_RETRY = 1,
	QUOTA = 500,
};

/* The state of one call. */
struct aws_attempts {
	unsigned attempts;
	unsigned cost; /* of the last retry */
};

/* The delay that the server asks for, in milliseconds; 0 if it asks for none. */
static int64_t retry_after(struct aws *aws, const struct aws_reply *reply)
{
	const char *milliseconds = aws_reply_header(aws, reply, "x-amz-retry-after");
	const char *seconds = aws_reply_header(aws, reply, "retry-after");
	int64_t asked = milliseconds ? strtol(milliseconds, NULL, 10) : 0;
	if (!milliseconds && seconds) {
		int64_t date = aws_time_parse_http(seconds);
		asked = date < 0 ? strtol(seconds, NULL, 10) * 1000 : date - aws_now(aws);
	}
	return asked < 0 ? 0 : asked < DELAY_MAX ? asked : DELAY_MAX;
}

/* Exponential backoff with full jitter, but at least the delay that the server asks for. */
static void wait_before_retry(struct aws *aws, enum aws_verdict verdict, unsigned attempts,
                              const struct aws_reply *reply, const struct aws_failure *failure)
{
	int64_t longest = verdict == AWS_THROTTLED ? FIRST_DELAY_THROTTLED : FIRST_DELAY_OTHER;
	for (unsigned i = 1; i < attempts && longest < DELAY_MAX; i++)
		longest *= 2;
	longest = longest < DELAY_MAX ? longest : DELAY_MAX;
	double fraction = (double)(aws->clock->random(aws->clock->context) >> 11) / 9007199254740992.0; /* 2^53 */
	int64_t delay = (int64_t)(fraction * (double)longest), asked = retry_after(aws, reply);
	delay = asked > delay ? asked : delay;
	if (aws->options.waiting)
		aws->options.waiting(aws->options.context, failure->message, delay);
	aws->clock->sleep(aws->clock->context, delay);
}

/* Takes the cost of a retry from the session's quota; false if the rest is too small. */
static bool spend_quota(struct aws *aws, enum aws_verdict verdict, struct aws_attempts *progress)
{
	unsigned cost = verdict == AWS_THROTTLED ? COST_THROTTLED : COST_OTHER;
	if (cost > QUOTA - aws->retry_quota_used)
		return false;
	aws->retry_quota_used += cost;
	progress->cost = cost;
	return true;
}

static void refund_quota(struct aws *aws, const struct aws_attempts *progress)
{
	unsigned refund = progress->cost ? progress->cost : REFUND_WITHOUT_RETRY;
	aws->retry_quota_used -= refund < aws->retry_quota_used ? refund : aws->retry_quota_used;
}

/* Decides whether there is another attempt, and if so, waits until it is due. */
static bool wait_for_retry(struct aws *aws, const struct aws_request *request, enum aws_verdict verdict,
                           const struct aws_reply *reply, const struct aws_failure *failure, struct aws_attempts *progress)
{
	if (verdict == AWS_REFUSED || (verdict == AWS_UNKNOWN && request->acts_once))
		return false;
	if (progress->attempts >= aws->attempts_max || !spend_quota(aws, verdict, progress))
		return false;
	wait_before_retry(aws, verdict, progress->attempts, reply, failure);
	return true;
}

static void mark_outcome_unknown(struct aws *aws, const struct aws_request *request, struct aws_failure *failure)
{
	failure->may_have_acted = true;
	if (!request->acts_once)
		return;
	failure->code = SP6012;
	failure->help = "check whether it was done before you try again";
	failure->message = arena_printf(aws->arena, "%s; AWS may have done it anyway", failure->message);
}

bool aws_call_as(struct aws *aws, const struct aws_request *request, const struct aws_credentials *credentials,
                 struct aws_reply *reply, struct aws_failure *failure)
{
	struct aws_attempts progress = {0};
	for (;;) {
		enum aws_verdict verdict = aws_attempt(aws, request, credentials, reply, failure);
		progress.attempts++;
		if (verdict == AWS_DONE) {
			refund_quota(aws, &progress);
			return true;
		}
		failure->attempts = progress.attempts;
		bool is_retried = wait_for_retry(aws, request, verdict, reply, failure, &progress);
		aws_reply_free(reply);
		if (!is_retried) {
			if (verdict == AWS_UNKNOWN)
				mark_outcome_unknown(aws, request, failure);
			return false;
		}
	}
}

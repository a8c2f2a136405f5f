/* When a request is sent again: AWS's standard retry mode, and renewed credentials. */
#include "aws/aws_session.h"

#include <stdlib.h>
#include <string.h>

/* Milliseconds, and the costs of a repetition, of botocore's standard mode. */
enum {
	SCALE_THROTTLED = 1000,
	SCALE_OTHER = 50,
	LONGEST = 20000,
	COST_THROTTLED = 5,
	COST_OTHER = 14,
	INCREMENT = 1,
	QUOTA_MAX = 500,
};

/* How a call goes on. */
struct course {
	unsigned attempts;
	unsigned cost; /* of the last repetition */
};

/* What the server asks for, in milliseconds; 0 when it asks for nothing. */
static int64_t retry_after(struct aws *aws, const struct aws_reply *reply)
{
	const char *milliseconds = aws_reply_header(aws, reply, "x-amz-retry-after");
	const char *seconds = aws_reply_header(aws, reply, "retry-after");
	int64_t asked = milliseconds ? strtol(milliseconds, NULL, 10) : 0;
	if (!milliseconds && seconds) {
		int64_t date = aws_time_parse_http(seconds);
		asked = date < 0 ? strtol(seconds, NULL, 10) * 1000 : date - aws_now(aws);
	}
	return asked < 0 ? 0 : asked < LONGEST ? asked : LONGEST;
}

static void pause_before(struct aws *aws, enum aws_verdict verdict, unsigned attempts,
                         const struct aws_reply *reply, const struct aws_failure *failure)
{
	int64_t longest = verdict == AWS_THROTTLED ? SCALE_THROTTLED : SCALE_OTHER;
	for (unsigned i = 1; i < attempts && longest < LONGEST; i++)
		longest *= 2;
	longest = longest < LONGEST ? longest : LONGEST;
	double chance = (double)(aws->clock->random(aws->clock->context) >> 11) / 9007199254740992.0;
	int64_t delay = (int64_t)(chance * (double)longest), asked = retry_after(aws, reply);
	delay = asked > delay ? asked : delay;
	if (aws->options.waiting)
		aws->options.waiting(aws->options.context, failure->message, delay);
	aws->clock->sleep(aws->clock->context, delay);
}

/* Takes the cost of a repetition from the session's budget: a service in trouble is not flooded. */
static bool pay(struct aws *aws, enum aws_verdict verdict, struct course *course)
{
	unsigned cost = verdict == AWS_THROTTLED ? COST_THROTTLED : COST_OTHER;
	if (cost > aws->quota)
		return false;
	aws->quota -= cost;
	course->cost = cost;
	return true;
}

static void earn(struct aws *aws, const struct course *course)
{
	aws->quota += course->cost ? course->cost : INCREMENT;
	aws->quota = aws->quota < QUOTA_MAX ? aws->quota : QUOTA_MAX;
}

static bool is_repeated(struct aws *aws, const struct aws_request *request, enum aws_verdict verdict,
                        const struct aws_reply *reply, const struct aws_failure *failure, struct course *course)
{
	if (verdict == AWS_REFUSED || (verdict == AWS_UNKNOWN && request->acts_once))
		return false;
	if (course->attempts >= aws->attempts_max || !pay(aws, verdict, course))
		return false;
	pause_before(aws, verdict, course->attempts, reply, failure);
	return true;
}

static void say_lost(struct aws *aws, const struct aws_request *request, struct aws_failure *failure)
{
	failure->may_have_acted = true;
	if (!request->acts_once)
		return;
	failure->code = SP6012;
	failure->help = "see what became of it before you try again";
	failure->message = arena_printf(aws->arena, "%s; AWS may have done it nevertheless", failure->message);
}

bool aws_call_as(struct aws *aws, const struct aws_request *request, const struct aws_credentials *credentials,
                 struct aws_reply *reply, struct aws_failure *failure)
{
	struct course course = {0};
	for (;;) {
		enum aws_verdict verdict = aws_attempt(aws, request, credentials, reply, failure);
		course.attempts++;
		if (verdict == AWS_DONE) {
			earn(aws, &course);
			return true;
		}
		failure->attempts = course.attempts;
		bool goes_on = is_repeated(aws, request, verdict, reply, failure, &course);
		aws_reply_free(reply);
		if (!goes_on) {
			if (verdict == AWS_UNKNOWN)
				say_lost(aws, request, failure);
			return false;
		}
	}
}

static bool is_expired(const struct aws_failure *failure)
{
	return strcmp(failure->aws_code, "ExpiredToken") == 0 ||
	       strcmp(failure->aws_code, "ExpiredTokenException") == 0 ||
	       strcmp(failure->aws_code, "RequestExpired") == 0;
}

static bool is_same(const struct aws_credentials *a, const struct aws_credentials *b)
{
	return strcmp(a->access_key, b->access_key) == 0 && strcmp(a->secret_key, b->secret_key) == 0 &&
	       strcmp(a->token ? a->token : "", b->token ? b->token : "") == 0;
}

/* Looks for credentials afresh, with the files read again. False when they are the same, or after a failure of its own. */
static bool renew(struct aws *aws, struct aws_failure *failure)
{
	struct aws_credentials old = aws->credentials;
	aws->has_credentials = false;
	return aws_settings_read(aws, failure) && aws_credentials_get(aws, failure) &&
	       !is_same(&old, &aws->credentials);
}

bool aws_call(struct aws *aws, const struct aws_request *request, struct aws_reply *reply,
              struct aws_failure *failure)
{
	*reply = (struct aws_reply){0};
	if (!aws_credentials_get(aws, failure))
		return false;
	if (aws_call_as(aws, request, &aws->credentials, reply, failure))
		return true;
	unsigned attempts = failure->attempts;
	if (!is_expired(failure) || !renew(aws, failure))
		return false;
	bool is_done = aws_call_as(aws, request, &aws->credentials, reply, failure);
	failure->attempts = is_done ? attempts : attempts + failure->attempts;
	return is_done;
}

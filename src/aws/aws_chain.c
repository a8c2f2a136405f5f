/* The credential chain: the order in which botocore looks for credentials. */
#include "aws/aws_parts.h"

enum { RENEW_BEFORE_MS = 5 * 60 * 1000 };

/* A profile named on the command line takes precedence over the environment. */
static enum aws_found find_credentials(struct aws *aws, struct aws_credentials *found, struct aws_failure *failure)
{
	bool is_named = aws->options.profile != NULL;
	enum aws_found result = is_named ? AWS_ABSENT : aws_credentials_from_environment(aws, found, failure);
	if (result == AWS_ABSENT)
		result = aws_credentials_from_role(aws, aws->profile, found, failure);
	if (result == AWS_ABSENT)
		result = aws_credentials_from_profile(aws, aws->profile, !is_named, found, failure);
	if (result == AWS_ABSENT)
		result = aws_credentials_from_container(aws, found, failure);
	if (result == AWS_ABSENT)
		result = aws_credentials_from_instance(aws, found, failure);
	if (result == AWS_ABSENT)
		aws_fail(aws, failure, SP6003,
		         "run `aws configure` or `aws sso login`, or select a profile with --profile NAME",
		         "no AWS credentials: not in the environment, not in profile `%s`, and not from an AWS container or instance",
		         aws->profile);
	return result;
}

/* If renewal fails, credentials that have not expired yet stay in use. */
bool aws_credentials_ensure(struct aws *aws, struct aws_failure *failure)
{
	struct aws_credentials *known = &aws->credentials, found;
	int64_t left = aws->has_credentials && known->expires ? known->expires - aws_now(aws) : RENEW_BEFORE_MS + 1;
	if (aws->has_credentials && left > RENEW_BEFORE_MS)
		return true;
	if (find_credentials(aws, &found, failure) == AWS_FOUND) {
		*known = found;
		aws->has_credentials = true;
	} else if (left <= 0) {
		aws->has_credentials = false;
	}
	return aws->has_credentials;
}

/* The order in which credentials are looked for: botocore's. */
#include "aws/aws_session.h"

#include <string.h>

enum { RENEWED_BEFORE = 5 * 60 * 1000 };

bool aws_credentials_fill(struct aws *aws, struct aws_credentials *found, const char *access_key,
                          const char *secret_key, const char *token, const char *expiration)
{
	int64_t expires = expiration && *expiration ? aws_time_parse(expiration) : 0;
	if (!access_key || !*access_key || !secret_key || !*secret_key || expires < 0)
		return false;
	*found = (struct aws_credentials){
		.access_key = arena_copy(aws->arena, access_key, strlen(access_key)),
		.secret_key = arena_copy(aws->arena, secret_key, strlen(secret_key)),
		.token = token && *token ? arena_copy(aws->arena, token, strlen(token)) : NULL,
		.expires = expires,
	};
	aws_secret_add(aws, found->secret_key);
	aws_secret_add(aws, found->token);
	return true;
}

enum aws_found aws_from_environment(struct aws *aws, struct aws_credentials *found, struct aws_failure *failure)
{
	const char *access_key = aws_environment("AWS_ACCESS_KEY_ID"),
		   *secret_key = aws_environment("AWS_SECRET_ACCESS_KEY");
	const char *token = aws_environment("AWS_SESSION_TOKEN");
	if (!access_key)
		return AWS_ABSENT;
	if (!token)
		token = aws_environment("AWS_SECURITY_TOKEN");
	if (aws_credentials_fill(aws, found, access_key, secret_key, token,
	                         aws_environment("AWS_CREDENTIAL_EXPIRATION")))
		return AWS_FOUND;
	aws_fail(aws, failure, SP6006, NULL, "the environment has AWS_ACCESS_KEY_ID, but %s",
	         secret_key ? "AWS_CREDENTIAL_EXPIRATION is no time" : "no AWS_SECRET_ACCESS_KEY");
	return AWS_FAILED;
}

static enum aws_found from_file(struct aws *aws, enum aws_file file, const char *profile,
                                struct aws_credentials *found, struct aws_failure *failure)
{
	const char *access_key = aws_setting_in(aws, file, profile, "aws_access_key_id");
	const char *token = aws_setting_in(aws, file, profile, "aws_session_token");
	if (!access_key)
		return AWS_ABSENT;
	if (!token)
		token = aws_setting_in(aws, file, profile, "aws_security_token");
	if (aws_credentials_fill(aws, found, access_key,
	                         aws_setting_in(aws, file, profile, "aws_secret_access_key"), token, NULL))
		return AWS_FOUND;
	aws_fail(aws, failure, SP6006, NULL, "profile `%s` has aws_access_key_id, but no aws_secret_access_key",
	         profile);
	return AWS_FAILED;
}

enum aws_found aws_from_profile(struct aws *aws, const char *profile, bool with_environment,
                                struct aws_credentials *found, struct aws_failure *failure)
{
	enum aws_found result = aws_from_web_identity(aws, profile, with_environment, found, failure);
	if (result == AWS_ABSENT)
		result = aws_from_sso(aws, profile, found, failure);
	if (result == AWS_ABSENT)
		result = from_file(aws, AWS_FILE_CREDENTIALS, profile, found, failure);
	if (result == AWS_ABSENT)
		result = aws_from_process(aws, profile, found, failure);
	if (result == AWS_ABSENT)
		result = from_file(aws, AWS_FILE_CONFIG, profile, found, failure);
	return result;
}

/* Who names a profile on the command line means it, whatever the environment says. */
static enum aws_found find(struct aws *aws, struct aws_credentials *found, struct aws_failure *failure)
{
	bool is_named = aws->options.profile != NULL;
	enum aws_found result = is_named ? AWS_ABSENT : aws_from_environment(aws, found, failure);
	aws->chain_length = 0;
	if (result == AWS_ABSENT)
		result = aws_from_role(aws, aws->profile, found, failure);
	if (result == AWS_ABSENT)
		result = aws_from_profile(aws, aws->profile, !is_named, found, failure);
	if (result == AWS_ABSENT)
		result = aws_from_container(aws, found, failure);
	if (result == AWS_ABSENT)
		result = aws_from_instance(aws, found, failure);
	if (result == AWS_ABSENT)
		aws_fail(aws, failure, SP6003,
		         "`aws configure` or `aws sso login` provides them; --profile NAME chooses them",
		         "no AWS credentials: not in the environment, not in profile `%s`, and this is no AWS "
		         "container or instance",
		         aws->profile);
	return result;
}

bool aws_credentials_get(struct aws *aws, struct aws_failure *failure)
{
	struct aws_credentials *known = &aws->credentials, found;
	int64_t left = aws->has_credentials && known->expires ? known->expires - aws_now(aws) : RENEWED_BEFORE + 1;
	if (aws->has_credentials && left > RENEWED_BEFORE)
		return true;
	if (find(aws, &found, failure) == AWS_FOUND) {
		*known = found;
		aws->has_credentials = true;
	} else if (left <= 0) {
		aws->has_credentials = false;
	}
	return aws->has_credentials;
}

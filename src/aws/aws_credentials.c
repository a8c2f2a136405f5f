/* Credentials that are configured as keys: in the environment, or in a profile of one of AWS's files. */
#include "aws/aws_parts.h"
#include "aws/aws_time.h"

#include <string.h>

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

enum aws_found aws_credentials_from_environment(struct aws *aws, struct aws_credentials *found, struct aws_failure *failure)
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
	         secret_key ? "AWS_CREDENTIAL_EXPIRATION is not a valid time" : "no AWS_SECRET_ACCESS_KEY");
	return AWS_FAILED;
}

enum aws_found aws_credentials_from_file(struct aws *aws, enum aws_file file, const char *profile,
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

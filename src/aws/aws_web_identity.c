/* Credentials for the token of a web identity: STS AssumeRoleWithWebIdentity. */
#include "aws/aws_parts.h"
#include "host/file.h"

#include <errno.h>
#include <string.h>

/* A setting from the environment, if that applies, else from the profile. */
static const char *identity_setting(struct aws *aws, const char *profile, bool with_environment,
                                    const char *variable, const char *key)
{
	const char *value = with_environment ? aws_environment(variable) : NULL;
	return value ? value : aws_setting(aws, profile, key);
}

enum aws_found aws_credentials_from_web_identity(struct aws *aws, const char *profile, bool with_environment,
                                                 struct aws_credentials *found, struct aws_failure *failure)
{
	const char *path = identity_setting(aws, profile, with_environment, "AWS_WEB_IDENTITY_TOKEN_FILE",
	                                    "web_identity_token_file");
	const char *role = identity_setting(aws, profile, with_environment, "AWS_ROLE_ARN", "role_arn");
	const char *session =
		identity_setting(aws, profile, with_environment, "AWS_ROLE_SESSION_NAME", "role_session_name");
	struct text token, query = {0};
	if (!path)
		return AWS_ABSENT;
	if (!role) {
		aws_fail(aws, failure, SP6005, "set AWS_ROLE_ARN, or role_arn in the profile",
		         "a web identity is configured (%s), but no role for it", path);
		return AWS_FAILED;
	}
	if (!file_read(path, AWS_TOKEN_FILE_LIMIT, &token)) {
		aws_fail(aws, failure, SP6006, NULL, "cannot read the web identity token file %s: %s", path,
		         strerror(errno));
		return AWS_FAILED;
	}
	aws_secret_add(aws, arena_copy(aws->arena, text_string(&token), token.length));
	aws_sts_begin_query(aws, &query, "AssumeRoleWithWebIdentity", role, session);
	aws_sts_add_parameter(&query, "WebIdentityToken", text_string(&token));
	enum aws_found result = aws_sts_get_credentials(aws, &query, NULL, found, failure);
	text_free(&token);
	text_free(&query);
	return result;
}

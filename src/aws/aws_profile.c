/* The credentials of a profile, except those of a role that it assumes (aws_role.c). */
#include "aws/aws_parts.h"

enum aws_found aws_credentials_from_profile(struct aws *aws, const char *profile, bool with_environment,
                                            struct aws_credentials *found, struct aws_failure *failure)
{
	enum aws_found result = aws_credentials_from_web_identity(aws, profile, with_environment, found, failure);
	if (result == AWS_ABSENT)
		result = aws_credentials_from_sso(aws, profile, found, failure);
	if (result == AWS_ABSENT)
		result = aws_credentials_from_file(aws, AWS_FILE_CREDENTIALS, profile, found, failure);
	if (result == AWS_ABSENT)
		result = aws_credentials_from_process(aws, profile, found, failure);
	if (result == AWS_ABSENT)
		result = aws_credentials_from_file(aws, AWS_FILE_CONFIG, profile, found, failure);
	return result;
}

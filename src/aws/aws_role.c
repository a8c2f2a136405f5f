/* Credentials for a role that a profile assumes with other credentials, by STS AssumeRole. The other credentials may come from
 * another profile, which may assume a role in turn. */
#include "aws/aws_parts.h"

#include <string.h>

enum { CHAIN_MAX = 16 };

/* The profiles whose roles are being resolved: each is the source profile of the one before it. */
struct role_chain {
	const char *profiles[CHAIN_MAX];
	size_t length;
};

static enum aws_found assume_role(struct aws *aws, const char *profile, struct role_chain *chain, struct aws_credentials *found,
                                  struct aws_failure *failure);

/* If the profile has an MFA device, asks the user for its code and adds both to the query. */
static bool add_mfa(struct aws *aws, struct text *query, const char *profile, struct aws_failure *failure)
{
	const char *device = aws_setting(aws, profile, "mfa_serial");
	struct text answer = {0};
	if (!device)
		return true;
	const char *prompt = arena_printf(aws->arena, "MFA code for %s: ", device);
	bool is_answered =
		aws->options.ask && aws->options.ask(aws->options.context, prompt, &answer) && answer.length;
	aws_sts_add_parameter(query, "SerialNumber", device);
	aws_sts_add_parameter(query, "TokenCode", text_string(&answer));
	text_free(&answer);
	if (!is_answered)
		aws_fail(aws, failure, SP6006,
		         "run it in a terminal, or use credentials of a session that was created with an MFA code",
		         "profile `%s` needs an MFA code for %s, but there is no terminal to enter it", profile, device);
	return is_answered;
}

static enum aws_found fail_profile(struct aws *aws, const char *profile, const char *problem, const char *value,
                                   struct aws_failure *failure)
{
	aws_fail(aws, failure, SP6005, NULL, "profile `%s` assumes a role, but %s%s", profile, problem, value);
	return AWS_FAILED;
}

static bool is_in_chain(const struct role_chain *chain, const char *profile)
{
	for (size_t i = 0; i < chain->length; i++)
		if (strcmp(chain->profiles[i], profile) == 0)
			return true;
	return false;
}

/* A source profile with keys is used for its keys alone. A profile may therefore be its own source profile. */
static enum aws_found from_source_profile(struct aws *aws, const char *profile, const char *source, struct role_chain *chain,
                                          struct aws_credentials *signer, struct aws_failure *failure)
{
	bool has_keys =
		aws_setting(aws, source, "aws_access_key_id") || aws_setting(aws, source, "aws_secret_access_key");
	if (!has_keys && (chain->length == CHAIN_MAX || is_in_chain(chain, source)))
		return fail_profile(aws, profile, "its source profiles form a cycle through ", source, failure);
	if (!aws_has_profile(aws, source))
		return fail_profile(aws, profile, "there is no source profile ", source, failure);
	enum aws_found result = has_keys ? AWS_ABSENT : assume_role(aws, source, chain, signer, failure);
	if (result == AWS_ABSENT)
		result = aws_credentials_from_profile(aws, source, false, signer, failure);
	if (result == AWS_ABSENT)
		return fail_profile(aws, profile, "there are no credentials in its source profile ", source, failure);
	return result;
}

static enum aws_found from_credential_source(struct aws *aws, const char *profile, const char *source,
                                             struct aws_credentials *signer, struct aws_failure *failure)
{
	static const struct {
		const char *name;
		enum aws_found (*find)(struct aws *aws, struct aws_credentials *found, struct aws_failure *failure);
	} sources[] = {
		{"Environment", aws_credentials_from_environment},
		{"EcsContainer", aws_credentials_from_container},
		{"Ec2InstanceMetadata", aws_credentials_from_instance},
	};
	for (size_t i = 0; i < sizeof sources / sizeof *sources; i++)
		if (strcmp(sources[i].name, source) == 0) {
			enum aws_found result = sources[i].find(aws, signer, failure);
			if (result == AWS_ABSENT)
				return fail_profile(aws, profile, "there are no credentials in its credential_source ",
				                    source, failure);
			return result;
		}
	return fail_profile(aws, profile,
	                    "its credential_source must be Environment, EcsContainer or Ec2InstanceMetadata, not ", source,
	                    failure);
}

static enum aws_found find_signer(struct aws *aws, const char *profile, struct role_chain *chain, struct aws_credentials *signer,
                                  struct aws_failure *failure)
{
	const char *source_profile = aws_setting(aws, profile, "source_profile");
	const char *credential_source = aws_setting(aws, profile, "credential_source");
	if (!source_profile == !credential_source)
		return fail_profile(aws, profile, "it must have either source_profile or credential_source", "", failure);
	if (credential_source)
		return from_credential_source(aws, profile, credential_source, signer, failure);
	chain->profiles[chain->length++] = profile;
	return from_source_profile(aws, profile, source_profile, chain, signer, failure);
}

static enum aws_found assume_role(struct aws *aws, const char *profile, struct role_chain *chain, struct aws_credentials *found,
                                  struct aws_failure *failure)
{
	const char *role = aws_setting(aws, profile, "role_arn");
	struct aws_credentials signer;
	struct text query = {0};
	if (!role || aws_setting(aws, profile, "web_identity_token_file"))
		return AWS_ABSENT;
	enum aws_found result = find_signer(aws, profile, chain, &signer, failure);
	if (result == AWS_FOUND) {
		aws_sts_begin_query(aws, &query, "AssumeRole", role, aws_setting(aws, profile, "role_session_name"));
		aws_sts_add_parameter(&query, "DurationSeconds", aws_setting(aws, profile, "duration_seconds"));
		aws_sts_add_parameter(&query, "ExternalId", aws_setting(aws, profile, "external_id"));
		result = add_mfa(aws, &query, profile, failure)
		                 ? aws_sts_get_credentials(aws, &query, &signer, found, failure)
		                 : AWS_FAILED;
	}
	text_free(&query);
	return result;
}

enum aws_found aws_credentials_from_role(struct aws *aws, const char *profile, struct aws_credentials *found,
                                         struct aws_failure *failure)
{
	struct role_chain chain = {.length = 0};
	return assume_role(aws, profile, &chain, found, failure);
}

/* Credentials that STS gives out: for a role that a profile assumes, and for the token of a web identity. */
#include "aws/aws_session.h"
#include "host/file.h"

#include <errno.h>
#include <string.h>

enum { TOKEN_MAX = 64 << 10 };

static void add_parameter(struct text *query, const char *name, const char *value)
{
	if (!value)
		return;
	text_printf(query, "&%s=", name);
	aws_add_query(query, value);
}

/* Asks STS; `signer` is NULL for a web identity, whose token speaks for itself. */
static enum aws_found ask_sts(struct aws *aws, const struct text *query, const struct aws_credentials *signer,
                              struct aws_credentials *found, struct aws_failure *failure)
{
	const struct aws_request request = {
		.service = AWS_STS,
		.method = "POST",
		.body = {.bytes = query->bytes,
	                 .length = query->length,
	                 .type = "application/x-www-form-urlencoded; charset=utf-8"},
	};
	struct aws_reply reply;
	if (!aws_call_as(aws, &request, signer, &reply, failure)) {
		failure->code = failure->status ? SP6006 : failure->code;
		return AWS_FAILED;
	}
	const char *xml = text_string(&reply.body);
	bool is_good = aws_credentials_fill(
		aws, found, aws_xml_text(aws, xml, "AccessKeyId"), aws_xml_text(aws, xml, "SecretAccessKey"),
		aws_xml_text(aws, xml, "SessionToken"), aws_xml_text(aws, xml, "Expiration"));
	aws_reply_free(&reply);
	if (!is_good)
		aws_fail(aws, failure, SP6010, NULL, "the reply of STS has no credentials");
	return is_good ? AWS_FOUND : AWS_FAILED;
}

static void begin_query(struct aws *aws, struct text *query, const char *action, const char *role,
                        const char *session)
{
	text_printf(query, "Action=%s&Version=2011-06-15", action);
	add_parameter(query, "RoleArn", role);
	if (!session)
		session = arena_printf(aws->arena, "sagepipec-%lld", (long long)(aws_now(aws) / 1000));
	add_parameter(query, "RoleSessionName", session);
}

/* The code of a device, typed by the user. */
static bool add_mfa(struct aws *aws, struct text *query, const char *profile, struct aws_failure *failure)
{
	const char *device = aws_setting(aws, profile, "mfa_serial");
	struct text answer = {0};
	if (!device)
		return true;
	const char *prompt = arena_printf(aws->arena, "Code of %s: ", device);
	bool is_answered =
		aws->options.ask && aws->options.ask(aws->options.context, prompt, &answer) && answer.length;
	add_parameter(query, "SerialNumber", device);
	add_parameter(query, "TokenCode", text_string(&answer));
	text_free(&answer);
	if (!is_answered)
		aws_fail(aws, failure, SP6006,
		         "run it at a terminal, or give credentials of a session that has had its code",
		         "profile `%s` needs a code of %s, and nobody is there to type it", profile, device);
	return is_answered;
}

static bool fail_profile(struct aws *aws, const char *profile, const char *what, const char *value,
                         struct aws_failure *failure)
{
	aws_fail(aws, failure, SP6005, NULL, "profile `%s` assumes a role, but %s%s", profile, what, value);
	return false;
}

/* A profile may name itself: for its own keys. */
static enum aws_found from_source_profile(struct aws *aws, const char *profile, const char *source,
                                          struct aws_credentials *signer, struct aws_failure *failure)
{
	bool has_keys =
		aws_setting(aws, source, "aws_access_key_id") || aws_setting(aws, source, "aws_secret_access_key");
	bool is_circle = !has_keys && aws->chain_length == AWS_CHAIN_MAX;
	for (size_t i = 0; i < aws->chain_length; i++)
		is_circle = is_circle || (!has_keys && strcmp(aws->chain[i], source) == 0);
	if (is_circle)
		fail_profile(aws, profile, "its source profiles lead in a circle by way of ", source, failure);
	else if (!aws_has_profile(aws, source))
		fail_profile(aws, profile, "there is no source profile ", source, failure);
	else {
		enum aws_found result = has_keys ? AWS_ABSENT : aws_from_role(aws, source, signer, failure);
		if (result == AWS_ABSENT)
			result = aws_from_profile(aws, source, false, signer, failure);
		if (result == AWS_ABSENT)
			fail_profile(aws, profile, "there are no credentials in its source profile ", source,
			             failure);
		return result == AWS_FOUND ? AWS_FOUND : AWS_FAILED;
	}
	return AWS_FAILED;
}

static enum aws_found from_credential_source(struct aws *aws, const char *profile, const char *source,
                                             struct aws_credentials *signer, struct aws_failure *failure)
{
	static const struct {
		const char *name;
		enum aws_found (*find)(struct aws *aws, struct aws_credentials *found, struct aws_failure *failure);
	} sources[] = {
		{"Environment", aws_from_environment},
		{"EcsContainer", aws_from_container},
		{"Ec2InstanceMetadata", aws_from_instance},
	};
	for (size_t i = 0; i < sizeof sources / sizeof *sources; i++)
		if (strcmp(sources[i].name, source) == 0) {
			enum aws_found result = sources[i].find(aws, signer, failure);
			if (result == AWS_ABSENT)
				fail_profile(aws, profile, "there are no credentials in its credential_source ",
				             source, failure);
			return result == AWS_FOUND ? AWS_FOUND : AWS_FAILED;
		}
	fail_profile(aws, profile,
	             "its credential_source is none of Environment, EcsContainer, Ec2InstanceMetadata: ", source,
	             failure);
	return AWS_FAILED;
}

static enum aws_found find_signer(struct aws *aws, const char *profile, struct aws_credentials *signer,
                                  struct aws_failure *failure)
{
	const char *source_profile = aws_setting(aws, profile, "source_profile");
	const char *credential_source = aws_setting(aws, profile, "credential_source");
	if (!source_profile == !credential_source) {
		fail_profile(aws, profile, "it needs one of source_profile and credential_source", "", failure);
		return AWS_FAILED;
	}
	if (credential_source)
		return from_credential_source(aws, profile, credential_source, signer, failure);
	aws->chain[aws->chain_length++] = profile;
	return from_source_profile(aws, profile, source_profile, signer, failure);
}

enum aws_found aws_from_role(struct aws *aws, const char *profile, struct aws_credentials *found,
                             struct aws_failure *failure)
{
	const char *role = aws_setting(aws, profile, "role_arn");
	struct aws_credentials signer;
	struct text query = {0};
	if (!role || aws_setting(aws, profile, "web_identity_token_file"))
		return AWS_ABSENT;
	enum aws_found result = find_signer(aws, profile, &signer, failure);
	if (result == AWS_FOUND) {
		begin_query(aws, &query, "AssumeRole", role, aws_setting(aws, profile, "role_session_name"));
		add_parameter(&query, "DurationSeconds", aws_setting(aws, profile, "duration_seconds"));
		add_parameter(&query, "ExternalId", aws_setting(aws, profile, "external_id"));
		result = add_mfa(aws, &query, profile, failure) ? ask_sts(aws, &query, &signer, found, failure)
		                                                : AWS_FAILED;
	}
	text_free(&query);
	return result;
}

/* From the environment, which goes first where it may speak at all, or from the profile. */
static const char *identity_setting(struct aws *aws, const char *profile, bool with_environment,
                                    const char *variable, const char *key)
{
	const char *value = with_environment ? aws_environment(variable) : NULL;
	return value ? value : aws_setting(aws, profile, key);
}

enum aws_found aws_from_web_identity(struct aws *aws, const char *profile, bool with_environment,
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
	if (!file_read(path, TOKEN_MAX, &token)) {
		aws_fail(aws, failure, SP6006, NULL, "cannot read the token of the web identity, %s: %s", path,
		         strerror(errno));
		return AWS_FAILED;
	}
	aws_secret_add(aws, arena_copy(aws->arena, text_string(&token), token.length));
	begin_query(aws, &query, "AssumeRoleWithWebIdentity", role, session);
	add_parameter(&query, "WebIdentityToken", text_string(&token));
	enum aws_found result = ask_sts(aws, &query, NULL, found, failure);
	text_free(&token);
	text_free(&query);
	return result;
}

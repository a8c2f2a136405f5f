/* Credentials from IAM Identity Center: `aws sso login` caches a token, and the portal returns credentials for it. The token
 * of an sso-session is renewed here shortly before it expires. */
#include "aws/aws_parts.h"
#include "aws/aws_time.h"
#include "base/digest.h"
#include "base/json_tree.h"
#include "host/file.h"

#include <cjson/cJSON.h>
#include <string.h>

enum { RENEW_TOKEN_BEFORE_MS = 15 * 60 * 1000, CACHE_MAX = 1 << 20 };

/* The SSO settings of a profile: its own, else those of its sso-session. */
struct sso {
	const char *profile, *session; /* session: the name of its sso-session; NULL in the older form without one */
	const char *start_url, *region, *role, *account;
	const char *cache_path;
};

static const char *sso_setting(struct aws *aws, const struct sso *sso, const char *key)
{
	const char *value = aws_setting(aws, sso->profile, key);
	if (!value && sso->session)
		value = aws_section_setting(aws, "sso-session", sso->session, key);
	return value;
}

static const char *login_help(struct aws *aws, const struct sso *sso)
{
	return arena_printf(aws->arena, "run `aws sso login --profile %s`", sso->profile);
}

static bool read_settings(struct aws *aws, struct sso *sso, struct aws_failure *failure)
{
	struct text path = {0};
	char name[DIGEST_ROOM];
	sso->session = aws_setting(aws, sso->profile, "sso_session");
	sso->start_url = sso_setting(aws, sso, "sso_start_url");
	sso->region = sso_setting(aws, sso, "sso_region");
	sso->role = sso_setting(aws, sso, "sso_role_name");
	sso->account = sso_setting(aws, sso, "sso_account_id");
	const char *missing = !sso->start_url ? "sso_start_url"
	                      : !sso->region  ? "sso_region"
	                      : !sso->role    ? "sso_role_name"
	                      : !sso->account ? "sso_account_id"
	                                      : NULL;
	if (missing) {
		aws_fail(aws, failure, SP6005, "run `aws configure sso`",
		         "profile `%s` uses SSO, but %s is missing%s%s", sso->profile, missing,
		         sso->session ? " in the profile and in its session " : "", sso->session ? sso->session : "");
		return false;
	}
	const char *key = sso->session ? sso->session : sso->start_url;
	digest_sha1(key, strlen(key), name);
	aws_put_home_path(&path, "sso/cache/");
	sso->cache_path = arena_printf(aws->arena, "%s%s.json", path.bytes, name);
	text_free(&path);
	return true;
}

/* A copy of a text in the arena, registered as a secret; NULL for NULL. */
static const char *keep_secret(struct aws *aws, const char *text)
{
	const char *copy = text ? arena_copy(aws->arena, text, strlen(text)) : NULL;
	aws_secret_add(aws, copy);
	return copy;
}

static int64_t time_of(const cJSON *json, const char *name)
{
	const char *text = json_text(json, name);
	return text ? aws_time_parse(text) : -1;
}

static void set_text(cJSON *json, const char *name, const char *value)
{
	cJSON_DeleteItemFromObjectCaseSensitive(json, name);
	cJSON_AddStringToObject(json, name, value);
}

/* Updates the cached token from the reply, and writes it back for other tools. */
static void store_token(struct aws *aws, const struct sso *sso, cJSON *token, const cJSON *reply)
{
	double seconds = cJSON_GetNumberValue(cJSON_GetObjectItemCaseSensitive(reply, "expiresIn"));
	char expires[AWS_TIME_ROOM];
	aws_time_write_extended(aws_now(aws) + (seconds > 0 && seconds < 1e9 ? (int64_t)seconds * 1000 : 0), expires);
	set_text(token, "expiresAt", expires);
	set_text(token, "accessToken", keep_secret(aws, json_text(reply, "accessToken")));
	if (json_text(reply, "refreshToken"))
		set_text(token, "refreshToken", keep_secret(aws, json_text(reply, "refreshToken")));
	char *text = cJSON_Print(token);
	if (text)
		file_write(sso->cache_path, text, strlen(text)); /* this run does not need the file, so a failure does no harm */
	cJSON_free(text);
}

/* False if the token cannot be renewed. */
static bool renew_token(struct aws *aws, const struct sso *sso, cJSON *token)
{
	const char *refresh = keep_secret(aws, json_text(token, "refreshToken"));
	const char *id = json_text(token, "clientId"), *secret = keep_secret(aws, json_text(token, "clientSecret"));
	if (!sso->session || !refresh || !id || !secret || time_of(token, "registrationExpiresAt") <= aws_now(aws))
		return false;
	cJSON *input = cJSON_CreateObject();
	cJSON_AddStringToObject(input, "grantType", "refresh_token");
	cJSON_AddStringToObject(input, "clientId", id);
	cJSON_AddStringToObject(input, "clientSecret", secret);
	cJSON_AddStringToObject(input, "refreshToken", refresh);
	struct text text = {0};
	json_put_tree(&text, input);
	cJSON_Delete(input);
	const struct aws_request request = {
		.service = AWS_SSO_OIDC,
		.method = "POST",
		.path = "/token",
		.region = sso->region,
		.body = {.bytes = text.bytes, .length = text.length, .type = "application/json"},
	};
	struct aws_reply reply;
	struct aws_failure ignored;
	bool is_renewed = aws_call_as(aws, &request, NULL, &reply, &ignored);
	text_free(&text);
	if (!is_renewed)
		return false;
	is_renewed = json_text(reply.json, "accessToken") != NULL;
	if (is_renewed)
		store_token(aws, sso, token, reply.json);
	aws_reply_free(&reply);
	return is_renewed;
}

/* The token from the cache, renewed if necessary; NULL after a failure. */
static const char *find_token(struct aws *aws, const struct sso *sso, struct aws_failure *failure)
{
	struct text text;
	bool is_read = file_read(sso->cache_path, CACHE_MAX, &text);
	cJSON *json = is_read ? cJSON_Parse(text_string(&text)) : NULL;
	int64_t now = aws_now(aws);
	if (is_read)
		text_free(&text);
	if (json && time_of(json, "expiresAt") < now + RENEW_TOKEN_BEFORE_MS)
		renew_token(aws, sso, json);
	const char *token =
		json && time_of(json, "expiresAt") > now ? keep_secret(aws, json_text(json, "accessToken")) : NULL;
	bool has_logged_in = json != NULL;
	cJSON_Delete(json);
	if (!token)
		aws_fail(aws, failure, SP6006, login_help(aws, sso), "the SSO login of profile `%s` %s",
		         sso->profile, has_logged_in ? "has expired" : "does not exist");
	return token;
}

static bool read_reply(struct aws *aws, const cJSON *json, struct aws_credentials *found)
{
	const cJSON *role = cJSON_GetObjectItemCaseSensitive(json, "roleCredentials");
	if (!aws_credentials_fill(aws, found, json_text(role, "accessKeyId"), json_text(role, "secretAccessKey"),
	                          json_text(role, "sessionToken"), NULL))
		return false;
	double expires = cJSON_GetNumberValue(cJSON_GetObjectItemCaseSensitive(role, "expiration"));
	found->expires = expires > 0 && expires < 1e15 ? (int64_t)expires : 0;
	return true;
}

enum aws_found aws_credentials_from_sso(struct aws *aws, const char *profile, struct aws_credentials *found,
                            struct aws_failure *failure)
{
	struct sso sso = {.profile = profile};
	if (!aws_setting(aws, profile, "sso_role_name") && !aws_setting(aws, profile, "sso_account_id"))
		return AWS_ABSENT;
	const char *token = read_settings(aws, &sso, failure) ? find_token(aws, &sso, failure) : NULL;
	if (!token)
		return AWS_FAILED;
	struct text query = {0};
	text_puts(&query, "account_id=");
	aws_encode_query(&query, sso.account);
	text_puts(&query, "&role_name=");
	aws_encode_query(&query, sso.role);
	const char *const headers[] = {arena_printf(aws->arena, "x-amz-sso_bearer_token: %s", token), NULL};
	const struct aws_request request = {
		.service = AWS_SSO,
		.method = "GET",
		.path = "/federation/credentials",
		.query = query.bytes,
		.region = sso.region,
		.headers = headers,
	};
	struct aws_reply reply;
	bool is_answered = aws_call_as(aws, &request, NULL, &reply, failure);
	text_free(&query);
	if (!is_answered) {
		failure->help = failure->status == 401 ? login_help(aws, &sso) : failure->help;
		failure->code = failure->status ? SP6006 : failure->code;
		return AWS_FAILED;
	}
	bool is_good = read_reply(aws, reply.json, found);
	aws_reply_free(&reply);
	if (!is_good)
		aws_fail(aws, failure, SP6010, NULL, "the reply of SSO has no credentials");
	return is_good ? AWS_FOUND : AWS_FAILED;
}

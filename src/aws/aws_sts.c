/* Requests to STS, and the credentials that it issues. */
#include "aws/aws_parts.h"

struct aws_request aws_sts_request(const char *query, size_t length)
{
	return (struct aws_request){
		.service = AWS_STS,
		.method = "POST",
		.body = {.bytes = query, .length = length, .type = "application/x-www-form-urlencoded; charset=utf-8"},
	};
}

void aws_sts_add_parameter(struct text *query, const char *name, const char *value)
{
	if (!value)
		return;
	text_printf(query, "&%s=", name);
	aws_encode_query(query, value);
}

void aws_sts_begin_query(struct aws *aws, struct text *query, const char *action, const char *role, const char *session)
{
	text_printf(query, "Action=%s&Version=" AWS_STS_VERSION, action);
	aws_sts_add_parameter(query, "RoleArn", role);
	if (!session)
		session = arena_printf(aws->arena, "sagepipec-%lld", (long long)(aws_now(aws) / 1000));
	aws_sts_add_parameter(query, "RoleSessionName", session);
}

enum aws_found aws_sts_get_credentials(struct aws *aws, const struct text *query, const struct aws_credentials *signer,
                                       struct aws_credentials *found, struct aws_failure *failure)
{
	const struct aws_request request = aws_sts_request(query->bytes, query->length);
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

/* Reads replies: headers, elements of XML, and errors, which AWS sends as JSON, as XML or in headers. No XML library
 * is used: only the texts of about a dozen known elements without attributes are needed. */
#include "aws/aws_parts.h"
#include "aws/aws_time.h"
#include "base/json_tree.h"

#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { SKEW_MINUTES_MIN = 4 };

bool aws_is_json_service(enum aws_service service)
{
	return service != AWS_S3 && service != AWS_STS;
}

const char *aws_reply_header(struct aws *aws, const struct aws_reply *reply, const char *name)
{
	size_t size = strlen(name);
	for (const char *line = text_string(&reply->head); *line;) {
		const char *end = line + strcspn(line, "\r\n");
		if ((size_t)(end - line) > size && line[size] == ':' && strncasecmp(line, name, size) == 0) {
			line += size + 1;
			line += strspn(line, " \t");
			return line < end ? arena_copy(aws->arena, line, (size_t)(end - line)) : "";
		}
		line = end + strspn(end, "\r\n");
	}
	return NULL;
}

/* Appends the character of the XML entity at `at`, and returns the rest of the text. An unknown entity is taken literally. */
static const char *add_entity(struct text *out, const char *at)
{
	static const struct {
		const char *name, *text;
	} entities[] = {{"&lt;", "<"}, {"&gt;", ">"}, {"&amp;", "&"}, {"&quot;", "\""}, {"&apos;", "'"}};
	for (size_t i = 0; i < sizeof entities / sizeof *entities; i++)
		if (strncmp(at, entities[i].name, strlen(entities[i].name)) == 0) {
			text_puts(out, entities[i].text);
			return at + strlen(entities[i].name);
		}
	bool is_number = at[1] == '#';
	bool is_hex = is_number && at[2] == 'x';
	char *end = NULL;
	unsigned long code = is_number ? strtoul(at + 2 + is_hex, &end, is_hex ? 16 : 10) : 0;
	if (is_number && *end == ';' && code && code <= 0x10FFFF) {
		text_put_utf8(out, (uint32_t)code);
		return end + 1;
	}
	text_putc(out, '&');
	return at + 1;
}

const char *aws_xml_text(struct aws *aws, const char *xml, const char *name)
{
	size_t size = strlen(name);
	const char *at = xml;
	while ((at = strstr(at, name)) && (at == xml || at[-1] != '<' || at[size] != '>'))
		at += size;
	if (!at)
		return NULL;
	struct text out = {0};
	for (at += size + 1; *at && *at != '<';) {
		if (*at == '&')
			at = add_entity(&out, at);
		else
			text_putc(&out, *at++);
	}
	const char *copy = *at ? arena_copy(aws->arena, text_string(&out), out.length) : NULL;
	text_free(&out);
	return copy;
}

/* The bare name in `com.amazonaws.sagemaker#ValidationException` and `ThrottlingException:http://…`. */
static const char *bare_code(struct aws *aws, const char *code)
{
	const char *hash = strchr(code, '#');
	code = hash ? hash + 1 : code;
	return arena_copy(aws->arena, code, strcspn(code, ":"));
}

/* The reply to a HEAD request has no body, and so no error code. */
static const char *code_of_status(long status)
{
	return status == 404 ? "NotFound" : status == 403 ? "Forbidden" : status == 301 ? "PermanentRedirect" : "";
}

static void read_xml(struct aws *aws, const struct aws_reply *reply, const char **code, const char **message)
{
	const char *xml = text_string(&reply->body);
	*code = aws_xml_text(aws, xml, "Code");
	*message = aws_xml_text(aws, xml, "Message");
	if (!reply->body.length)
		*code = code_of_status(reply->status);
}

static void read_json(struct aws *aws, const struct aws_reply *reply, const char **code, const char **message)
{
	cJSON *json = cJSON_Parse(text_string(&reply->body));
	const char *header = aws_reply_header(aws, reply, "x-amzn-errortype");
	static const char *const code_names[] = {"__type", "code", "Code", "error", NULL};
	static const char *const message_names[] = {"message", "Message", "errorMessage", "error_description",
	                                            NULL};
	if (!json && !header) {
		read_xml(aws, reply, code, message); /* a proxy answered, not the service */
		return;
	}
	*code = header;
	for (const char *const *name = code_names; *name && !*code; name++)
		*code = json_copy(aws->arena, json, *name, NULL);
	for (const char *const *name = message_names; *name && !*message; name++)
		*message = json_copy(aws->arena, json, *name, NULL);
	cJSON_Delete(json);
}

static const char *find_request_id(struct aws *aws, const struct aws_reply *reply)
{
	static const char *const names[] = {"x-amzn-requestid", "x-amz-request-id", "x-amz-id-2", NULL};
	const char *id = NULL;
	for (const char *const *name = names; *name && !id; name++)
		id = aws_reply_header(aws, reply, *name);
	if (!id)
		id = aws_xml_text(aws, text_string(&reply->body), "RequestId");
	return id ? id : "";
}

/* A signature is valid for a few minutes. If it was refused and the clocks differ, the help says to set the clock. */
static void compare_clocks(struct aws *aws, const struct aws_reply *reply, struct aws_failure *failure)
{
	const char *date = aws_reply_header(aws, reply, "date");
	int64_t server_time = date ? aws_time_parse_http(date) : -1;
	int64_t minutes = server_time < 0 ? 0 : (server_time - aws_now(aws)) / 60000;
	if (failure->code == SP6013 && llabs(minutes) >= SKEW_MINUTES_MIN)
		failure->help =
			arena_printf(aws->arena, "set the clock of this machine: it is %lld minutes %s AWS's",
		                     llabs(minutes), minutes < 0 ? "ahead of" : "behind");
}

void aws_reply_read_error(struct aws *aws, const struct aws_request *request, const struct aws_reply *reply,
                          struct aws_failure *failure)
{
	const char *code = NULL, *message = NULL;
	if (aws_is_json_service(request->service))
		read_json(aws, reply, &code, &message);
	else
		read_xml(aws, reply, &code, &message);
	code = code ? bare_code(aws, code) : "";
	message = message ? message : "";
	struct text line = {0};
	text_printf(&line, "%s: %s", aws_request_name(aws, request), *code ? code : "");
	if (!*code)
		text_printf(&line, "HTTP status %ld without an AWS error code", reply->status);
	if (*message)
		text_printf(&line, ": %s", message);
	aws_fail(aws, failure, SP6008, NULL, "%s", line.bytes);
	text_free(&line);
	failure->aws_code = code;
	failure->aws_message = aws_masked(aws, message);
	failure->request_id = find_request_id(aws, reply);
	failure->status = reply->status;
	aws_error_classify(failure);
	compare_clocks(aws, reply, failure);
}

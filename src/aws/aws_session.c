/* The parts of a session that every other file of src/aws uses. */
#include "aws/aws_parts.h"

#include <cjson/cJSON.h>
#include <stdlib.h>

const char *aws_environment(const char *name)
{
	const char *value = getenv(name);
	return value && *value ? value : NULL;
}

int64_t aws_now(const struct aws *aws)
{
	return aws->clock->now(aws->clock->context);
}

void aws_fail(struct aws *aws, struct aws_failure *failure, enum diag_code code, const char *help,
              const char *format, ...)
{
	va_list args;
	va_start(args, format);
	const char *message = aws_masked(aws, arena_vprintf(aws->arena, format, args));
	va_end(args);
	*failure = (struct aws_failure){
		.code = code,
		.message = message,
		.help = help,
		.aws_code = "",
		.aws_message = "",
		.request_id = "",
	};
}

void aws_reply_free(struct aws_reply *reply)
{
	text_free(&reply->head);
	text_free(&reply->body);
	cJSON_Delete(reply->json);
	*reply = (struct aws_reply){0};
}

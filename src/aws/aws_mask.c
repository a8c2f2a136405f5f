/* Masks secrets in messages and traces, in two ways: headers that carry secrets, by name; all registered secrets, by value. */
#include "aws/aws_parts.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

struct aws_secret {
	struct aws_secret *next;
	const char *text;
	size_t length;
};

enum { SECRET_LENGTH_MIN = 6 }; /* a shorter text would mask ordinary words */

static const char *const secret_headers[] = {
	"authorization", "proxy-authorization", "x-amz-security-token", "x-aws-ec2-metadata-token",
	"x-amz-sso_bearer_token", "cookie", "set-cookie", NULL,
};

void aws_secret_add(struct aws *aws, const char *secret)
{
	if (!secret || strlen(secret) < SECRET_LENGTH_MIN)
		return;
	for (const struct aws_secret *known = aws->secrets; known; known = known->next)
		if (strcmp(known->text, secret) == 0)
			return;
	struct aws_secret *added = arena_new(aws->arena, struct aws_secret);
	*added = (struct aws_secret){aws->secrets, secret, strlen(secret)};
	aws->secrets = added;
}

/* The longest secret at a place, or NULL. */
static const struct aws_secret *secret_at(const struct aws *aws, const char *at, size_t left)
{
	const struct aws_secret *longest = NULL;
	for (const struct aws_secret *secret = aws->secrets; secret; secret = secret->next)
		if (secret->length <= left && memcmp(at, secret->text, secret->length) == 0 &&
		    (!longest || longest->length < secret->length))
			longest = secret;
	return longest;
}

static void put_masked(struct text *out, const struct aws *aws, const char *text, size_t length)
{
	for (size_t i = 0; i < length;) {
		const struct aws_secret *secret = secret_at(aws, text + i, length - i);
		if (secret)
			text_puts(out, "***");
		else
			text_putc(out, text[i]);
		i += secret ? secret->length : 1;
	}
}

const char *aws_masked(struct aws *aws, const char *text)
{
	struct text out = {0};
	put_masked(&out, aws, text, strlen(text));
	char *copy = arena_copy(aws->arena, text_string(&out), out.length);
	text_free(&out);
	for (char *at = copy; *at; at++)
		if (iscntrl((unsigned char)*at) && *at != '\n' && *at != '\t')
			*at = '?';
	return copy;
}

static bool is_secret_header(const char *line, size_t length)
{
	for (const char *const *name = secret_headers; *name; name++) {
		size_t size = strlen(*name);
		if (length > size && line[size] == ':' && strncasecmp(line, *name, size) == 0)
			return true;
	}
	return false;
}

/* Traces one line. A secret header keeps its name only. */
static void trace_line(struct aws *aws, const char *mark, const char *line, size_t length)
{
	struct text out = {0};
	text_puts(&out, mark);
	const char *colon = is_secret_header(line, length) ? memchr(line, ':', length) : NULL;
	if (colon) {
		text_add(&out, line, (size_t)(colon - line));
		text_puts(&out, ": ***");
	} else {
		put_masked(&out, aws, line, length);
	}
	for (size_t i = 0; i < out.length; i++)
		if (iscntrl((unsigned char)out.bytes[i]))
			out.bytes[i] = '?';
	aws->options.trace(aws->options.context, text_string(&out));
	text_free(&out);
}

void aws_trace(struct aws *aws, const char *mark, const char *text, size_t length)
{
	if (!aws->options.trace)
		return;
	while (length) {
		const char *end = memchr(text, '\n', length);
		size_t size = end ? (size_t)(end - text) : length;
		size_t shown = size && text[size - 1] == '\r' ? size - 1 : size;
		if (shown)
			trace_line(aws, mark, text, shown);
		size += end != NULL;
		text += size;
		length -= size;
	}
}

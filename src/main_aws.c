#include "main_aws.h"

#include <stdio.h>
#include <unistd.h>

static void trace(void *context, const char *line)
{
	(void)context;
	fprintf(stderr, "http: %s\n", line);
}

static bool ask(void *context, const char *prompt, struct text *answer)
{
	char line[256];
	(void)context;
	fprintf(stderr, "%s", prompt);
	if (!fgets(line, sizeof line, stdin))
		return false;
	text_add(answer, line, strcspn(line, "\r\n"));
	return true;
}

static void waiting(void *context, const char *why, int64_t milliseconds)
{
	(void)context;
	if (isatty(STDERR_FILENO))
		fprintf(stderr, "\r\033[K"); /* over a line that is begun */
	fprintf(stderr, "sagepipec: %s: trying again in %.1f seconds\n", why, (double)milliseconds / 1000);
}

struct aws *main_aws_open(struct arena *arena, const struct options *options, const char *region,
                          struct aws_failure *failure)
{
	struct aws_options *aws = arena_new(arena, struct aws_options);
	bool is_terminal = isatty(STDIN_FILENO) && isatty(STDERR_FILENO);
	*aws = (struct aws_options){.profile = options->profile, .region = options->program.region,
	                            .pipeline_region = region, .endpoint_url = options->endpoint_url,
	                            .trace = options->traces_http ? trace : NULL,
	                            .ask = is_terminal ? ask : NULL, .waiting = waiting};
	return aws_open(arena, aws, failure);
}

void main_aws_put_failure(const struct aws_failure *failure)
{
	fprintf(stderr, "error[%s]: %s\n", diag_code_name(failure->code), failure->message);
	if (failure->help)
		fprintf(stderr, "help: %s\n", failure->help);
}

#include "cli/command_aws.h"

#include "base/printable.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static void put_trace(void *context, const char *line)
{
	(void)context;
	fprintf(stderr, "http: %s\n", line);
}

static bool read_answer(void *context, const char *prompt, struct text *answer)
{
	char line[256];
	(void)context;
	fprintf(stderr, "%s", prompt);
	if (!fgets(line, sizeof line, stdin))
		return false;
	text_add(answer, line, strcspn(line, "\r\n"));
	return true;
}

/* Announces a retry, unless a live table is on the terminal (follow.h). */
static void put_retry(void *context, const char *why, int64_t milliseconds)
{
	const struct options *options = context;
	if (options->watches && isatty(STDOUT_FILENO))
		return;
	if (isatty(STDERR_FILENO))
		fprintf(stderr, "\r\033[K"); /* replaces an unfinished line */
	fprintf(stderr, "sagepipec: %s: trying again in %.1f seconds\n", why, (double)milliseconds / 1000);
}

struct aws *command_aws_open(struct arena *arena, const struct options *options, const char *region,
                             struct aws_failure *failure)
{
	struct aws_options *aws = arena_new(arena, struct aws_options);
	bool is_terminal = isatty(STDIN_FILENO) && isatty(STDERR_FILENO);
	*aws = (struct aws_options){.profile = options->profile, .region = options->program.region,
	                            .pipeline_region = region, .endpoint_url = options->endpoint_url,
	                            .trace = options->traces_http ? put_trace : NULL,
	                            .ask = is_terminal ? read_answer : NULL, .waiting = put_retry, .context = (void *)options};
	return aws_open(arena, aws, failure);
}

/* Appends lines of AWS without their control characters, which could move the cursor. */
static void put_lines(struct text *out, const char *lines)
{
	struct arena scratch = {0};
	for (;;) {
		size_t length = strcspn(lines, "\n");
		printable_put(out, arena_copy(&scratch, lines, length));
		text_putc(out, '\n');
		lines += length;
		if (!*lines++)
			break;
	}
	arena_free(&scratch);
}

static void put_message(enum diag_code code, const char *message, const char *help)
{
	struct text text = {0};
	text_printf(&text, "%s[%s]: ", diag_severity_name(diag_code_severity(code)), diag_code_name(code));
	put_lines(&text, message);
	if (help) {
		text_puts(&text, "help: ");
		put_lines(&text, help);
	}
	fwrite(text.bytes, 1, text.length, stderr);
	text_free(&text);
}

void command_aws_put_failure(const struct aws_failure *failure)
{
	put_message(failure->code, failure->message, failure->help);
}

void command_aws_report(enum diag_code code, const char *help, const char *format, ...)
{
	struct arena scratch = {0};
	va_list args;
	va_start(args, format);
	put_message(code, arena_vprintf(&scratch, format, args), help);
	va_end(args);
	arena_free(&scratch);
}

#include "cli/main_aws.h"

#include "base/printable.h"

#include <stdio.h>
#include <string.h>
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

/* Not between the lines of a table that is drawn over itself (main_watch.h). */
static void waiting(void *context, const char *why, int64_t milliseconds)
{
	const struct options *options = context;
	if (options->watches && isatty(STDOUT_FILENO))
		return;
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
	                            .ask = is_terminal ? ask : NULL, .waiting = waiting, .context = (void *)options};
	return aws_open(arena, aws, failure);
}

/* What AWS says is shown as any text of others: it cannot move the cursor. */
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

static void put(enum diag_code code, const char *message, const char *help)
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

void main_aws_put_failure(const struct aws_failure *failure)
{
	put(failure->code, failure->message, failure->help);
}

void main_aws_complain(enum diag_code code, const char *help, const char *format, ...)
{
	struct arena scratch = {0};
	va_list args;
	va_start(args, format);
	put(code, arena_vprintf(&scratch, format, args), help);
	va_end(args);
	arena_free(&scratch);
}

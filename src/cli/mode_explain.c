#include "base/embedded.h"
#include "cli/modes.h"

#include <stdio.h>

/* The explanation is the section of doc/diagnostics.md whose heading begins with the code. */
enum status mode_explain(struct command *command)
{
	struct text heading = {0}, out = {0};
	text_printf(&heading, "\n### %s ", command->options.subject);
	const char *start = strstr(embedded_diagnostics.text, heading.bytes);
	text_free(&heading);
	if (!start) {
		fprintf(stderr, "sagepipec: there is no diagnostic \"%s\"; codes look like SP2004\n", command->options.subject);
		return STATUS_USAGE;
	}
	start++;
	const char *end = start;
	do {
		end = strstr(end + 1, "\n#");
	} while (end && strncmp(end, "\n## ", 4) != 0 && strncmp(end, "\n### ", 5) != 0);
	text_add(&out, start, end ? (size_t)(end - start) : strlen(start));
	enum status status = command_put_result(&command->options, &out);
	text_free(&out);
	return status;
}

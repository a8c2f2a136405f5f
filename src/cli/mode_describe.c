#include "cli/modes.h"

#include "base/embedded.h"
#include "emit/describe.h"

#include <stdio.h>

enum status mode_describe(struct command *command)
{
	struct text out = {0};
	enum status status = STATUS_USAGE;
	if (describe_path(&out, command_world(command), command->options.subject)) {
		status = command_put_result(&command->options, &out);
	} else {
		fprintf(stderr, "sagepipec: %s", out.bytes);
		out.length = 0;
		describe_kinds(&out, command_world(command));
		if (!strchr(command->options.subject, '.'))
			fprintf(stderr, "The step kinds are:\n%s", out.bytes);
		fprintf(stderr, "The library is made of %s.\n", embedded_origins);
	}
	text_free(&out);
	return status;
}

#include "cli/modes.h"

#include "base/embedded.h"
#include "emit/describe.h"
#include "eval/functions/functions.h"
#include "ide/hover/ide_words.h"

#include <stdio.h>

/* Appends the built-in functions, or only the one of this name. False if there is none. */
static bool add_built_in_functions(struct text *out, struct arena *arena, const char *only)
{
	const struct function *function;
	bool is_any = false;
	for (size_t i = 0; (function = functions_at(i)); i++) {
		const char *meaning = ide_function(function->name);
		if (!meaning || (only && strcmp(only, function->name) != 0))
			continue;
		text_printf(out, only ? "function %s\n%s\n" : "    %-28s %s\n", function->signature, ide_sentence(arena, meaning));
		if (only && function->example)
			text_printf(out, "\nExample: %s\n", function->example);
		is_any = true;
	}
	return is_any;
}

static enum status list_library(struct command *command)
{
	struct text out = {0};
	describe_library(&out, command_world(command));
	text_puts(&out, "\nbuilt-in functions\n");
	add_built_in_functions(&out, &command->arena, NULL);
	text_printf(&out, "\nThe library is made of %s.\n", embedded_origins);
	enum status status = command_put_result(&command->options, &out);
	text_free(&out);
	return status;
}

enum status mode_describe(struct command *command)
{
	if (!command->options.subject)
		return list_library(command);
	struct text out = {0};
	enum status status = STATUS_USAGE;
	bool is_found = add_built_in_functions(&out, &command->arena, command->options.subject) ||
	                describe_path(&out, command_world(command), command->options.subject);
	if (is_found)
		status = command_put_result(&command->options, &out);
	else
		fprintf(stderr, "sagepipec: %sTry `sagepipec --describe`, which lists what the library has.\n", out.bytes);
	text_free(&out);
	return status;
}

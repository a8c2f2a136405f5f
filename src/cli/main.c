/* The command: reads the command line, runs a mode, and exits with its status. */
#include "base/embedded.h"
#include "cli/modes.h"
#include "host/file.h"

#include <signal.h>
#include <stdio.h>
#include <unistd.h>

static enum status mode_help(struct command *command)
{
	struct text out = {0};
	options_help(&out);
	enum status status = command_put_result(&command->options, &out);
	text_free(&out);
	return status;
}

static enum status mode_version(struct command *command)
{
	struct text out = {0};
	text_puts(&out, "sagepipec " PACKAGE_VERSION "\n");
	if (command->options.is_verbose)
		text_printf(&out, "library: %s\n", embedded_origins);
	enum status status = command_put_result(&command->options, &out);
	text_free(&out);
	return status;
}

static enum status (*const modes[])(struct command *command) = {
	[MODE_COMPILE] = mode_compile, [MODE_UPSERT] = mode_upsert,   [MODE_CHECK] = mode_check,     [MODE_FORMAT] = mode_format,
	[MODE_DIFF] = mode_diff,       [MODE_GRAPH] = mode_graph,     [MODE_DUMP] = mode_dump,       [MODE_EXPLAIN] = mode_explain,
	[MODE_DESCRIBE] = mode_describe, [MODE_LSP] = mode_lsp,       [MODE_HELP] = mode_help,       [MODE_VERSION] = mode_version,
	[MODE_START] = mode_operate,   [MODE_STATUS] = mode_operate,  [MODE_STOP] = mode_operate,    [MODE_RETRY] = mode_operate,
	[MODE_HISTORY] = mode_operate, [MODE_ROLLBACK] = mode_operate, [MODE_MOVE_ALIAS] = mode_operate, [MODE_DELETE] = mode_operate,
};

static enum status run(struct command *command)
{
	struct options *options = &command->options;
	options->program.reader = &file_reader;
	options->program.may_be_shared = options->mode == MODE_CHECK || options->mode == MODE_GRAPH;
	return command_read_config_files(command) ? modes[options->mode](command) : STATUS_OUTSIDE;
}

/* A failed assertion has printed its message before it aborts. */
static void exit_as_bug(int number)
{
	(void)number;
	_exit(STATUS_BUG);
}

int main(int argc, char **argv)
{
	signal(SIGABRT, exit_as_bug);
	struct command command = {.self = argv[0]};
	struct text complaint = {0};
	enum status status = STATUS_USAGE;
	if (options_parse(&command.options, argc, argv, &command.arena, &complaint))
		status = run(&command);
	else
		fprintf(stderr, "sagepipec: %s\nTry `sagepipec --help`.\n", complaint.bytes);
	text_free(&complaint);
	arena_free(&command.arena);
	return (int)status;
}

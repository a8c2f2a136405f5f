#include "cli/modes.h"

#include "compile/compile.h"
#include "syntax/parse.h"

/* Prints the dump even when the syntax is wrong. */
static enum status dump_tree(struct command *command, const struct source_file *file)
{
	struct text out = {0};
	struct names names;
	struct diags diags = {.arena = &command->arena};
	names_init(&names, &command->arena);
	const struct tree *tree = parse_file(&command->arena, &names, &diags, file);
	command->options.dump->write_tree(&out, tree);
	enum status status = command_put_result(&command->options, &out);
	diag_finish(&diags);
	command_put_diagnostics(&command->options, &diags);
	text_free(&out);
	return status != STATUS_DONE ? status : diags.errors ? STATUS_PROGRAM : STATUS_DONE;
}

static enum status dump_program(struct command *command, const struct source_file *file)
{
	struct options *options = &command->options;
	struct text out = {0};
	struct arena arena = {0};
	options->program.keeps_values = true;
	struct program *program = compile_program(&arena, command_world(command), &options->program, file);
	if (!program_has_errors(program))
		options->dump->write_program(&out, program);
	enum status status = command_accept(options, program) ? command_put_result(options, &out) : STATUS_PROGRAM;
	arena_free(&arena);
	text_free(&out);
	return status;
}

enum status mode_dump(struct command *command)
{
	struct text source;
	const struct source_file *file = command_read_source(command, command->options.files[0], &source);
	if (!file)
		return STATUS_OUTSIDE;
	enum status status = command->options.dump->write_tree ? dump_tree(command, file) : dump_program(command, file);
	text_free(&source);
	return status;
}

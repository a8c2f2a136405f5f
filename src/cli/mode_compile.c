#include "cli/modes.h"

#include "compile/compile.h"

/* The target of a make rule is the file of -o, else FILE.json for the program FILE.pipe. */
static struct emit_rule_files rule_files(struct command *command)
{
	const struct options *options = &command->options;
	const char *path = options->files[0];
	bool is_standard_input = strcmp(path, "-") == 0;
	const char *name = is_standard_input ? options->stdin_name : path;
	size_t length = strlen(name) - (command_is_pipe_file(name) ? strlen(".pipe") : 0);
	const char *fallback = arena_printf(&command->arena, "%.*s.json", (int)length, name);
	return (struct emit_rule_files){.target = options->output ? options->output : fallback, .source = is_standard_input ? NULL : name};
}

enum status mode_compile(struct command *command)
{
	const struct options *options = &command->options;
	struct text source, out = {0};
	struct arena arena = {0};
	const struct source_file *file = command_read_source(command, options->files[0], &source);
	if (!file)
		return STATUS_OUTSIDE;
	const struct emit_rule_files files = rule_files(command);
	struct program *program = compile_program(&arena, command_world(command), &options->program, file);
	if (!program_has_errors(program))
		emit_write_form(&out, options->emit, program, &files);
	enum status status = command_accept(options, program) ? command_put_result(options, &out) : STATUS_PROGRAM;
	arena_free(&arena);
	text_free(&out);
	text_free(&source);
	return status;
}

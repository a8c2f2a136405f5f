#include "cli/modes.h"
#include "compile/compile.h"

#include <stdio.h>
#include <unistd.h>

static enum status draw(const struct options *options, const struct program *program)
{
	struct text out = {0}, complaint = {0};
	bool is_on_terminal = !options->output || strcmp(options->output, "-") == 0;
	const struct draw_options style = {is_on_terminal && command_wants_color(options, STDOUT_FILENO),
	                                   is_on_terminal ? command_terminal_width(STDOUT_FILENO) : 0};
	bool is_drawn = options->drawing->draw(&out, program, &style, &complaint);
	if (!is_drawn)
		fprintf(stderr, "sagepipec: cannot draw SVG: %s\n", text_string(&complaint));
	enum status status = is_drawn ? command_put_result(options, &out) : STATUS_OUTSIDE;
	text_free(&complaint);
	text_free(&out);
	return status;
}

enum status mode_graph(struct command *command)
{
	const struct options *options = &command->options;
	struct arena arena = {0};
	struct text source;
	const struct source_file *file = command_read_source(command, options->files[0], &source);
	if (!file)
		return STATUS_OUTSIDE;
	struct program *program = compile_program(&arena, command_world(command), &options->program, file);
	enum status status = STATUS_PROGRAM;
	bool is_accepted = command_accept(options, program);
	if (is_accepted && draw_has_steps(program))
		status = draw(options, program);
	else if (is_accepted)
		fprintf(stderr, "sagepipec: %s has no steps: there is nothing to draw\n", file->name);
	arena_free(&arena);
	text_free(&source);
	return status;
}

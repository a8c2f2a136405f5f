#include "cli/main_graph.h"

#include "compile/compile.h"
#include "draw/draw.h"
#include "lint/lint.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static enum status draw(const struct options *options, const struct program *program)
{
	struct text out = {0}, complaint = {0};
	bool is_on_terminal = !options->output || strcmp(options->output, "-") == 0;
	const struct draw_options style = {is_on_terminal && main_wants_color(options, STDOUT_FILENO),
	                                   is_on_terminal ? main_terminal_width(STDOUT_FILENO) : 0};
	bool is_drawn = true;
	if (strcmp(options->picture, "dot") == 0)
		draw_dot(&out, program);
	else if (strcmp(options->picture, "mermaid") == 0)
		draw_mermaid(&out, program);
	else if (strcmp(options->picture, "svg") == 0)
		is_drawn = draw_svg(&out, program, &complaint);
	else
		draw_text(&out, program, &style);
	if (!is_drawn)
		fprintf(stderr, "sagepipec: cannot draw SVG: %s\n", text_string(&complaint));
	enum status status = is_drawn ? main_put_result(options, &out) : STATUS_OUTSIDE;
	text_free(&complaint);
	text_free(&out);
	return status;
}

enum status main_graph(struct command *command)
{
	const struct options *options = &command->options;
	struct arena arena = {0};
	struct text source;
	const struct source_file *file = main_read_source(command, options->files[0], &source);
	if (!file)
		return STATUS_OUTSIDE;
	struct program *program = compile_program(&arena, main_world(command), &options->program, file);
	lint_suppress(program);
	main_put_diagnostics(options, program->diags);
	enum status status = STATUS_PROGRAM;
	bool is_refused = program->diags->errors || (options->warnings_are_errors && program->diags->warnings);
	if (!is_refused && draw_has_steps(program))
		status = draw(options, program);
	else if (!is_refused)
		fprintf(stderr, "sagepipec: %s has no steps: there is nothing to draw\n", file->name);
	arena_free(&arena);
	text_free(&source);
	return status;
}

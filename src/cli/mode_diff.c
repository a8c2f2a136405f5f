#include "cli/modes.h"

#include "base/json_tree.h"
#include "cli/target.h"
#include "compile/compile.h"
#include "diff/diff.h"
#include "emit/emit.h"
#include "host/file.h"
#include "lint/lint.h"

#include <cjson/cJSON.h>
#include <stdio.h>
#include <unistd.h>

/* Reads the file of --against as JSON. A program is compiled to its CreatePipeline request. */
static enum status read_other(struct command *command, const char *path, struct text *json)
{
	struct options *options = &command->options;
	if (!command_is_pipe_file(path))
		return file_read(path, SOURCE_MAX_BYTES, json) ? STATUS_DONE : command_fail("cannot read", path);
	struct text source;
	struct arena arena = {0};
	const struct source_file *file = command_read_source(command, path, &source);
	if (!file)
		return STATUS_OUTSIDE;
	struct program *program = compile_program(&arena, command_world(command), &options->program, file);
	bool is_good = !program_has_errors(program);
	if (is_good)
		emit_request(json, program);
	command_put_diagnostics(options, program->diags);
	arena_free(&arena);
	text_free(&source);
	return is_good ? STATUS_DONE : STATUS_PROGRAM;
}

/* Compares an accepted program with a definition, and prints the differences. */
static enum status put_diff(const struct options *options, struct program *program, const char *name, const struct text *json)
{
	struct text out = {0};
	const struct diff *diff = diff_program(program, name, text_string(json), json->length);
	enum status status = STATUS_OUTSIDE;
	if (diff && options->wants_json)
		diff_render_json(&out, diff);
	else if (diff)
		diff_render_text(&out, diff, !options->output && command_wants_color(options, STDOUT_FILENO));
	if (diff)
		status = command_put_result(options, &out);
	text_free(&out);
	return status == STATUS_DONE && !diff_is_empty(diff) ? STATUS_DIFFERENT : status;
}

/* Compares a program with a definition, and prints its diagnostics. */
static enum status compare(const struct options *options, struct program *program, const char *name, const struct text *json)
{
	lint_suppress(program, NULL);
	bool is_refused = program->diags->errors || (options->warnings_are_errors && program->diags->warnings);
	enum status status = is_refused ? STATUS_PROGRAM : put_diff(options, program, name, json);
	lint_suppress(program, NULL);
	command_put_diagnostics(options, program->diags);
	return status;
}

static enum status diff_with_file(struct command *command)
{
	const struct options *options = &command->options;
	const char *name = strcmp(options->against, "-") == 0 ? options->stdin_name : options->against;
	struct text json = {0}, source;
	struct arena arena = {0};
	enum status status = read_other(command, options->against, &json);
	const struct source_file *file = status == STATUS_DONE ? command_read_source(command, options->files[0], &source) : NULL;
	if (file) {
		status = compare(options, compile_program(&arena, command_world(command), &options->program, file), name, &json);
		arena_free(&arena);
		text_free(&source);
	} else if (status == STATUS_DONE) {
		status = STATUS_OUTSIDE;
	}
	text_free(&json);
	return status;
}

/* Appends DescribePipeline's reply; an empty definition if there is no pipeline yet. */
static void write_deployed(struct text *json, const struct target *target)
{
	if (target->described) {
		json_put_tree(json, target->described);
		return;
	}
	text_puts(json, "{\"Version\": \"2020-12-01\", \"Parameters\": [], \"Steps\": []}");
	fprintf(stderr, "sagepipec: there is no pipeline `%s` in %s yet\n", target->pipeline, aws_region(target->aws));
}

static enum status diff_with_deployed(struct command *command)
{
	struct target target;
	struct text json = {0};
	enum status status = target_open(&target, command);
	if (status == STATUS_DONE && !target.program) {
		fprintf(stderr, "sagepipec: --diff compares a program, whose name ends in `.pipe`, with what is deployed\n");
		status = STATUS_USAGE;
	}
	if (status == STATUS_DONE)
		status = target_describe(&target, true);
	if (status == STATUS_DONE) {
		write_deployed(&json, &target);
		status = compare(&command->options, target.program, target.described ? target.arn : "nothing", &json);
	}
	target_close(&target);
	text_free(&json);
	return status;
}

enum status mode_diff(struct command *command)
{
	return command->options.against ? diff_with_file(command) : diff_with_deployed(command);
}

#include "cli/modes.h"

#include "base/json_tree.h"
#include "cli/target.h"
#include "compile/compile.h"
#include "diff/diff.h"
#include "emit/emit.h"
#include "emit/emit_files.h"
#include "host/file.h"
#include "lint/lint.h"

#include <cjson/cJSON.h>
#include <stdio.h>
#include <unistd.h>

/* What the program is compared with. */
struct other_side {
	const char *name;
	struct text json;     /* its definition, reply or request */
	struct text manifest; /* its files, if they are known */
	bool is_program;
};

static void free_other(struct other_side *other)
{
	text_free(&other->json);
	text_free(&other->manifest);
}

/* Reads the file of --against as JSON. A program is compiled to its CreatePipeline request and its manifest. */
static enum status read_other(struct command *command, const char *path, struct other_side *other)
{
	struct options *options = &command->options;
	if (!command_is_pipe_file(path))
		return file_read(path, SOURCE_MAX_BYTES, &other->json) ? STATUS_DONE : command_fail("cannot read", path);
	struct text source;
	struct arena arena = {0};
	const struct source_file *file = command_read_source(command, path, &source);
	if (!file)
		return STATUS_OUTSIDE;
	struct program *program = compile_program(&arena, command_world(command), &options->program, file);
	bool is_good = !program_has_errors(program);
	other->is_program = is_good;
	if (is_good) {
		emit_request(&other->json, program);
		emit_manifest(&other->manifest, program);
	}
	command_put_diagnostics(options, program->diags);
	arena_free(&arena);
	text_free(&source);
	return is_good ? STATUS_DONE : STATUS_PROGRAM;
}

/* Reads the file of --manifest. */
static enum status read_manifest(const struct options *options, struct other_side *other)
{
	if (!options->manifest)
		return STATUS_DONE;
	text_free(&other->manifest);
	other->is_program = false;
	return file_read(options->manifest, SOURCE_MAX_BYTES, &other->manifest) ? STATUS_DONE
	                                                                        : command_fail("cannot read", options->manifest);
}

/* Adds the files of both sides to a diff, if those of the other side are known. */
static enum status add_files(const struct options *options, struct diff *diff, const struct other_side *other)
{
	struct text own = {0};
	if (!other->manifest.length)
		return STATUS_DONE;
	emit_manifest(&own, diff->program);
	const struct diff_manifests manifests = {text_string(&other->manifest), own.bytes, other->is_program};
	bool is_good = diff_add_files(diff, &manifests);
	text_free(&own);
	if (!is_good)
		fprintf(stderr, "sagepipec: %s is not a manifest: write one with --emit manifest\n", options->manifest);
	return is_good ? STATUS_DONE : STATUS_OUTSIDE;
}

/* Compares an accepted program with a definition, and prints the differences. */
static enum status put_diff(const struct options *options, struct program *program, const struct other_side *other)
{
	struct text out = {0};
	struct diff *diff = diff_program(program, other->name, text_string(&other->json), other->json.length);
	enum status status = diff ? add_files(options, diff, other) : STATUS_OUTSIDE;
	if (status != STATUS_DONE)
		return status;
	if (options->wants_json)
		diff_render_json(&out, diff);
	else
		diff_render_text(&out, diff, !options->output && command_wants_color(options, STDOUT_FILENO));
	status = command_put_result(options, &out);
	text_free(&out);
	return status == STATUS_DONE && !diff_is_empty(diff) ? STATUS_DIFFERENT : status;
}

/* Compares a program with a definition, and prints its diagnostics. */
static enum status compare(const struct options *options, struct program *program, const struct other_side *other)
{
	lint_suppress(program, NULL);
	bool is_refused = program->diags->errors || (options->warnings_are_errors && program->diags->warnings) ||
	                  command_would_replace_input(options, program);
	enum status status = is_refused ? STATUS_PROGRAM : put_diff(options, program, other);
	lint_suppress(program, NULL);
	command_put_diagnostics(options, program->diags);
	return status;
}

static enum status diff_with_file(struct command *command)
{
	const struct options *options = &command->options;
	struct other_side other = {.name = strcmp(options->against, "-") == 0 ? options->stdin_name : options->against};
	struct text source;
	struct arena arena = {0};
	enum status status = read_other(command, options->against, &other);
	if (status == STATUS_DONE)
		status = read_manifest(options, &other);
	const struct source_file *file = status == STATUS_DONE ? command_read_source(command, options->files[0], &source) : NULL;
	if (file) {
		status = compare(options, compile_program(&arena, command_world(command), &options->program, file), &other);
		arena_free(&arena);
		text_free(&source);
	} else if (status == STATUS_DONE) {
		status = STATUS_OUTSIDE;
	}
	free_other(&other);
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
	struct other_side other = {0};
	enum status status = target_open(&target, command);
	if (status == STATUS_DONE && !target.program) {
		fprintf(stderr, "sagepipec: --diff compares a program, whose name ends in `.pipe`, with what is deployed\n");
		status = STATUS_USAGE;
	}
	if (status == STATUS_DONE)
		status = target_describe(&target, true);
	if (status == STATUS_DONE)
		status = read_manifest(&command->options, &other);
	if (status == STATUS_DONE) {
		other.name = target.described ? target.arn : "nothing";
		write_deployed(&other.json, &target);
		status = compare(&command->options, target.program, &other);
	}
	target_close(&target);
	free_other(&other);
	return status;
}

enum status mode_diff(struct command *command)
{
	return command->options.against ? diff_with_file(command) : diff_with_deployed(command);
}

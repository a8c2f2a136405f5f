#include "cli/command.h"

#include "host/file.h"
#include "lint/lint.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

enum status command_fail(const char *complaint, const char *name)
{
	fprintf(stderr, "sagepipec: %s %s: %s\n", complaint, name, strerror(errno));
	return STATUS_OUTSIDE;
}

enum status command_put_result(const struct options *options, const struct text *text)
{
	bool is_named = options->output && !options->emit->is_make_rule && strcmp(options->output, "-") != 0;
	const char *bytes = text_string(text);
	if (is_named)
		return file_write(options->output, bytes, text->length) ? STATUS_DONE : command_fail("cannot write", options->output);
	if (fwrite(bytes, 1, text->length, stdout) != text->length || fflush(stdout) != 0)
		return command_fail("cannot write", "to standard output");
	return STATUS_DONE;
}

bool command_wants_color(const struct options *options, int descriptor)
{
	const char *no_color = getenv("NO_COLOR");
	if (options->color != COLOR_AUTO)
		return options->color == COLOR_ALWAYS;
	return isatty(descriptor) && !(no_color && *no_color);
}

unsigned command_terminal_width(int descriptor)
{
	struct winsize size;
	return isatty(descriptor) && ioctl(descriptor, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

struct report_options command_report_options(const struct options *options)
{
	return (struct report_options){options->format, command_wants_color(options, STDERR_FILENO), command_terminal_width(STDERR_FILENO)};
}

void command_put_diagnostics(const struct options *options, const struct diags *diags)
{
	struct text text = {0};
	const struct report_options report = command_report_options(options);
	report_render(&text, diags, &report);
	if (text.length)
		fwrite(text.bytes, 1, text.length, stderr);
	text_free(&text);
}

/* Whether a path names the regular file with this state. Reports it if it does. */
static bool is_input(const struct stat *output, const char *path)
{
	struct stat input;
	if (!path || strcmp(path, "-") == 0 || stat(path, &input) != 0 || input.st_dev != output->st_dev || input.st_ino != output->st_ino)
		return false;
	fprintf(stderr, "sagepipec: the result would replace the input %s: name another file after -o\n", path);
	return true;
}

bool command_would_replace_input(const struct options *options, const struct program *program)
{
	struct stat output;
	const char *const others[] = {options->manifest, options->against, options->lint_config};
	bool is_written = options->output && !options->emit->is_make_rule;
	if (!is_written || stat(options->output, &output) != 0 || !S_ISREG(output.st_mode))
		return false;
	for (int i = 0; i < options->file_count; i++)
		if (is_input(&output, options->files[i]))
			return true;
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		if (is_input(&output, others[i]))
			return true;
	for (size_t i = 0; i < program->inputs.count; i++)
		if (is_input(&output, program->inputs.items[i]->text))
			return true;
	return false;
}

bool command_accept(const struct options *options, struct program *program)
{
	lint_suppress(program, NULL);
	command_put_diagnostics(options, program->diags);
	bool is_accepted = !program->diags->errors && !(options->warnings_are_errors && program->diags->warnings);
	return is_accepted && !command_would_replace_input(options, program);
}

/* A file, and its copy. */
struct file_copy {
	const struct source_file *file, *copy;
};

typedef VEC(struct file_copy) file_copy_vec;

static const struct source_file *copy_once(struct arena *arena, file_copy_vec *copies, const struct source_file *file)
{
	for (size_t i = 0; i < copies->count; i++)
		if (copies->items[i].file == file)
			return copies->items[i].copy;
	const struct source_file *copy = source_copy(arena, file);
	vec_push(arena, copies, ((struct file_copy){file, copy}));
	return copy;
}

void command_keep_diags(struct diags *list, const struct diags *diags, const struct source_file *kept)
{
	file_copy_vec copies = {0};
	const struct diag *last = list->last;
	if (kept)
		vec_push(list->arena, &copies, ((struct file_copy){kept, kept}));
	diag_append(list, diags);
	for (struct diag *diag = last ? last->next : list->first; diag; diag = diag->next) {
		diag->file = copy_once(list->arena, &copies, diag->file);
		for (struct diag_related *related = diag->related; related; related = related->next)
			related->file = copy_once(list->arena, &copies, related->file);
	}
}

bool command_read_config_files(struct command *command)
{
	struct options *options = &command->options;
	struct config_file *files = arena_array(&command->arena, struct config_file, options->config_file_count + 1);
	for (size_t i = 0; i < options->config_file_count; i++) {
		struct text text;
		if (!file_read(options->config_files[i], SOURCE_MAX_BYTES, &text)) {
			command_fail("cannot read", options->config_files[i]);
			return false;
		}
		const char *copy = arena_copy(&command->arena, text.bytes, text.length);
		files[i] = (struct config_file){options->config_files[i], copy, text.length};
		text_free(&text);
	}
	options->program.config_files = files;
	options->program.config_file_count = options->config_file_count;
	return true;
}

struct world *command_world(struct command *command)
{
	if (!command->has_world)
		world_load(&command->world, &command->arena);
	command->has_world = true;
	return &command->world;
}

bool command_is_pipe_file(const char *path)
{
	static const char suffix[] = ".pipe";
	size_t length = strlen(path);
	return length > sizeof suffix - 1 && strcmp(path + length - (sizeof suffix - 1), suffix) == 0;
}

const struct source_file *command_read_source(struct command *command, const char *path, struct text *text)
{
	bool is_standard_input = strcmp(path, "-") == 0;
	const char *name = is_standard_input ? command->options.stdin_name : path;
	if (!file_read(path, SOURCE_MAX_BYTES, text)) {
		command_fail("cannot read", name);
		return NULL;
	}
	return source_new(&command->arena, name, text->bytes, text->length);
}

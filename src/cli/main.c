/* The command: reads files, runs a mode, prints, and exits with its status. */
#include "base/embedded.h"
#include "cli/main_check.h"
#include "cli/main_deploy.h"
#include "cli/main_diff.h"
#include "cli/main_format.h"
#include "cli/main_graph.h"
#include "cli/main_operate.h"
#include "compile/compile.h"
#include "compile/limits.h"
#include "deploy/deploy.h"
#include "emit/describe.h"
#include "emit/dump.h"
#include "emit/emit.h"
#include "emit/emit_files.h"
#include "emit/expanded.h"
#include "emit/policy.h"
#include "emit/wrap.h"
#include "host/file.h"
#include "lint/lint.h"
#include "lsp/lsp.h"
#include "syntax/node_dump.h"
#include "cli/main.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum status main_fail(const char *what, const char *name)
{
	fprintf(stderr, "sagepipec: %s %s: %s\n", what, name, strerror(errno));
	return STATUS_OUTSIDE;
}

enum status main_put_result(const struct options *options, const struct text *text)
{
	bool is_named = options->output && strcmp(options->emit, "deps") != 0; /* which -o names the target of */
	if (is_named && strcmp(options->output, "-") != 0)
		return file_write(options->output, text->bytes, text->length) ? STATUS_DONE : main_fail("cannot write", options->output);
	if (fwrite(text->bytes, 1, text->length, stdout) != text->length || fflush(stdout) != 0)
		return main_fail("cannot write", "to standard output");
	return STATUS_DONE;
}

bool main_wants_color(const struct options *options, int descriptor)
{
	const char *no_color = getenv("NO_COLOR");
	if (strcmp(options->color, "auto") != 0)
		return strcmp(options->color, "always") == 0;
	return isatty(descriptor) && !(no_color && *no_color);
}

unsigned main_terminal_width(int descriptor)
{
	struct winsize size;
	return isatty(descriptor) && ioctl(descriptor, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

void main_put_diagnostics(const struct options *options, const struct diags *diags)
{
	struct text text = {0};
	const struct report_options report = {options->format, main_wants_color(options, STDERR_FILENO), main_terminal_width(STDERR_FILENO)};
	report_render(&text, diags, &report);
	if (text.length)
		fwrite(text.bytes, 1, text.length, stderr);
	text_free(&text);
}

struct world *main_world(struct command *command)
{
	if (!command->has_world)
		world_load(&command->world, &command->arena);
	command->has_world = true;
	return &command->world;
}

const struct source_file *main_read_source(struct command *command, const char *path, struct text *text)
{
	bool is_standard = strcmp(path, "-") == 0;
	const char *name = is_standard ? command->options.stdin_name : path;
	if (!file_read(path, SOURCE_MAX_BYTES, text)) {
		main_fail("cannot read", name);
		return NULL;
	}
	return source_new(&command->arena, name, text->bytes, text->length);
}

/* Reads the files of --config for programs; false after a message. */
static bool read_config_files(struct command *command)
{
	struct options *options = &command->options;
	struct config_file *files = arena_array(&command->arena, struct config_file, options->config_file_count + 1);
	for (size_t i = 0; i < options->config_file_count; i++) {
		struct text text;
		if (!file_read(options->config_files[i], SOURCE_MAX_BYTES, &text)) {
			main_fail("cannot read", options->config_files[i]);
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

static void dump(struct text *out, const char *what, const struct program *program)
{
	if (strcmp(what, "symbols") == 0)
		dump_symbols(out, program);
	else if (strcmp(what, "types") == 0)
		dump_types(out, program);
	else if (strcmp(what, "expanded") == 0)
		expanded_write(out, program);
	else
		dump_graph(out, program);
}

/* Counts what travels, in characters, when it may be too much. */
static void check_size(struct program *program)
{
	struct text compact = {0};
	emit_compact_definition(&compact, program);
	limits_check_size(program, &compact);
	text_free(&compact);
}

/* A rule for what -o names, else for FILE.json beside FILE.pipe. */
static void render_deps(struct text *out, const struct options *options, const struct program *program)
{
	bool is_standard = strcmp(options->files[0], "-") == 0;
	const char *name = is_standard ? options->stdin_name : options->files[0];
	size_t length = strlen(name);
	struct text target = {0};
	text_add(&target, name, length > 5 && strcmp(name + length - 5, ".pipe") == 0 ? length - 5 : length);
	text_puts(&target, ".json");
	emit_deps(out, program, options->output ? options->output : target.bytes, is_standard ? NULL : name);
	text_free(&target);
}

static void render(struct text *out, const struct options *options, struct program *program)
{
	if (options->mode == MODE_DUMP) {
		dump(out, options->subject, program);
		return;
	}
	bool is_template = strcmp(options->emit, "cloudformation") == 0 || strcmp(options->emit, "terraform") == 0;
	if (emit_definition(out, program) > LIMITS_DEFINITION_MAX && !is_template) /* which sends it through S3 */
		check_size(program);
	if (strcmp(options->emit, "definition") == 0)
		return;
	out->length = 0;
	if (strcmp(options->emit, "request") == 0)
		emit_request(out, program);
	else if (strcmp(options->emit, "manifest") == 0)
		emit_manifest(out, program);
	else if (strcmp(options->emit, "cloudformation") == 0)
		wrap_cloudformation(out, program);
	else if (strcmp(options->emit, "terraform") == 0)
		wrap_terraform(out, program);
	else if (strcmp(options->emit, "iam-policy") == 0)
		policy_write(out, program);
	else
		render_deps(out, options, program);
}

static enum status compile(struct command *command, const char *path)
{
	const struct options *options = &command->options;
	struct text source, out = {0};
	struct arena arena = {0};
	const struct source_file *file = main_read_source(command, path, &source);
	if (!file)
		return STATUS_OUTSIDE;
	command->options.program.keeps_values = options->mode == MODE_DUMP;
	struct program *program = compile_program(&arena, main_world(command), &options->program, file);
	if (!program_has_errors(program))
		render(&out, options, program);
	if (options->mode == MODE_UPSERT)
		deploy_check(program, options->allows_unknown);
	lint_suppress(program);
	main_put_diagnostics(options, program->diags);
	bool is_refused = program->diags->errors || (options->warnings_are_errors && program->diags->warnings);
	enum status status = is_refused                     ? STATUS_PROGRAM
	                     : options->mode == MODE_UPSERT ? main_deploy(options, &arena, program)
	                                                    : main_put_result(options, &out);
	arena_free(&arena);
	text_free(&out);
	text_free(&source);
	return status;
}

static enum status check(const struct options *options)
{
	struct check_texts texts = {.report = {0}};
	const struct report_options report = {options->format, main_wants_color(options, STDERR_FILENO), main_terminal_width(STDERR_FILENO)};
	struct check_result result = main_check(options, &report, &texts);
	enum status status = texts.result.length ? main_put_result(options, &texts.result) : STATUS_DONE;
	fwrite(text_string(&texts.report), 1, texts.report.length, stderr);
	for (char *line = texts.failures.length ? strtok(texts.failures.bytes, "\n") : NULL; line; line = strtok(NULL, "\n"))
		fprintf(stderr, "sagepipec: %s\n", line);
	bool is_refused = result.errors || (options->warnings_are_errors && result.warnings) ||
	                  (options->max_warnings >= 0 && result.warnings > options->max_warnings);
	if (texts.failures.length)
		status = STATUS_OUTSIDE;
	else if (status == STATUS_DONE && is_refused)
		status = STATUS_PROGRAM;
	text_free(&texts.report);
	text_free(&texts.failures);
	text_free(&texts.result);
	return status;
}

/* Tokens and trees are there for every text, right or wrong, and need no library. */
static enum status dump_syntax(struct command *command)
{
	struct text text, out = {0};
	struct names names;
	struct diags diags = {.arena = &command->arena};
	const struct source_file *file = main_read_source(command, command->options.files[0], &text);
	if (!file)
		return STATUS_OUTSIDE;
	names_init(&names, &command->arena);
	struct tree *tree = parse_file(&command->arena, &names, &diags, file);
	if (strcmp(command->options.subject, "tokens") == 0)
		token_dump(&out, file, tree->tokens, tree->token_count);
	else
		node_dump(&out, tree);
	enum status status = main_put_result(&command->options, &out);
	diag_finish(&diags);
	main_put_diagnostics(&command->options, &diags);
	text_free(&out);
	text_free(&text);
	return status != STATUS_DONE ? status : diags.errors ? STATUS_PROGRAM : STATUS_DONE;
}

/* The section of doc/diagnostics.md that has the code in its heading. */
static enum status explain(struct command *command)
{
	struct text heading = {0}, out = {0};
	text_printf(&heading, "\n### %s ", command->options.subject);
	const char *start = strstr(embedded_diagnostics.text, heading.bytes);
	text_free(&heading);
	if (!start) {
		fprintf(stderr, "sagepipec: there is no diagnostic \"%s\"; codes look like SP2004\n", command->options.subject);
		return STATUS_USAGE;
	}
	start++;
	const char *end = start;
	do {
		end = strstr(end + 1, "\n#");
	} while (end && strncmp(end, "\n## ", 4) != 0 && strncmp(end, "\n### ", 5) != 0);
	text_add(&out, start, end ? (size_t)(end - start) : strlen(start));
	enum status status = main_put_result(&command->options, &out);
	text_free(&out);
	return status;
}

static enum status describe(struct command *command)
{
	struct text out = {0};
	enum status status = STATUS_USAGE;
	if (describe_path(&out, main_world(command), command->options.subject)) {
		status = main_put_result(&command->options, &out);
	} else {
		fprintf(stderr, "sagepipec: %s", out.bytes);
		out.length = 0;
		describe_kinds(&out, main_world(command));
		if (!strchr(command->options.subject, '.'))
			fprintf(stderr, "The step kinds are:\n%s", out.bytes);
	}
	text_free(&out);
	return status;
}

static enum status print(void (*write)(struct text *out), const struct options *options)
{
	struct text out = {0};
	write(&out);
	enum status status = main_put_result(options, &out);
	text_free(&out);
	return status;
}

static void write_version(struct text *out)
{
	text_puts(out, "sagepipec " PACKAGE_VERSION "\n");
}

/* Where a copy of the library may be written for an editor to open (XDG Base Directory Specification); NULL: nowhere. */
static const char *cache_folder(struct arena *arena)
{
	const char *cache = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");
	if (cache && *cache == '/')
		return arena_printf(arena, "%s/sagepipec/" PACKAGE_VERSION, cache);
	return home && *home == '/' ? arena_printf(arena, "%s/.cache/sagepipec/" PACKAGE_VERSION, home) : NULL;
}

static enum status serve(struct command *command)
{
	static const char running[] = "/proc/self/exe"; /* of Linux: also when another one was installed meanwhile */
	signal(SIGPIPE, SIG_IGN); /* an editor that is gone is no reason to be killed */
	if (access(running, X_OK) == 0)
		command->options.self = running;
	return (enum status)lsp_serve(&command->options, cache_folder(&command->arena), STDIN_FILENO, STDOUT_FILENO);
}

static enum status run(struct command *command)
{
	const char *subject = command->options.subject;
	command->options.program.reader = &file_reader;
	command->options.program.may_be_shared = command->options.mode == MODE_CHECK || command->options.mode == MODE_GRAPH;
	if (!read_config_files(command))
		return STATUS_OUTSIDE;
	switch (command->options.mode) {
	case MODE_DUMP:
		if (strcmp(subject, "tokens") == 0 || strcmp(subject, "tree") == 0)
			return dump_syntax(command);
		return compile(command, command->options.files[0]);
	case MODE_CHECK:
		return check(&command->options);
	case MODE_FORMAT:
		return main_format(command);
	case MODE_DIFF:
		return main_diff(command);
	case MODE_GRAPH:
		return main_graph(command);
	case MODE_EXPLAIN:
		return explain(command);
	case MODE_DESCRIBE:
		return describe(command);
	case MODE_LSP:
		return serve(command);
	case MODE_HELP:
		return print(options_help, &command->options);
	case MODE_VERSION:
		return print(write_version, &command->options);
	case MODE_COMPILE:
	case MODE_UPSERT:
		return compile(command, command->options.files[0]);
	default:
		return main_operate(command);
	}
}

/* An assertion failed and said so. */
static void end_as_bug(int number)
{
	(void)number;
	_exit(STATUS_BUG);
}

int main(int argc, char **argv)
{
	signal(SIGABRT, end_as_bug);
	struct command command = {0};
	struct text complaint = {0};
	int status = STATUS_USAGE;
	bool is_good = options_parse(&command.options, argc, argv, &command.arena, &complaint);
	command.options.program.reader = &file_reader;
	command.options.self = argv[0];
	if (is_good)
		status = (int)run(&command);
	else
		fprintf(stderr, "sagepipec: %s\nTry `sagepipec --help`.\n", complaint.bytes);
	text_free(&complaint);
	arena_free(&command.arena);
	return status;
}

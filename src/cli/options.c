#include "cli/options.h"

#include "base/utf8.h"

#include <errno.h>
#include <getopt.h>
#include <stdlib.h>

/* IDs of the long options, above the characters of short options. From OPTION_PARAMS on they are for executions (see apply). A mode has
 * the ID OPTION_MODE + MODE_…. */
enum { OPTION_EMIT = 256, OPTION_SET, OPTION_FORMAT, OPTION_COLOR, OPTION_REGION, OPTION_ACCOUNT, OPTION_ASSETS,
       OPTION_STDIN, OPTION_CONFIG, OPTION_FIX, OPTION_LINT_CONFIG, OPTION_MAX_WARNINGS, OPTION_WARNINGS_AS_ERRORS, OPTION_AGAINST,
       OPTION_MANIFEST, OPTION_VERIFY, OPTION_VERBOSE, OPTION_PROFILE, OPTION_ENDPOINT, OPTION_DEBUG_HTTP, OPTION_JSON, OPTION_DRY_RUN,
       OPTION_ALLOW_UNKNOWN, OPTION_EXPECT_VERSION, OPTION_EXPECT_DIGEST, OPTION_AS,
       OPTION_PARAMS, OPTION_SELECTIVE, OPTION_EXECUTION, OPTION_WATCH, OPTION_INTERVAL, OPTION_LIMIT, OPTION_YES,
       OPTION_VERSION, OPTION_ALIAS, OPTION_MLFLOW, OPTION_MODE };

static const char *report_form_name(size_t index)
{
	static const char *const names[] = {
		[REPORT_HUMAN] = "human", [REPORT_JSON] = "json",     [REPORT_SARIF] = "sarif",
		[REPORT_GCC] = "gcc",     [REPORT_GITHUB] = "github",
	};
	return index < sizeof names / sizeof *names ? names[index] : NULL;
}

static const char *color_name(size_t index)
{
	static const char *const names[] = {[COLOR_AUTO] = "auto", [COLOR_ALWAYS] = "always", [COLOR_NEVER] = "never"};
	return index < sizeof names / sizeof *names ? names[index] : NULL;
}

/* The words that an option takes. The help lists them after the text of its row. */
struct option_choices {
	const char *(*name)(size_t index); /* NULL past the last */
	const char *note;                  /* in the help, after the first */
};

static const struct option_choices emit_choices = {emit_form_name, " (the default)"};
static const struct option_choices drawing_choices = {draw_form_name, " (the default)"};
static const struct option_choices dump_choices = {dump_form_name, ""};
static const struct option_choices report_choices = {report_form_name, ""};
static const struct option_choices color_choices = {color_name, ""};

struct option_row {
	const char *name, *argument, *help;
	int id;
	const struct option_choices *choices; /* NULL: takes any argument */
};

static const struct option_row rows[] = {
	{"check", NULL, "report errors and warnings, write nothing else", OPTION_MODE + MODE_CHECK, NULL},
	{"fmt", NULL, "format files in place; - formats standard input to standard output", OPTION_MODE + MODE_FORMAT, NULL},
	{"diff", NULL, "show what --upsert would change; status 4 if anything differs", OPTION_MODE + MODE_DIFF, NULL},
	{"upsert", NULL, "deploy: upload files, create or update functions, pipeline and schedules", OPTION_MODE + MODE_UPSERT, NULL},
	{"graph", NULL, "draw the steps and their dependencies", OPTION_MODE + MODE_GRAPH, NULL},
	{"dump", "WHAT", "print a stage of the compiler: ", OPTION_MODE + MODE_DUMP, &dump_choices},
	{"explain", "CODE", "explain a diagnostic", OPTION_MODE + MODE_EXPLAIN, NULL},
	{"describe", "[NAME[.PATH]]", "describe a step kind, function or shape; list them all", OPTION_MODE + MODE_DESCRIBE, NULL},
	{"start", NULL, "run the deployed pipeline", OPTION_MODE + MODE_START, NULL},
	{"status", NULL, "show the state of the newest execution", OPTION_MODE + MODE_STATUS, NULL},
	{"stop", NULL, "stop the running execution", OPTION_MODE + MODE_STOP, NULL},
	{"retry", "EXECUTION", "continue an execution that did not succeed", OPTION_MODE + MODE_RETRY, NULL},
	{"history", NULL, "list versions and executions", OPTION_MODE + MODE_HISTORY, NULL},
	{"rollback", "VERSION", "deploy an old version again, as a new version", OPTION_MODE + MODE_ROLLBACK, NULL},
	{"move-alias", "NAME", "give an alias to the version of --pipeline-version, and take it from another",
	 OPTION_MODE + MODE_MOVE_ALIAS, NULL},
	{"delete", NULL, "delete a pipeline and its schedules", OPTION_MODE + MODE_DELETE, NULL},
	{"lsp", NULL, "run the language server on standard input and output", OPTION_MODE + MODE_LSP, NULL},
	{"help", NULL, "print this help", OPTION_MODE + MODE_HELP, NULL},
	{"version", NULL, "print the version", OPTION_MODE + MODE_VERSION, NULL},
	{"emit", "WHAT", "write ", OPTION_EMIT, &emit_choices},
	{"set", "NAME=VALUE", "set the value of a `config`, or of a member of it with NAME.MEMBER=VALUE", OPTION_SET, NULL},
	{"config", "FILE", "read values of `config`s from a JSON file; later files override earlier ones", OPTION_CONFIG, NULL},
	{"region", "REGION", "the value of `Pipeline.Region`", OPTION_REGION, NULL},
	{"account", "ACCOUNT", "the value of `Pipeline.Account`", OPTION_ACCOUNT, NULL},
	{"assets", "URI", "the value of `Pipeline.Assets`", OPTION_ASSETS, NULL},
	{"stdin-filename", "FILE", "the name of standard input in messages", OPTION_STDIN, NULL},
	{"against", "FILE", "with --diff: compare with this definition or program instead", OPTION_AGAINST, NULL},
	{"manifest", "FILE", "with --diff: the manifest of the other side, to compare files", OPTION_MANIFEST, NULL},
	{"as", "FORM", "with --graph: ", OPTION_AS, &drawing_choices},
	{"json", NULL, "write the result as JSON", OPTION_JSON, NULL},
	{"fix", NULL, "with --check: apply the safe fixes", OPTION_FIX, NULL},
	{"verify", NULL, "with --fmt: write nothing, show what is not formatted; status 4 if anything is not", OPTION_VERIFY, NULL},
	{"verbose", NULL, "with --version: print also what the library is made of", OPTION_VERBOSE, NULL},
	{"lint-config", "FILE", "read the levels of lint rules from FILE instead of .sagepipec.json", OPTION_LINT_CONFIG, NULL},
	{"max-warnings", "N", "with --check: fail if there are more than N warnings", OPTION_MAX_WARNINGS, NULL},
	{"warnings-as-errors", NULL, "fail if there is any warning", OPTION_WARNINGS_AS_ERRORS, NULL},
	{"params", "FILE", "with --start: read parameter values from a JSON file", OPTION_PARAMS, NULL},
	{"selective", "STEP,...", "with --start: run only these steps and the steps between them", OPTION_SELECTIVE, NULL},
	{"pipeline-version", "N", "with --start: run version N instead of the newest; with --move-alias: the version that gets it",
	 OPTION_VERSION, NULL},
	{"alias", "NAME", "with --start: run the version with this alias", OPTION_ALIAS, NULL},
	{"mlflow-experiment", "NAME", "with --start: the MLflow experiment of the execution", OPTION_MLFLOW, NULL},
	{"execution", "EXECUTION", "use this execution, by ARN or ID, instead of the newest", OPTION_EXECUTION, NULL},
	{"watch", NULL, "follow an execution to its end; status 4 unless it succeeds", OPTION_WATCH, NULL},
	{"interval", "SECONDS", "with --watch: seconds between two polls (default: 5)", OPTION_INTERVAL, NULL},
	{"limit", "N", "with --history: how many of each to list (default: 20; 0: all)", OPTION_LIMIT, NULL},
	{"yes", NULL, "with --delete: do not ask for confirmation", OPTION_YES, NULL},
	{"dry-run", NULL, "with --upsert: print the requests, send none", OPTION_DRY_RUN, NULL},
	{"expect-version", "N", "with --upsert: refuse unless version N is deployed", OPTION_EXPECT_VERSION, NULL},
	{"expect-digest", "SHA256", "with --upsert: refuse unless the definition with this digest is deployed", OPTION_EXPECT_DIGEST, NULL},
	{"allow-unknown", NULL, "with --upsert: accept values that AWS is not known to support", OPTION_ALLOW_UNKNOWN, NULL},
	{"profile", "NAME", "the AWS profile to use", OPTION_PROFILE, NULL},
	{"endpoint-url", "URL", "call AWS services at this URL", OPTION_ENDPOINT, NULL},
	{"debug-http", NULL, "print requests and replies, with secrets masked", OPTION_DEBUG_HTTP, NULL},
	{"message-format", "FORM", "the form of messages: ", OPTION_FORMAT, &report_choices},
	{"color", "WHEN", "whether to use color: ", OPTION_COLOR, &color_choices},
};

enum { ROW_COUNT = sizeof rows / sizeof *rows };

static const struct option_row *find_row(int id)
{
	for (size_t i = 0; i < ROW_COUNT; i++)
		if (rows[i].id == id)
			return &rows[i];
	return NULL;
}

/* The position of a word among the choices of an option; -1 with a complaint. */
static int find_choice(const struct option_row *row, const char *word, struct text *complaint)
{
	for (int position = 0; row->choices->name((size_t)position); position++)
		if (strcmp(row->choices->name((size_t)position), word) == 0)
			return position;
	text_printf(complaint, "--%s takes ", row->name);
	text_put_choices(complaint, row->choices->name, "");
	text_printf(complaint, ", not \"%s\"", word);
	return -1;
}

/* Appends a string to a list in the arena. */
static void add_string(const char *const **list, size_t *count, struct arena *arena, const char *string)
{
	const char **longer = arena_array(arena, const char *, *count + 1);
	if (*count)
		memcpy(longer, *list, *count * sizeof *longer);
	longer[(*count)++] = string;
	*list = longer;
}

/* Appends NAME=VALUE to a list in the arena; false with a complaint. */
static bool add_setting(const struct setting **list, size_t *count, struct arena *arena, const char *option, const char *text,
                        struct text *complaint)
{
	const char *equals = strchr(text, '=');
	if (!equals || equals == text) {
		text_printf(complaint, "%s takes NAME=VALUE, not \"%s\"", option, text);
		return false;
	}
	struct setting *longer = arena_array(arena, struct setting, *count + 1);
	if (*count)
		memcpy(longer, *list, *count * sizeof *longer);
	longer[(*count)++] = (struct setting){arena_copy(arena, text, (size_t)(equals - text)), equals + 1};
	*list = longer;
	return true;
}

/* Appends names separated by commas to a list in the arena; false when one is empty. */
static bool add_names(const char *const **list, size_t *count, struct arena *arena, const char *text)
{
	for (;;) {
		size_t length = strcspn(text, ",");
		if (!length)
			return false;
		add_string(list, count, arena, arena_copy(arena, text, length));
		if (!text[length])
			return true;
		text += length + 1;
	}
}

static bool set_mode(struct options *options, const struct option_row *row, const char *subject, struct text *complaint)
{
	enum mode mode = (enum mode)(row->id - OPTION_MODE);
	if (options->mode != MODE_COMPILE && options->mode != mode) {
		text_printf(complaint, "--%s and --%s cannot be used together",
		            find_row(OPTION_MODE + (int)options->mode)->name, row->name);
		return false;
	}
	options->mode = mode;
	options->subject = subject;
	return true;
}

static bool refuse(struct text *complaint, const struct option_row *row, const char *wanted, const char *found)
{
	text_printf(complaint, "--%s takes %s, not \"%s\"", row->name, wanted, found);
	return false;
}

static bool set_number(long *number, const char *text, long minimum)
{
	char *end;
	*number = strtol(text, &end, 10);
	return *text && !*end && *number >= minimum;
}

static bool set_version(int64_t *version, const char *text)
{
	char *end;
	errno = 0;
	*version = strtoll(text, &end, 10);
	return *text >= '1' && *text <= '9' && !*end && !errno;
}

static const char alias_form[] = "1 to 128 letters, digits, `.`, `-` or `_`, not digits alone";

/* API reference, PipelineVersionAlias and CreatePipeline. */
static bool is_alias(const char *text)
{
	size_t length = strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-");
	return length && length <= 128 && !text[length] && text[strspn(text, "0123456789")];
}

/* API reference, MlflowExperimentEntityName. */
static bool is_experiment(const char *text)
{
	size_t length = strlen(text), count = 0;
	for (size_t i = 0; i < length; i++)
		count += !utf8_continues(text[i]);
	return count && count <= 256 && !strpbrk(text, "\r\n") && utf8_find_invalid(text, length) == length;
}

/* The options for executions. */
static bool apply_execution_option(struct options *options, const struct option_row *row, const char *argument, struct arena *arena,
                                   struct text *complaint)
{
	switch (row->id) {
	case OPTION_PARAMS:
		add_string(&options->parameter_files, &options->parameter_file_count, arena, argument);
		return true;
	case OPTION_SELECTIVE:
		return add_names(&options->selected, &options->selected_count, arena, argument) ||
		       refuse(complaint, row, "names of steps, separated by commas", argument);
	case OPTION_EXECUTION:
		options->execution = argument;
		return true;
	case OPTION_WATCH:
		options->watches = true;
		return true;
	case OPTION_INTERVAL:
		return set_number(&options->interval, argument, 1) || refuse(complaint, row, "a number of seconds, at least 1", argument);
	case OPTION_LIMIT:
		return set_number(&options->limit, argument, 0) || refuse(complaint, row, "a number from 0", argument);
	case OPTION_VERSION:
		return set_version(&options->pipeline_version, argument) || refuse(complaint, row, "a number from 1", argument);
	case OPTION_ALIAS:
		options->alias = argument;
		return is_alias(argument) || refuse(complaint, row, alias_form, argument);
	case OPTION_MLFLOW:
		options->mlflow_experiment = argument;
		return is_experiment(argument) || refuse(complaint, row, "a name of 1 to 256 characters, on one line", argument);
	default:
		options->is_confirmed = true;
		return true;
	}
}

/* The options for AWS and deployment. */
static bool apply_deploy_option(struct options *options, const struct option_row *row, const char *argument, struct text *complaint)
{
	switch (row->id) {
	case OPTION_PROFILE:
		options->profile = argument;
		return true;
	case OPTION_ENDPOINT:
		options->endpoint_url = argument;
		return strncmp(argument, "http://", 7) == 0 || strncmp(argument, "https://", 8) == 0 ||
		       refuse(complaint, row, "an http or https URL", argument);
	case OPTION_DEBUG_HTTP:
		options->traces_http = true;
		return true;
	case OPTION_JSON:
		options->wants_json = true;
		return true;
	case OPTION_DRY_RUN:
		options->is_dry = true;
		return true;
	case OPTION_ALLOW_UNKNOWN:
		options->allows_unknown = true;
		return true;
	case OPTION_EXPECT_VERSION:
		return set_version(&options->expect_version, argument) || refuse(complaint, row, "a number from 1", argument);
	default:
		options->expect_digest = argument;
		return (strspn(argument, "0123456789abcdefABCDEF") == 64 && !argument[64]) ||
		       refuse(complaint, row, "64 hexadecimal digits", argument);
	}
}

static bool apply(struct options *options, const struct option_row *row, const char *argument, struct arena *arena,
                  struct text *complaint)
{
	int choice = row->choices ? find_choice(row, argument, complaint) : 0;
	if (choice < 0)
		return false;
	bool is_of_program = row->id == OPTION_SET || row->id == OPTION_REGION || row->id == OPTION_ACCOUNT || row->id == OPTION_ASSETS;
	if (is_of_program && argument[utf8_find_invalid(argument, strlen(argument))]) {
		text_printf(complaint, "--%s takes UTF-8 text", row->name);
		return false;
	}
	switch (row->id) {
	case OPTION_EMIT:
		options->emit = &emit_forms[choice];
		return true;
	case OPTION_SET:
		return add_setting(&options->program.settings, &options->program.setting_count, arena, "--set", argument, complaint);
	case OPTION_CONFIG:
		add_string(&options->config_files, &options->config_file_count, arena, argument);
		return true;
	case OPTION_FORMAT:
		options->format = (enum report_format)choice;
		return true;
	case OPTION_AS:
		options->drawing = &draw_forms[choice];
		return true;
	case OPTION_COLOR:
		options->color = (enum color_when)choice;
		return true;
	case OPTION_REGION:
		options->program.region = argument;
		return true;
	case OPTION_ACCOUNT:
		options->program.account = argument;
		return (strspn(argument, "0123456789") == 12 && !argument[12]) || refuse(complaint, row, "12 digits", argument);
	case OPTION_ASSETS:
		options->program.assets = argument;
		return (strncmp(argument, "s3://", 5) == 0 && argument[5]) || refuse(complaint, row, "an S3 URI", argument);
	case OPTION_MANIFEST:
		options->manifest = argument;
		return true;
	case OPTION_AGAINST:
		options->against = argument;
		return true;
	case OPTION_FIX:
		options->fixes = true;
		return true;
	case OPTION_VERIFY:
		options->verifies = true;
		return true;
	case OPTION_VERBOSE:
		options->is_verbose = true;
		return true;
	case OPTION_LINT_CONFIG:
		options->lint_config = argument;
		return true;
	case OPTION_MAX_WARNINGS:
		return set_number(&options->max_warnings, argument, 0) || refuse(complaint, row, "a number from 0", argument);
	case OPTION_WARNINGS_AS_ERRORS:
		options->warnings_are_errors = true;
		return true;
	case OPTION_STDIN:
		options->stdin_name = argument;
		return true;
	default:
		if (row->id == OPTION_MODE + MODE_DUMP)
			options->dump = &dump_forms[choice];
		if (row->id == OPTION_MODE + MODE_MOVE_ALIAS && !is_alias(argument))
			return refuse(complaint, row, alias_form, argument);
		if (row->id >= OPTION_MODE)
			return set_mode(options, row, argument, complaint);
		return row->id < OPTION_PARAMS ? apply_deploy_option(options, row, argument, complaint)
		                               : apply_execution_option(options, row, argument, arena, complaint);
	}
}

/* --- options that go only with some modes --- */

#define WITH(mode) (1u << (mode))
enum {
	WITH_AWS = WITH(MODE_UPSERT) | WITH(MODE_DIFF) | WITH(MODE_START) | WITH(MODE_STATUS) | WITH(MODE_STOP) | WITH(MODE_RETRY) |
	           WITH(MODE_HISTORY) | WITH(MODE_ROLLBACK) | WITH(MODE_MOVE_ALIAS) | WITH(MODE_DELETE),
	WITH_WATCH = WITH(MODE_START) | WITH(MODE_STATUS) | WITH(MODE_RETRY)
};

static const struct {
	int option;
	unsigned modes; /* a bit each */
} mode_options[] = {
	{'p', WITH(MODE_START)},
	{OPTION_PARAMS, WITH(MODE_START)},
	{OPTION_SELECTIVE, WITH(MODE_START)},
	{OPTION_VERSION, WITH(MODE_START) | WITH(MODE_MOVE_ALIAS)},
	{OPTION_ALIAS, WITH(MODE_START)},
	{OPTION_MLFLOW, WITH(MODE_START)},
	{OPTION_EXECUTION, WITH(MODE_START) | WITH(MODE_STATUS) | WITH(MODE_STOP)},
	{OPTION_WATCH, WITH_WATCH},
	{OPTION_INTERVAL, WITH_WATCH},
	{OPTION_LIMIT, WITH(MODE_HISTORY)},
	{OPTION_YES, WITH(MODE_DELETE)},
	{OPTION_JSON, WITH_AWS},
	{OPTION_PROFILE, WITH_AWS},
	{OPTION_ENDPOINT, WITH_AWS},
	{OPTION_DEBUG_HTTP, WITH_AWS},
	{OPTION_AGAINST, WITH(MODE_DIFF)},
	{OPTION_MANIFEST, WITH(MODE_DIFF)},
	{OPTION_AS, WITH(MODE_GRAPH)},
	{OPTION_VERIFY, WITH(MODE_FORMAT)},
	{OPTION_VERBOSE, WITH(MODE_VERSION)},
	{OPTION_DRY_RUN, WITH(MODE_UPSERT)},
	{OPTION_ALLOW_UNKNOWN, WITH(MODE_UPSERT)},
	{OPTION_EXPECT_VERSION, WITH(MODE_UPSERT)},
	{OPTION_EXPECT_DIGEST, WITH(MODE_UPSERT)},
};
enum { MODE_OPTION_COUNT = sizeof mode_options / sizeof *mode_options };

/* Notes that an option is given. `given` has a bit for each row of mode_options. */
static void note_mode_option(unsigned *given, int id)
{
	for (size_t i = 0; i < MODE_OPTION_COUNT; i++)
		if (mode_options[i].option == id)
			*given |= 1u << i;
}

static bool check_mode_options(const struct options *options, unsigned given, struct text *complaint)
{
	for (size_t i = 0; i < MODE_OPTION_COUNT; i++) {
		const struct option_row *row = find_row(mode_options[i].option);
		if (!(given & 1u << i) || mode_options[i].modes & WITH(options->mode))
			continue;
		text_printf(complaint, "%s%s can be used only with ", row ? "--" : "-", row ? row->name : "p");
		bool is_first = true;
		for (enum mode mode = MODE_COMPILE; mode <= MODE_DELETE; mode++)
			if (mode_options[i].modes & WITH(mode)) {
				text_printf(complaint, "%s--%s", is_first ? "" : ", ", find_row(OPTION_MODE + (int)mode)->name);
				is_first = false;
			}
		return false;
	}
	return true;
}

static bool check_operands(struct options *options, struct text *complaint)
{
	bool has_arn = options->mode == MODE_RETRY && strncmp(options->subject, "arn:", 4) == 0;
	if (options->mode >= MODE_START && !options->file_count && !has_arn) {
		text_puts(complaint, "no pipeline is given: give its name, its ARN, or its program");
		return false;
	}
	if (options->pipeline_version && options->alias) {
		text_puts(complaint, "--pipeline-version and --alias cannot be used together");
		return false;
	}
	if (options->mode == MODE_MOVE_ALIAS && !options->pipeline_version) {
		text_puts(complaint, "--move-alias requires --pipeline-version N, the version that gets the alias");
		return false;
	}
	bool takes_files = options->mode <= MODE_DUMP || options->mode >= MODE_START;
	if (takes_files && !options->file_count && !has_arn)
		text_puts(complaint, "no file is given");
	else if (!takes_files && options->file_count)
		text_printf(complaint, "unexpected argument \"%s\"", options->files[0]);
	else if (options->mode == MODE_UPSERT && (options->output || options->emit != emit_forms))
		text_puts(complaint, "-o and --emit cannot be used with --upsert");
	else if (options->mode != MODE_CHECK && options->mode != MODE_FORMAT && options->file_count > 1)
		text_puts(complaint, "only --check and --fmt take several files");
	else if (options->output && options->mode == MODE_CHECK)
		text_puts(complaint, "-o cannot be used with --check, which has no result to write");
	else if (options->output && options->mode == MODE_FORMAT)
		text_puts(complaint, "-o cannot be used with --fmt, which writes files in place");
	else if ((options->fixes || options->max_warnings >= 0) && options->mode != MODE_CHECK)
		text_printf(complaint, "--%s can be used only with --check", options->fixes ? "fix" : "max-warnings");
	else if (options->against && strcmp(options->against, "-") == 0 && strcmp(options->files[0], "-") == 0)
		text_puts(complaint, "the program and the file of --against cannot both be standard input");
	else
		return true;
	return false;
}

bool options_parse(struct options *options, int argc, char **argv, struct arena *arena, struct text *complaint)
{
	struct option table[ROW_COUNT + 1] = {{0}};
	for (size_t i = 0; i < ROW_COUNT; i++)
		table[i] = (struct option){rows[i].name, rows[i].argument ? required_argument : no_argument, NULL, rows[i].id};
	*options = (struct options){.emit = emit_forms, .drawing = draw_forms, .stdin_name = "<stdin>", .max_warnings = -1,
	                            .interval = 5, .limit = 20};
	opterr = 0;
	unsigned given = 0;
	for (int id; (id = getopt_long(argc, argv, ":o:I:p:", table, NULL)) != -1;) {
		note_mode_option(&given, id);
		if (id == 'o') {
			options->output = optarg;
			options->program.output = strcmp(optarg, "-") == 0 ? NULL : optarg;
		} else if (id == 'p') {
			if (!add_setting(&options->parameters, &options->parameter_count, arena, "-p", optarg, complaint))
				return false;
		} else if (id == 'I') {
			add_string(&options->program.import_folders, &options->program.import_folder_count, arena, optarg);
		} else if (id == ':' && optopt == OPTION_MODE + MODE_DESCRIBE) {
			if (!apply(options, find_row(optopt), NULL, arena, complaint))
				return false;
		} else if (id == '?' || id == ':') {
			text_printf(complaint, id == ':' ? "%s requires a value" : "unknown option %s", argv[optind - 1]);
			return false;
		} else if (!apply(options, find_row(id), optarg, arena, complaint)) {
			return false;
		}
	}
	options->files = argv + optind;
	options->file_count = argc - optind;
	if (options->mode == MODE_COMPILE && options->watches)
		options->mode = MODE_STATUS; /* `--watch NAME` */
	return check_mode_options(options, given, complaint) && check_operands(options, complaint);
}

void options_help(struct text *out)
{
	text_puts(out, "Usage: sagepipec [OPTION]... FILE.pipe | PIPELINE | EXECUTION\n"
	               "Compiles a .pipe program to a pipeline definition for Amazon SageMaker. FILE may be - for standard input.\n\n"
	               "  -o FILE                    write the result to FILE, completely or not at all\n"
	               "  -I DIR                     look up imports that are not relative paths in DIR\n"
	               "  -p NAME=VALUE              with --start: set the value of a parameter\n");
	for (size_t i = 0; i < ROW_COUNT; i++) {
		struct text option = {0};
		text_printf(&option, "--%s%s%s", rows[i].name, rows[i].argument ? " " : "", rows[i].argument ? rows[i].argument : "");
		text_printf(out, "  %-26s %s", option.bytes, rows[i].help);
		if (rows[i].choices)
			text_put_choices(out, rows[i].choices->name, rows[i].choices->note);
		text_putc(out, '\n');
		text_free(&option);
	}
	text_puts(out, "\nExit status: 0 success; 1 the program has errors; 2 wrong usage; 3 AWS, network or file failure;\n"
	               "4 --diff or --fmt --verify found differences, or an execution did not succeed; 70 internal error.\n");
}

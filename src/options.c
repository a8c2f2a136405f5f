#include "options.h"

#include <getopt.h>
#include <stdlib.h>

enum { OPTION_EMIT = 256, OPTION_SET, OPTION_FORMAT, OPTION_COLOR, OPTION_REGION, OPTION_ACCOUNT, OPTION_ASSETS,
       OPTION_STDIN, OPTION_CONFIG, OPTION_FIX, OPTION_LINT_CONFIG, OPTION_MAX_WARNINGS, OPTION_WARNINGS_AS_ERRORS, OPTION_AGAINST, OPTION_JSON,
       OPTION_MODE };

/* An option and what it takes: a word of a list, or anything. */
struct option_row {
	const char *name, *argument, *help;
	int id;
	const char *const *choices;
};

static const char *const emit_choices[] = {"definition", "request", "manifest", "deps", "cloudformation", "terraform", "iam-policy", NULL};
static const char *const format_choices[] = {"human", "json", "sarif", "gcc", "github", NULL};
static const char *const color_choices[] = {"auto", "always", "never", NULL};
static const char *const dump_choices[] = {"tokens", "tree", "symbols", "types", "graph", "expanded", NULL};

static const struct option_row rows[] = {
	{"check", NULL, "report what is wrong, write nothing", OPTION_MODE + MODE_CHECK, NULL},
	{"diff", NULL, "say what differs from another definition; status 4 when something does", OPTION_MODE + MODE_DIFF, NULL},
	{"dump", "WHAT", "print tokens, tree, symbols, types, graph or expanded", OPTION_MODE + MODE_DUMP, dump_choices},
	{"explain", "CODE", "say what a diagnostic means", OPTION_MODE + MODE_EXPLAIN, NULL},
	{"describe", "KIND[.PATH]", "say what a step kind or shape holds", OPTION_MODE + MODE_DESCRIBE, NULL},
	{"help", NULL, "print this", OPTION_MODE + MODE_HELP, NULL},
	{"version", NULL, "print the version", OPTION_MODE + MODE_VERSION, NULL},
	{"emit", "WHAT", "definition (the default), request, manifest, deps, cloudformation, terraform or iam-policy", OPTION_EMIT, emit_choices},
	{"set", "NAME=VALUE", "give a `config`, or NAME.MEMBER in it, its value", OPTION_SET, NULL},
	{"config", "FILE", "read values of `config`s from a JSON file, later ones over earlier", OPTION_CONFIG, NULL},
	{"region", "REGION", "what `Pipeline.Region` is", OPTION_REGION, NULL},
	{"account", "ACCOUNT", "what `Pipeline.Account` is", OPTION_ACCOUNT, NULL},
	{"assets", "URI", "what `Pipeline.Assets` is", OPTION_ASSETS, NULL},
	{"stdin-filename", "FILE", "the name of standard input in messages", OPTION_STDIN, NULL},
	{"against", "FILE", "with --diff: a definition, a reply of DescribePipeline, or a program", OPTION_AGAINST, NULL},
	{"json", NULL, "with --diff: the result as JSON", OPTION_JSON, NULL},
	{"fix", NULL, "with --check: repair what can be repaired safely", OPTION_FIX, NULL},
	{"lint-config", "FILE", "the levels of lint rules, instead of .sagepipec.json", OPTION_LINT_CONFIG, NULL},
	{"max-warnings", "N", "with --check: more than N warnings are a failure", OPTION_MAX_WARNINGS, NULL},
	{"warnings-as-errors", NULL, "any warning is a failure", OPTION_WARNINGS_AS_ERRORS, NULL},
	{"message-format", "FORM", "human, json, sarif, gcc or github", OPTION_FORMAT, format_choices},
	{"color", "WHEN", "auto, always or never", OPTION_COLOR, color_choices},
};

enum { ROW_COUNT = sizeof rows / sizeof *rows };

static const struct option_row *find_row(int id)
{
	for (size_t i = 0; i < ROW_COUNT; i++)
		if (rows[i].id == id)
			return &rows[i];
	return NULL;
}

/* The position of a word in the row's choices, or -1 after a complaint. */
static int choose(const struct option_row *row, const char *word, struct text *complaint)
{
	int position = 0;
	for (; row->choices[position]; position++)
		if (strcmp(row->choices[position], word) == 0)
			return position;
	text_printf(complaint, "--%s takes ", row->name);
	for (position = 0; row->choices[position]; position++)
		text_printf(complaint, "%s%s", position ? row->choices[position + 1] ? ", " : " or " : "", row->choices[position]);
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

static bool add_setting(struct options *options, struct arena *arena, const char *text, struct text *complaint)
{
	const char *equals = strchr(text, '=');
	if (!equals || equals == text) {
		text_printf(complaint, "--set takes NAME=VALUE, not \"%s\"", text);
		return false;
	}
	size_t count = options->program.setting_count;
	struct setting *settings = arena_array(arena, struct setting, count + 1);
	if (count)
		memcpy(settings, options->program.settings, count * sizeof *settings);
	settings[count] = (struct setting){arena_copy(arena, text, (size_t)(equals - text)), equals + 1};
	options->program.settings = settings;
	options->program.setting_count = count + 1;
	return true;
}

static bool set_mode(struct options *options, const struct option_row *row, const char *subject, struct text *complaint)
{
	enum mode mode = (enum mode)(row->id - OPTION_MODE);
	if (options->mode != MODE_COMPILE && options->mode != mode) {
		text_printf(complaint, "--%s and --%s exclude each other", find_row(OPTION_MODE + (int)options->mode)->name, row->name);
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

static bool set_max_warnings(struct options *options, const char *text)
{
	char *end;
	options->max_warnings = strtol(text, &end, 10);
	return *text && !*end && options->max_warnings >= 0;
}

static bool apply(struct options *options, const struct option_row *row, const char *argument, struct arena *arena,
                  struct text *complaint)
{
	int choice = row->choices ? choose(row, argument, complaint) : 0;
	if (choice < 0)
		return false;
	bool is_of_program = row->id == OPTION_SET || row->id == OPTION_REGION || row->id == OPTION_ACCOUNT || row->id == OPTION_ASSETS;
	if (is_of_program && argument[utf8_find_invalid(argument, strlen(argument))]) {
		text_printf(complaint, "--%s takes UTF-8 text", row->name);
		return false;
	}
	switch (row->id) {
	case OPTION_EMIT:
		options->emit = argument;
		return true;
	case OPTION_SET:
		return add_setting(options, arena, argument, complaint);
	case OPTION_CONFIG:
		add_string(&options->config_files, &options->config_file_count, arena, argument);
		return true;
	case OPTION_FORMAT:
		options->format = (enum report_format)choice;
		return true;
	case OPTION_COLOR:
		options->color = argument;
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
	case OPTION_AGAINST:
		options->against = argument;
		return true;
	case OPTION_JSON:
		options->wants_json = true;
		return true;
	case OPTION_FIX:
		options->fixes = true;
		return true;
	case OPTION_LINT_CONFIG:
		options->lint_config = argument;
		return true;
	case OPTION_MAX_WARNINGS:
		return set_max_warnings(options, argument) || refuse(complaint, row, "a number from 0", argument);
	case OPTION_WARNINGS_AS_ERRORS:
		options->warnings_are_errors = true;
		return true;
	case OPTION_STDIN:
		options->stdin_name = argument;
		return true;
	default:
		return set_mode(options, row, argument, complaint);
	}
}

static bool check_files(struct options *options, struct text *complaint)
{
	bool takes_files = options->mode <= MODE_DUMP;
	if (takes_files && !options->file_count)
		text_puts(complaint, "no file is given");
	else if (!takes_files && options->file_count)
		text_printf(complaint, "\"%s\" is one argument too many", options->files[0]);
	else if (options->mode != MODE_CHECK && options->file_count > 1)
		text_puts(complaint, "one file at a time; only --check takes several");
	else if (options->output && options->mode == MODE_CHECK)
		text_puts(complaint, "--check writes nothing: -o has no meaning with it");
	else if ((options->fixes || options->max_warnings >= 0) && options->mode != MODE_CHECK)
		text_printf(complaint, "--%s has a meaning only with --check", options->fixes ? "fix" : "max-warnings");
	else if ((options->against || options->wants_json) && options->mode != MODE_DIFF)
		text_printf(complaint, "--%s has a meaning only with --diff", options->against ? "against" : "json");
	else if (options->mode == MODE_DIFF && !options->against)
		text_puts(complaint, "--diff needs --against, the definition to compare with");
	else if (options->mode == MODE_DIFF && strcmp(options->against, "-") == 0 && strcmp(options->files[0], "-") == 0)
		text_puts(complaint, "the program and what --against names cannot both be standard input");
	else
		return true;
	return false;
}

bool options_parse(struct options *options, int argc, char **argv, struct arena *arena, struct text *complaint)
{
	struct option table[ROW_COUNT + 1] = {{0}};
	for (size_t i = 0; i < ROW_COUNT; i++)
		table[i] = (struct option){rows[i].name, rows[i].argument ? required_argument : no_argument, NULL, rows[i].id};
	*options = (struct options){.emit = "definition", .stdin_name = "<stdin>", .color = "auto", .max_warnings = -1};
	opterr = 0;
	for (int id; (id = getopt_long(argc, argv, ":o:I:", table, NULL)) != -1;) {
		if (id == 'o') {
			options->output = optarg;
		} else if (id == 'I') {
			add_string(&options->program.import_folders, &options->program.import_folder_count, arena, optarg);
		} else if (id == '?' || id == ':') {
			text_printf(complaint, id == ':' ? "%s takes a value" : "there is no option %s", argv[optind - 1]);
			return false;
		} else if (!apply(options, find_row(id), optarg, arena, complaint)) {
			return false;
		}
	}
	options->files = argv + optind;
	options->file_count = argc - optind;
	return check_files(options, complaint);
}

void options_help(struct text *out)
{
	text_puts(out, "Usage: sagepipec [OPTION]... FILE.pipe\n"
	               "Compiles a pipeline to the definition that Amazon SageMaker runs. FILE may be - for standard input.\n\n"
	               "  -o FILE                    write the result to FILE, whole or not at all\n"
	               "  -I DIR                     look up imports that are not relative in DIR\n");
	for (size_t i = 0; i < ROW_COUNT; i++) {
		struct text option = {0};
		text_printf(&option, "--%s%s%s", rows[i].name, rows[i].argument ? " " : "", rows[i].argument ? rows[i].argument : "");
		text_printf(out, "  %-26s %s\n", option.bytes, rows[i].help);
		text_free(&option);
	}
	text_puts(out, "\nExit status: 0 done; 1 the program has errors; 2 wrong use; 3 a file refused; 70 a bug.\n");
}

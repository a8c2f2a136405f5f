/* The command line: one table says what there is, for parsing, `--help` and the tests alike. */
#ifndef SP_OPTIONS_H
#define SP_OPTIONS_H

#include "program.h"
#include "report.h"

enum mode { MODE_COMPILE, MODE_CHECK, MODE_DIFF, MODE_DUMP, MODE_EXPLAIN, MODE_DESCRIBE, MODE_HELP, MODE_VERSION };

struct options {
	enum mode mode;
	const char *subject;        /* of --dump, --explain, --describe */
	const char *output;         /* -o, or NULL */
	const char *emit;           /* "definition", "request", "manifest" or "deps" */
	const char *stdin_name;
	const char *const *config_files; /* of --config, in order */
	size_t config_file_count;
	const char *against;        /* of --diff: a definition, a reply or request around one, or a program */
	const char *color;          /* "auto", "always", "never" */
	enum report_format format;
	const char *lint_config;    /* the file of --lint-config, or NULL: found upwards from each program */
	long max_warnings;          /* -1: any number */
	bool warnings_are_errors, fixes;
	bool wants_json;            /* the result as JSON */
	struct program_options program;
	char **files;
	int file_count;
};

/* Fills `options` from the command line, whose strings it keeps; what it allocates lives in `arena`. On wrong use
 * false, with a message in `complaint`. */
bool options_parse(struct options *options, int argc, char **argv, struct arena *arena, struct text *complaint);

/* Appends what `--help` prints. */
void options_help(struct text *out);

#endif

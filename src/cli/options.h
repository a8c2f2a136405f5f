/* The command line. One table of options serves parsing, `--help` and the tests. */
#ifndef SP_OPTIONS_H
#define SP_OPTIONS_H

#include "cli/dump_forms.h"
#include "draw/draw_forms.h"
#include "emit/emit_forms.h"
#include "eval/program.h"
#include "source/report.h"

enum mode {
	MODE_COMPILE, MODE_UPSERT, MODE_CHECK, MODE_FORMAT, MODE_DIFF, MODE_GRAPH, MODE_DUMP, MODE_EXPLAIN, MODE_DESCRIBE,
	MODE_LSP, MODE_HELP, MODE_VERSION,
	/* for deployed pipelines; the operand is a program, a pipeline or an execution */
	MODE_START, MODE_STATUS, MODE_STOP, MODE_RETRY, MODE_HISTORY, MODE_ROLLBACK, MODE_MOVE_ALIAS,
	MODE_DELETE
};

enum color_when { COLOR_AUTO, COLOR_ALWAYS, COLOR_NEVER };

struct options {
	enum mode mode;
	const char *subject;             /* the argument of --explain, --describe, --retry, --rollback or --move-alias */
	const struct dump_form *dump;    /* --dump, or NULL */
	const char *output;              /* -o, or NULL */
	const struct emit_form *emit;    /* --emit */
	const struct draw_form *drawing; /* --as */
	const char *stdin_name;          /* the name of standard input in messages */
	const char *const *config_files; /* of --config, in order */
	size_t config_file_count;
	const char *manifest;            /* --manifest: the manifest of the other side of a diff, or NULL */
	const char *against;             /* --against: a definition, a reply or request that contains one, or a program; or NULL */
	enum color_when color;
	enum report_format format;       /* --message-format */
	const char *lint_config;         /* --lint-config; NULL: each program uses the nearest .sagepipec.json, searched upwards */
	long max_warnings;               /* -1: any number */
	bool warnings_are_errors, fixes;
	bool verifies;                   /* --verify */
	bool is_verbose;                 /* --verbose */
	bool wants_json;                 /* --json */
	/* AWS */
	const char *profile, *endpoint_url; /* or NULL */
	bool traces_http;                /* --debug-http */
	/* --upsert */
	bool is_dry, allows_unknown;
	int64_t expect_version;          /* 0: any */
	const char *expect_digest;       /* NULL: any */
	int64_t pipeline_version;        /* --pipeline-version; 0: the newest */
	const char *alias;               /* --alias, of a version, or NULL */
	const char *mlflow_experiment;   /* or NULL */
	/* executions */
	const struct setting *parameters; /* of -p, in order */
	size_t parameter_count;
	const char *const *parameter_files; /* of --params, in order */
	size_t parameter_file_count;
	const char *const *selected;     /* of --selective */
	size_t selected_count;
	const char *execution;           /* an ARN or ID; NULL: the newest */
	bool watches;
	bool is_confirmed;               /* --yes */
	long interval;                   /* between polls of --watch, in seconds */
	long limit;                      /* of --history; 0: no limit */
	struct program_options program;  /* for compilations */
	char **files;                    /* the operands */
	int file_count;
};

/* Fills `options` from the command line, whose strings it keeps; its lists live in `arena`. False, with a message in
 * `complaint`, when the command line is wrong. */
bool options_parse(struct options *options, int argc, char **argv, struct arena *arena, struct text *complaint);

/* Appends the text of `--help`. */
void options_help(struct text *out);

#endif

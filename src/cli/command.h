/* What the modes of the command share: its state, and how it reads files, prints results and reports failures. */
#ifndef SP_COMMAND_H
#define SP_COMMAND_H

#include "cli/options.h"
#include "host/status.h"

struct command {
	struct options options;
	const char *self;   /* argv[0] */
	struct arena arena; /* lives as long as the command */
	struct world world; /* the standard library; command_world loads it */
	bool has_world;
};

/* Prints "sagepipec: COMPLAINT NAME: " and the message of errno. Returns STATUS_OUTSIDE. */
enum status command_fail(const char *complaint, const char *name);

/* Whether the file of -o is one that the command or the program reads, also by a link; true after a report. */
bool command_would_replace_input(const struct options *options, const struct program *program);

/* Writes a result to the file of -o or to standard output. A make rule always goes to standard output. */
enum status command_put_result(const struct options *options, const struct text *text);

/* Whether output to a file descriptor is colored; the width of its terminal in columns, or 0 when it is not a terminal. */
bool command_wants_color(const struct options *options, int descriptor);
unsigned command_terminal_width(int descriptor);

/* How diagnostics are printed to standard error. */
struct report_options command_report_options(const struct options *options);

/* Prints finished diagnostics to standard error. */
void command_put_diagnostics(const struct options *options, const struct diags *diags);

/* Prints the diagnostics of a program, without those that comments suppress. False if the program is refused: for errors, or for
 * warnings with --warnings-as-errors. */
bool command_accept(const struct options *options, struct program *program);

/* Appends copies of finished diagnostics to a list that outlives the program. Copies their files too, since the report shows lines of
 * them, except `kept`, which lives as long as the list. `kept` may be NULL. */
void command_keep_diags(struct diags *list, const struct diags *diags, const struct source_file *kept);

/* Reads the files of --config into the options for compilations. False after a message. */
bool command_read_config_files(struct command *command);

/* The standard library, loaded by the first call. */
struct world *command_world(struct command *command);

/* Whether the name of a file ends with `.pipe`. */
bool command_is_pipe_file(const char *path);

/* Reads a source file, or standard input for "-"; NULL after a message. The caller frees `text`, which holds the bytes. */
const struct source_file *command_read_source(struct command *command, const char *path, struct text *text);

#endif

/* What the modes of the command share: its state, and the ways to read, to write and to complain. */
#ifndef SP_MAIN_H
#define SP_MAIN_H

#include "cli/options.h"

struct command {
	struct options options;
	struct arena arena; /* for as long as the command runs */
	struct world world; /* use main_world */
	bool has_world;
};

/* Says that something cannot be done to a file, with what errno means. */
enum status main_fail(const char *what, const char *name);

/* Writes a result to -o or standard output. */
enum status main_put_result(const struct options *options, const struct text *text);

/* Whether what is written there is colored; the width of the terminal there, 0, no limit, where there is none. */
bool main_wants_color(const struct options *options, int descriptor);
unsigned main_terminal_width(int descriptor);

/* Writes a finished list to standard error. */
void main_put_diagnostics(const struct options *options, const struct diags *diags);

struct world *main_world(struct command *command);

/* NULL after a message; the text lives in `text`, which the caller frees. */
const struct source_file *main_read_source(struct command *command, const char *path, struct text *text);

#endif

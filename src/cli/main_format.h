/* `--fmt`: files in their canonical layout, in place; with --verify, what differs from it. */
#ifndef SP_MAIN_FORMAT_H
#define SP_MAIN_FORMAT_H

#include "cli/main.h"

/* Formats the files of the options, as far as their syntax is right, and reports where it is not. A file that is
 * canonical is not touched. */
enum status main_format(struct command *command);

#endif

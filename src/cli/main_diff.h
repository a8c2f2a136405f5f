/* `--diff`: what a program would change, against a file or against what is deployed. */
#ifndef SP_MAIN_DIFF_H
#define SP_MAIN_DIFF_H

#include "cli/main.h"

enum status main_diff(struct command *command);

#endif

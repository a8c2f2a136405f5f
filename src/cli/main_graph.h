/* `--graph`: the steps of a program and what waits for what, as text or as a picture. */
#ifndef SP_MAIN_GRAPH_H
#define SP_MAIN_GRAPH_H

#include "cli/main.h"

enum status main_graph(struct command *command);

#endif

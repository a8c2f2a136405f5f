/* Writes the tree as text, for tests and `--dump tree`: one line for each node, indented by depth. */
#ifndef SP_NODE_DUMP_H
#define SP_NODE_DUMP_H

#include "base/text.h"
#include "syntax/node.h"

void node_dump(struct text *out, const struct tree *tree);

#endif

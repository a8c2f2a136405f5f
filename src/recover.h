/* Recovery: pushes symbols into the parser, and where one is not acceptable says so and finds a way on. */
#ifndef SP_RECOVER_H
#define SP_RECOVER_H

#include "build.h"
#include "layout.h"
#include "parser.h"

struct recovery {
	struct builder *builder;
	struct layout *layout;
	parser_pstate *state;
	uint32_t quiet; /* up to here, what is wrong has been said */
};

/* Pushes a symbol, after repairs where it is not acceptable; Bison's status. */
int recover_push(struct recovery *recovery, struct symbol *symbol);

#endif

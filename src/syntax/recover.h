/* Recovery: pushes symbols into the parser; where one is not acceptable, says so and finds a way on.
 *
 * A repair changes at most two symbols and is taken when the parser can go on behind it for a while; the tree
 * then has all that was written. Where none helps, the statement or bracket is skipped: an N_ERROR. */
#ifndef SP_RECOVER_H
#define SP_RECOVER_H

#include "syntax/tree_builder.h"
#include "syntax/syntax_error.h"
#include "syntax/layout.h"
#include "syntax/parser.h"

struct recovery {
	struct tree_builder *builder;
	struct syntax_errors *errors;
	struct layout *layout;
	parser_pstate *state;
	struct terminal last[2]; /* the last symbols pushed, latest first */
	uint32_t attempts;
};

/* Pushes a symbol, after repairs where it is not acceptable. Gives Bison's status. */
int recover_push(struct recovery *recovery, struct terminal symbol);

#endif

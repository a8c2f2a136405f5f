/* Error recovery: pushes symbols into the parser. If the parser does not accept one, it reports an error and repairs
 * or skips.
 *
 * A repair inserts, replaces or deletes a few symbols. It is used if the parser can then continue for a few symbols, so
 * that the tree keeps nearly everything that was written. If no repair helps, the statement or the content of the
 * bracket is skipped and becomes an N_ERROR. */
#ifndef SP_RECOVER_H
#define SP_RECOVER_H

#include "syntax/layout.h"
#include "syntax/parser.h"
#include "syntax/syntax_error.h"
#include "syntax/tree_builder.h"

struct recovery {
	struct tree_builder *builder;
	struct syntax_errors *errors;
	struct layout *layout;
	parser_pstate *state;
	struct terminal last[2]; /* the last symbols pushed, latest first */
	uint32_t attempts;       /* searches for a repair so far */
};

/* Pushes a symbol, after repairs if the parser does not accept it. Returns Bison's status. */
int recover_push(struct recovery *recovery, struct terminal symbol);

#endif

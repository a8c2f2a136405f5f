/* Finds repairs: small changes after which the parser accepts a symbol, and the error messages for them. */
#ifndef SP_RECOVER_REPAIR_H
#define SP_RECOVER_REPAIR_H

#include "syntax/recover.h"

enum { REPAIR_MAX = 4 };

struct repair {
	struct terminal symbols[REPAIR_MAX]; /* pushed before the symbol, or instead of it */
	size_t count;
	bool deletes;                        /* the symbol itself is dropped */
};

/* Finds a repair for `symbol`, which the parser does not accept. False if no small repair helps. The error is reported
 * in both cases. */
bool recover_find_repair(struct repair *repair, const struct recovery *recovery, const struct terminal *symbol);

#endif

/* Repairs: the small change that makes an unacceptable symbol acceptable, and the message about it. */
#ifndef SP_RECOVER_REPAIR_H
#define SP_RECOVER_REPAIR_H

#include "syntax/recover.h"

enum { REPAIR_MAX = 4 };

struct repair {
	struct terminal symbols[REPAIR_MAX]; /* pushed before the symbol, or in its stead */
	size_t count;
	bool deletes;             /* the symbol itself is dropped */
};

/* Finds a repair for `symbol`, which cannot be pushed, and reports the mistake; false when nothing small helps,
 * which is reported as well. */
bool recover_find_repair(struct repair *repair, const struct recovery *recovery, const struct terminal *symbol);

#endif

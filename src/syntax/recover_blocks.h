/* Recognizes blocks where the parser accepts none: as the body of a function, or of a step without its keyword. */
#ifndef SP_RECOVER_BLOCKS_H
#define SP_RECOVER_BLOCKS_H

#include "syntax/recover.h"

/* Reports a `{` that the parser does not accept, and nothing else in its block. True if a `=` must be pushed before it. Other
 * symbols and blocks are left to recover_repair.h. */
bool recover_read_block(const struct recovery *recovery, const struct terminal *symbol);

#endif

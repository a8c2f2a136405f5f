/* Finds line ends that should not be there: before the `if` of a condition, the arguments of a call, or the body of a function.
 * Repairs inside a line are found in recover_repair.h. */
#ifndef SP_RECOVER_LINES_H
#define SP_RECOVER_LINES_H

#include "syntax/recover.h"

enum line_end { LINE_END_KEPT, LINE_END_DROPPED, LINE_END_FOR_ASSIGN };

/* What to push for a symbol: the symbol itself, nothing, or a `=`. Reports the error in the last two cases. */
enum line_end recover_read_line_end(const struct recovery *recovery, const struct terminal *symbol);

#endif

/* Cascading errors: diagnostics about names, members and steps that exist only in a declaration whose syntax is broken, or in a
 * file that cannot be imported. */
#ifndef SP_CASCADE_H
#define SP_CASCADE_H

#include "eval/program.h"

/* Drops the diagnostics that a syntax error or a failed import may have caused. Those that are true reappear when that mistake is
 * repaired. Mistakes elsewhere stay. */
void cascade_drop(struct program *program);

#endif

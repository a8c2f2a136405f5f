/* Cascading errors: diagnostics about names, members and steps that exist only in a declaration whose syntax is broken, or in a
 * file that cannot be imported. */
#ifndef SP_CASCADE_H
#define SP_CASCADE_H

#include "eval/program.h"

/* Drops the diagnostics that a syntax error or a failed import may have caused. If one was a mistake of its own, it reappears when
 * the cause is repaired. All other diagnostics stay. */
void cascade_drop(struct program *program);

#endif

/* Cascading errors: diagnostics about a declaration whose syntax is broken, about names, members and steps that exist only in it or
 * in a file that cannot be imported, and about declarations and arguments that are written as fields. */
#ifndef SP_CASCADE_H
#define SP_CASCADE_H

#include "eval/program.h"

/* Drops the diagnostics that another mistake may have caused. If one was a mistake of its own, it reappears when the cause is
 * repaired. All other diagnostics stay, and always the cause. */
void cascade_drop(struct program *program);

#endif

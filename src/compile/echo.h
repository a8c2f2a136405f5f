/* Echoes of syntax errors and of imports that fail: what is said of names, members and steps that only a broken
 * declaration, or the file that is not there, would have given. */
#ifndef SP_ECHO_H
#define SP_ECHO_H

#include "eval/program.h"

/* Takes from the diagnostics those that such a mistake may have caused: they come back, if they are true, when it is
 * repaired. Mistakes elsewhere stay. */
void echo_drop(struct program *program);

#endif

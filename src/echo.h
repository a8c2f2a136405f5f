/* Echoes of syntax errors: what is said of names, members and steps that only a broken declaration would have given. */
#ifndef SP_ECHO_H
#define SP_ECHO_H

#include "program.h"

/* Takes from the diagnostics those that a syntax error may have caused: they come back, if they are true, when it is
 * repaired. Mistakes elsewhere in the file stay. */
void echo_drop(struct program *program);

#endif

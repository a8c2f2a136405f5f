/* Messages about the same unknown name. */
#ifndef SP_REPEATS_H
#define SP_REPEATS_H

#include "eval/program.h"

/* Of the diagnostics of a file about one unknown name, keeps the first, which then shows the places of others. The list must be
 * finished. */
void repeats_merge(struct program *program);

#endif

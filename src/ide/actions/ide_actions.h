/* Code actions: edits that are offered at a place of a program. They repair a mistake or rewrite correct code.
 *
 * Nothing is changed here: offsets in, edits of the same text out. Edits keep comments, and never break a program that compiles. */
#ifndef SP_IDE_ACTIONS_H
#define SP_IDE_ACTIONS_H

#include "ide/actions/ide_edits.h"

/* Lists the quick fixes for a diagnostic in the tree's file (ide_fixes.c). */
void ide_list_fixes(struct ide_actions *actions, const struct diag *diag);

/* Lists the actions that rewrite the selected range, without a diagnostic. */
void ide_list_rewrites(struct ide_actions *actions);

#endif

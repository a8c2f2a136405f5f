/* Rewrites of text that is made of parts. It can be written as interpolation or with `join()`; `+` on text is an error. */
#ifndef SP_IDE_STRINGS_H
#define SP_IDE_STRINGS_H

#include "ide/actions/ide_edits.h"

/* Adds an action that rewrites a sum or a call of join() as interpolation; false when `node` is neither, or cannot be rewritten. */
bool ide_add_interpolation(struct ide_actions *actions, const struct node *node, enum ide_action_kind kind);

/* Lists the rewrites of the text at the place: from interpolation to join(), and back. */
void ide_list_strings(struct ide_actions *actions);

#endif

/* Adds what a block lacks: required fields, and clauses that its kind takes. */
#ifndef SP_IDE_BLOCKS_H
#define SP_IDE_BLOCKS_H

#include "ide/actions/ide_edits.h"

/* Adds the required fields that are missing at the node of a diagnostic, with placeholder values. */
void ide_add_fields(struct ide_actions *actions, const struct node *node, const struct diag *diag);

/* Lists the additions of a `cache` or `retry` clause that the step at the place can have but does not. */
void ide_list_clauses(struct ide_actions *actions);

#endif

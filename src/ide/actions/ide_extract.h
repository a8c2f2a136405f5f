/* Extraction of an expression to a declaration, and inlining of a `let`. */
#ifndef SP_IDE_EXTRACT_H
#define SP_IDE_EXTRACT_H

#include "ide/actions/ide_edits.h"

/* Lists the declarations to which the selected expression can be extracted: `let`, `param`, `config`. */
void ide_list_extractions(struct ide_actions *actions);

/* Lists the inlining of the `let` at the place. At its declaration, that replaces all references; at a reference, only that one. */
void ide_list_inlines(struct ide_actions *actions);

#endif

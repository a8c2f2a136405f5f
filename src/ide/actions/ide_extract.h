/* Extraction and inlining: an expression gets a name, or a name becomes its value again. */
#ifndef SP_IDE_EXTRACT_H
#define SP_IDE_EXTRACT_H

#include "ide/actions/ide_edits.h"

/* Lists the declarations to which the selected expression can be extracted: `let`, `param`, `config`. */
void ide_list_extractions(struct ide_actions *actions);

/* Lists the inlining of the `let` at the place: at its name, of all references; at a reference, of that one. */
void ide_list_inlines(struct ide_actions *actions);

#endif

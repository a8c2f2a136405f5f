/* Renaming: what can be renamed, what is a valid name, and what a new name would collide with. */
#ifndef SP_IDE_RENAME_H
#define SP_IDE_RENAME_H

#include "ide/ide_refer.h"

/* Why a name cannot be renamed, as a message in `arena`; NULL when it can. */
const char *ide_rename_refusal(struct program *program, struct arena *arena, const struct ide_name *name);

/* Why a text is not a valid new name, as a message in `arena`; NULL when it is. */
const char *ide_rename_flaw(struct arena *arena, const char *text);

/* Whether the text of a reference is the old name, so that a rename must edit it; false for a key of a family and for an `as` name. */
bool ide_is_renamed(const struct ide_reference *reference, const char *old);

/* The first collision of the new name `text`: a reference to edit where this name already means something else. A message in `arena`;
 * NULL when there is none. */
const char *ide_rename_collision(struct program *program, struct arena *arena, const struct ide_references *references,
                                 const char *old, const char *text);

#endif

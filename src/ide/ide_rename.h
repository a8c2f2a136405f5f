/* Whether a name may be another one. */
#ifndef SP_IDE_RENAME_H
#define SP_IDE_RENAME_H

#include "ide/ide_refer.h"

/* Why the name at a place is not renamed, in `arena`; NULL when it may be. */
const char *ide_rename_refusal(struct program *program, struct arena *arena, const struct ide_name *name);

/* Why a text is no name; NULL when it is. */
const char *ide_rename_flaw(struct arena *arena, const char *text);

/* Whether a reference is written as `old` and changes with it. */
bool ide_is_renamed(const struct ide_reference *reference, const char *old);

/* What has the new name already where the old one stands, of the references that change; NULL when nothing has. */
const char *ide_rename_collision(struct program *program, struct arena *arena, const struct ide_references *references,
                                 const char *old, const char *text);

#endif

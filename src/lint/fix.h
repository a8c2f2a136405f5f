/* Safe fixes: the edits of diagnostics that change nothing that a pipeline does. */
#ifndef SP_FIX_H
#define SP_FIX_H

#include "base/text.h"
#include "source/diag.h"

/* A repair may make another one possible; this many rounds at the most. */
enum { FIX_ROUNDS = 10 };

/* Appends the text of `file` with the safe edits of `diags` applied; of overlapping ones the first wins. Returns how
 * many diagnostics were repaired; with none, nothing is appended. */
size_t fix_apply(struct text *out, const struct diags *diags, const struct source_file *file);

#endif

/* Safe fixes: edits of diagnostics that do not change what a pipeline does. */
#ifndef SP_FIX_H
#define SP_FIX_H

#include "base/text.h"
#include "source/diag.h"

/* A fix may make another one possible, so the caller repeats, at most this often. */
enum { FIX_ROUNDS = 10 };

/* Appends the text of `file` with the safe edits of `diags`; the first of overlapping edits wins. Returns the number of edits
 * made; if there are none, appends nothing. */
size_t fix_apply(struct text *out, const struct diags *diags, const struct source_file *file);

#endif

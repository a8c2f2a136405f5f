/* The formatter: computes the edits of the text between tokens that give a program its canonical layout.
 *
 * Only white space changes, and the commas between fields or items. This is checked each time: the result is parsed
 * again and must have the tokens of the source, and, if there are no syntax errors, its tree. Lines with syntax
 * errors stay unchanged; if brackets do not balance, whole declarations with errors stay unchanged. Nothing here
 * depends on what a program means. doc/format.md has the rules. */
#ifndef SP_FORMAT_H
#define SP_FORMAT_H

#include "base/text.h"
#include "source/diag.h"
#include "syntax/node.h"

/* Lines wider than this are broken if they contain brackets whose content can be split. */
#define FORMAT_WIDTH 100

struct format_edit {
	struct span span; /* the replaced text; empty for an insertion */
	const char *text;
};

/* Edits in source order, which do not overlap. */
struct format_edits {
	const struct format_edit *items;
	size_t count;
};

/* The edits that make a file canonical; none if it already is. `diags` must contain the diagnostics of its parse and
 * may contain others. The edits, and the memory needed to compute them, are in `arena`. */
struct format_edits format_tree(struct arena *arena, const struct tree *tree, const struct diags *diags);

/* Those of the edits that are within a span. Each edit keeps the meaning of the program, so any subset can be applied. */
struct format_edits format_within(struct format_edits edits, struct span span);

/* Appends the text of a file with edits applied. */
void format_apply(struct text *out, const struct source_file *file, struct format_edits edits);

/* The indentation, in spaces, of a line that starts at this offset: that of the brackets open there, and one step
 * more if the line continues the previous one. Works for incomplete text, too, and for lines that are not canonical. */
uint32_t format_indent_at(const struct tree *tree, uint32_t offset);

/* Appends a unified diff of the edits, with three lines of context; `name` is in its header. */
void format_diff(struct text *out, const char *name, const struct source_file *file, struct format_edits edits);

#endif

/* The formatter: the canonical layout of a program, as edits of what stands between its tokens.
 *
 * Only white space and the commas between fields or items ever change. That this is so is checked each time: the
 * result is read again, and its tokens, and the tree of a program without syntax errors, must be those of the source.
 * Lines with syntax errors stay as they are; where brackets do not balance, whole declarations do. Nothing here depends
 * on what a program means. doc/format.md has the rules. */
#ifndef SP_FORMAT_H
#define SP_FORMAT_H

#include "base/text.h"
#include "source/diag.h"
#include "syntax/node.h"

/* Lines are broken so that they are no wider than this, where there is a list to break. */
#define FORMAT_WIDTH 100

struct format_edit {
	struct span span; /* what is replaced; empty where something is put in */
	const char *text;
};

/* Edits in the order of the source, which do not overlap. */
struct format_edits {
	const struct format_edit *items;
	size_t count;
};

/* The edits that make a file canonical; none when it is. `diags` are those of its parse, perhaps among others. The
 * edits live in `arena`, which also takes what making them needs. */
struct format_edits format_tree(struct arena *arena, const struct tree *tree, const struct diags *diags);

/* Of these edits, those that change something within a span only. Each edit leaves the meaning as it is, so any choice
 * of them may be applied. */
struct format_edits format_within(struct format_edits edits, struct span span);

/* Appends the text of a file with edits applied. */
void format_apply(struct text *out, const struct source_file *file, struct format_edits edits);

/* How far a line is indented that is begun at this offset: by the brackets that are open there, and one step more when
 * what stands before goes on. Works for half-typed text, whose lines need not be canonical. In blanks. */
uint32_t format_indent_at(const struct tree *tree, uint32_t offset);

/* Appends the lines that edits change as a unified diff, with three lines around them; `name` stands in its head. */
void format_diff(struct text *out, const char *name, const struct source_file *file, struct format_edits edits);

#endif

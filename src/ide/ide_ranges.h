/* Folding ranges and selection ranges. They are made from the tokens and the tree alone, so they work in a text with mistakes. */
#ifndef SP_IDE_RANGES_H
#define SP_IDE_RANGES_H

#include "syntax/node.h"

enum ide_fold_kind {
	FOLD_CODE,    /* between brackets or quotes, without them */
	FOLD_COMMENT, /* adjacent comment lines, from the end of the first one */
	FOLD_IMPORTS, /* adjacent imports, from the end of the first line */
	FOLD_REGION   /* from a comment `// region` to `// endregion`; `#region` and `#endregion` too */
};

struct ide_fold {
	struct span span; /* begins and ends on different lines */
	enum ide_fold_kind kind;
};

struct ide_folds {
	struct ide_fold *items;
	size_t count, room;
};

/* Lists the folds, sorted by their starts, in `arena`. */
void ide_list_folds(struct arena *arena, const struct tree *tree, struct ide_folds *folds);

struct ide_spans {
	struct span *items;
	size_t count, room;
};

/* Lists the spans around an offset, in `arena`: the word, then each larger construct that contains it, up to the whole text. */
void ide_list_selections(struct arena *arena, const struct tree *tree, uint32_t offset, struct ide_spans *spans);

#endif

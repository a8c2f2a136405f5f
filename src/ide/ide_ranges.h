/* The structure of a text, for editors that fold it and select in it: by its tokens and tree alone, whatever mistakes it has. */
#ifndef SP_IDE_RANGES_H
#define SP_IDE_RANGES_H

#include "syntax/node.h"

enum ide_fold_kind {
	FOLD_CODE,    /* in brackets or quotes; these are not in the span */
	FOLD_COMMENT, /* lines of comments, from the end of the first line on */
	FOLD_IMPORTS, /* the same of imports */
	FOLD_REGION   /* from a comment `// region` to `// endregion`, with or without a `#` */
};

struct ide_fold {
	struct span span; /* begins and ends on different lines */
	enum ide_fold_kind kind;
};

struct ide_folds {
	struct ide_fold *items;
	size_t count, room;
};

/* Lists what can be folded, by where it begins, in `arena`. */
void ide_list_folds(struct arena *arena, const struct tree *tree, struct ide_folds *folds);

struct ide_spans {
	struct span *items;
	size_t count, room;
};

/* Lists what lies around an offset, in `arena`: the word, then what holds it, each larger than the one before, up to the
 * whole text. */
void ide_list_selections(struct arena *arena, const struct tree *tree, uint32_t offset, struct ide_spans *spans);

#endif

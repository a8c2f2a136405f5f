/* The outline of a text: its declarations as a tree of symbols. It is made from the syntax tree alone. */
#ifndef SP_IDE_SYMBOLS_H
#define SP_IDE_SYMBOLS_H

#include "syntax/node.h"

struct ide_symbol {
	const char *name;          /* never empty */
	const char *detail;        /* one line; may be empty */
	const struct node *node;   /* a declaration, an N_ARM, or the N_STRING of an enum's value */
	struct span name_span;     /* inside the node */
	struct ide_symbol *outer, *first, *last, *next;
};

/* The first of the outermost symbols of a text, in source order, in `arena`; NULL when there are none. */
struct ide_symbol *ide_symbols(struct arena *arena, const struct tree *tree);

/* The next symbol in preorder; NULL after the last. */
struct ide_symbol *ide_symbol_next(struct ide_symbol *symbol);

#endif

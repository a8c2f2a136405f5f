/* The outline of a text: what it declares, one inside the other. Made of the tree alone. */
#ifndef SP_IDE_SYMBOLS_H
#define SP_IDE_SYMBOLS_H

#include "syntax/node.h"

struct ide_symbol {
	const char *name;          /* never empty */
	const char *detail;        /* on one line; may be empty */
	const struct node *node;   /* a declaration, an N_ARM, or the N_STRING of an enum */
	struct span name_span;     /* inside the node */
	struct ide_symbol *outer, *first, *last, *next;
};

/* The outermost symbols of a text, in source order, in `arena`; NULL when there are none. */
struct ide_symbol *ide_symbols(struct arena *arena, const struct tree *tree);

/* The one behind a symbol: what is in it first. NULL at the end. */
struct ide_symbol *ide_symbol_next(struct ide_symbol *symbol);

/* Whether a name has the letters of a query in its order, in any case. */
bool ide_symbol_fits(const char *name, const char *query);

#endif

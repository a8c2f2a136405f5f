/* Layout: turns tokens into the symbols of the grammar. It decides what a grammar cannot express well: which line
 * ends separate, which commas separate fields, which words are keys. It also applies the repairs of brackets.c.
 *
 * A layout is a plain value: copy it to look ahead. It reports nothing. */
#ifndef SP_LAYOUT_H
#define SP_LAYOUT_H

#include "source/source.h"
#include "syntax/brackets.h"
#include "syntax/parse.h"

struct terminal {
	short token;   /* a token of the grammar; T_WORD for every word that is not reserved */
	short keyword; /* the keyword that a T_WORD is where the parser accepts that; or 0 */
	struct span span;
	uint32_t index; /* in the token array; for an inserted symbol, of the token after it */
};

struct layout {
	const struct source_file *file;
	const struct token *tokens;
	const struct bracket_repair *repairs; /* in token order; the last has token UINT32_MAX */
	uint32_t at;                          /* the next token */
	uint32_t end;                         /* offset where the last symbol from the source ends */
	short previous;                       /* token of the last symbol; 0 at the start */
	uint16_t depth;
	uint8_t contexts[PARSE_MAX_DEPTH + BRACKETS_MAX_INSERTED + 2];
};

void layout_init(struct layout *layout, const struct source_file *file, const struct token *tokens,
                 const struct bracket_repair *repairs);

/* The next symbol. At the end it is T_END, however often it is called. */
struct terminal layout_next(struct layout *layout);

#endif

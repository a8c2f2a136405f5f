/* Layout: turns the lexer's tokens into terminal symbols of the grammar (below: symbols). It decides what a grammar
 * cannot express well: which line ends separate, which commas separate fields, which words are keys. It also applies
 * the repairs of brackets.c.
 *
 * A layout is a plain value: copy it to look ahead. It reports nothing. */
#ifndef SP_LAYOUT_H
#define SP_LAYOUT_H

#include "source/source.h"
#include "syntax/brackets.h"
#include "syntax/parse.h"

struct terminal {
	short token;   /* a token of the grammar; T_WORD for every word that is not reserved */
	short keyword; /* of a T_WORD: the keyword token to push instead if the parser accepts it; or 0 */
	struct span span;
	uint32_t index; /* in the token array; an inserted symbol has the index of the token after it */
};

struct layout {
	const struct source_file *file;
	const struct token *tokens;
	const struct bracket_repair *repairs; /* those not yet applied, in token order; the last has token UINT32_MAX */
	uint32_t at;                          /* the next token */
	uint32_t end;                         /* offset where the last symbol from the source ends */
	short previous;                       /* token of the last symbol; 0 at the start */
	uint16_t depth;
	uint8_t contexts[PARSE_MAX_DEPTH + BRACKETS_MAX_INSERTED + 2]; /* of the file, then of each open bracket */
};

void layout_init(struct layout *layout, const struct source_file *file, const struct token *tokens,
                 const struct bracket_repair *repairs);

/* Whether the innermost bracket encloses the arguments of a call, of which one has been a named one. */
bool layout_has_named_argument(const struct layout *layout);

/* The next symbol. At the end it is T_END, however often it is called. */
struct terminal layout_next(struct layout *layout);

#endif

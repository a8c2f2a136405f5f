/* Layout: from the token array to the symbols of the grammar. It settles what grammars are bad at: which line
 * ends separate, which commas separate fields, which words are keys, and closers that brackets.c repaired.
 *
 * A layout is a plain value: a copy of it looks ahead. It reports nothing. */
#ifndef SP_LAYOUT_H
#define SP_LAYOUT_H

#include "source/source.h"
#include "syntax/brackets.h"
#include "syntax/parse.h"

struct terminal {
	short token;   /* a token of the grammar; T_WORD for every word that is not reserved */
	short keyword; /* the keyword that a T_WORD is, where one is acceptable, or 0 */
	struct span span;
	uint32_t index; /* in the token array; of the token behind it for what is not in the source */
};

struct layout {
	const struct source_file *file;
	const struct token *tokens;
	const struct bracket_repair *repairs; /* in order of their tokens; ends with one at UINT32_MAX */
	uint32_t at;                          /* next token */
	uint32_t end;                         /* of the last symbol from the source */
	short previous;                       /* token of the last symbol; 0 at the start */
	uint16_t depth;
	uint8_t contexts[PARSE_MAX_DEPTH + BRACKETS_MAX_INSERTED + 2];
};

void layout_init(struct layout *layout, const struct source_file *file, const struct token *tokens,
                 const struct bracket_repair *repairs);

/* The next symbol; T_END again and again at the end. */
struct terminal layout_next(struct layout *layout);

#endif

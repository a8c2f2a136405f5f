/* Brackets: where a file does not balance, decides what to do about it, so that the parser sees only pairs.
 *
 * A file that balances is left alone, whatever its indentation. Another is read twice, trusting its indentation
 * and not, and the reading with clearly fewer repairs is kept. */
#ifndef SP_BRACKETS_H
#define SP_BRACKETS_H

#include "syntax/syntax_error.h"
#include "syntax/token.h"

struct bracket_repair {
	uint32_t token;  /* index: this closer is ignored, or a bracket is inserted before this token */
	uint32_t opener; /* index of what the inserted bracket pairs with */
	uint8_t closer;  /* kind of the inserted bracket, mostly a closer, or TOKEN_END to ignore the token */
};

/* At most so many openers are inserted: they nest beyond PARSE_MAX_DEPTH. */
#define BRACKETS_MAX_INSERTED 50

/* The repairs that make the brackets of a file balance, in order, ended by one at UINT32_MAX. Reports each, or
 * that the nesting is too deep, in which case the result is NULL. */
const struct bracket_repair *brackets_balance(struct arena *arena, struct syntax_errors *errors,
                                              const struct token *tokens);

#endif

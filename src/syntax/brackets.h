/* Repairs unbalanced brackets, so that the parser sees only pairs.
 *
 * A file whose brackets balance is left alone, whatever its indentation. Any other file is scanned twice, with and
 * without regard to indentation. The result that trusts indentation is used, unless the other has clearly fewer
 * repairs. */
#ifndef SP_BRACKETS_H
#define SP_BRACKETS_H

#include "syntax/syntax_error.h"
#include "syntax/token.h"

struct bracket_repair {
	uint32_t token;  /* index: this closer is ignored, or a bracket is inserted before this token */
	uint32_t opener; /* index of the token that the inserted bracket pairs with: an opener, or a closer if that lacks one */
	uint8_t closer;  /* kind of the inserted bracket (a closer, rarely an opener), or TOKEN_END to ignore the token */
};

/* At most this many openers are inserted. They do not count toward PARSE_MAX_DEPTH. */
#define BRACKETS_MAX_INSERTED 50

/* The repairs that balance the brackets of a file, in token order; the last has token UINT32_MAX. Each repair is
 * reported. If brackets are nested too deeply, that is reported instead, and the result is NULL. */
const struct bracket_repair *brackets_balance(struct arena *arena, struct syntax_errors *errors,
                                              const struct token *tokens);

#endif

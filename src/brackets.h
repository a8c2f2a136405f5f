/* Brackets: where a file does not balance, decides what to do about it, so that the parser sees only pairs.
 *
 * A file that balances is left alone, whatever its indentation. */
#ifndef SP_BRACKETS_H
#define SP_BRACKETS_H

#include "token.h"

struct bracket_repair {
	uint32_t token;  /* index: this closer is ignored, or a closer is inserted before this token */
	uint32_t opener; /* index of what the inserted closer closes */
	uint8_t closer;  /* kind of the inserted closer, or TOKEN_END to ignore the token */
};

/* The repairs that make the brackets of a file balance, in order, ended by one at UINT32_MAX. Reports each, or
 * that the nesting is too deep, in which case the result is NULL. */
const struct bracket_repair *brackets_balance(struct arena *arena, struct diags *diags,
                                              const struct source_file *file, const struct token *tokens);

#endif

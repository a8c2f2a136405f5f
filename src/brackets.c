#include "brackets.h"

#include "parse.h"

static const struct bracket_repair none = {UINT32_MAX, 0, TOKEN_END};

const struct bracket_repair *brackets_balance(struct arena *arena, struct diags *diags,
                                              const struct source_file *file, const struct token *tokens)
{
	(void)arena; (void)diags; (void)file; (void)tokens;
	return &none;
}

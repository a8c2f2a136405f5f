#include "recover.h"

static int push(struct recovery *recovery, int token, struct span span)
{
	return parser_push_parse(recovery->state, token, NULL, &span, recovery->builder);
}

static bool settle(struct recovery *recovery, struct symbol *symbol)
{
	if (symbol->keyword && parser_accepts(recovery->state, symbol->keyword)) {
		symbol->token = symbol->keyword;
		return true;
	}
	return parser_accepts(recovery->state, symbol->token);
}

int recover_push(struct recovery *recovery, struct symbol *symbol)
{
	if (settle(recovery, symbol))
		return push(recovery, symbol->token, symbol->span);
	diag_report(recovery->builder->diags, SP1110, recovery->builder->file, symbol->span, "unexpected %s",
	            parser_token_text(symbol->token));
	int status = push(recovery, T_PARSER_error, symbol->span);
	while (status == YYPUSH_MORE && !settle(recovery, symbol)) {
		if (symbol->token == T_END)
			return YYPUSH_MORE + 1;
		*symbol = layout_next(recovery->layout);
	}
	return push(recovery, symbol->token, symbol->span);
}

#include "syntax/recover_blocks.h"

/* The most tokens of a block or declaration that are read for a message, so that many errors do not take quadratic time. */
enum { TOKENS_MAX = 1000 };

/* Reports nothing else in the block that begins with a symbol. */
static void ignore_block(const struct recovery *recovery, const struct terminal *symbol)
{
	const struct token *token = &recovery->layout->tokens[symbol->index];
	size_t depth = 0;
	for (size_t count = 0; token->kind != TOKEN_END && count < TOKENS_MAX; token++, count++) {
		depth += token->kind == TOKEN_LBRACE;
		depth -= token->kind == TOKEN_RBRACE;
		if (count == 0 || token[-1].kind == TOKEN_NEWLINE)
			syntax_error_mark_line(recovery->errors, token->start);
		if (!depth)
			break;
	}
}

static void report_body(const struct recovery *recovery, const struct terminal *symbol)
{
	uint32_t end = recovery->last[0].span.end;
	struct diag *diag = syntax_error_report(recovery->errors, SP1106, symbol->span, "expected `=` after `)`");
	if (diag) {
		diag_help(diag, "write the body as one expression: `function name(argument) = …`");
		diag_edit(diag, span_of(end, end), " =");
	}
}

/* The first token of the line on which the brackets open that are closed before a token. */
static const struct token *line_start(const struct token *tokens, uint32_t at)
{
	size_t depth = 0;
	for (size_t count = 0; at > 0 && count < TOKENS_MAX && (depth || tokens[at - 1].kind != TOKEN_NEWLINE); at--, count++) {
		uint8_t kind = tokens[at - 1].kind;
		bool is_opener = token_closer(kind) != TOKEN_END && kind != TOKEN_STRING_HEAD;
		depth += token_is_closer(kind);
		depth -= depth && is_opener;
	}
	return &tokens[at];
}

/* `Train: Training { … }`, at the top level. */
static bool report_declaration(const struct recovery *recovery, const struct terminal *symbol)
{
	const struct token *name = line_start(recovery->layout->tokens, symbol->index);
	if (name->kind != TOKEN_WORD || name[1].kind != TOKEN_COLON)
		return false;
	const char *text = recovery->builder->file->text + name->start;
	int length = (int)(name->end - name->start);
	struct diag *diag = syntax_error_report(recovery->errors, SP1108, span_of(name->start, name->end),
	                                        "`%.*s` does not start a declaration", length, text);
	if (diag)
		diag_help(diag, "write a step as `step %.*s: …`", length, text);
	return true;
}

bool recover_read_block(const struct recovery *recovery, const struct terminal *symbol)
{
	if (symbol->token != T_LBRACE || parser_accepts(recovery->state, T_LBRACE))
		return false;
	bool is_body = recovery->last[0].token == T_RPAREN && parser_accepts(recovery->state, T_ASSIGN);
	bool is_top = recovery->layout->depth == 1 && parser_accepts(recovery->state, T_NL);
	if (is_body)
		report_body(recovery, symbol);
	if (is_body || (is_top && report_declaration(recovery, symbol)))
		ignore_block(recovery, symbol);
	return is_body;
}

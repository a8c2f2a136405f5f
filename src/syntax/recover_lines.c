#include "syntax/recover_lines.h"

static bool accepts(const struct recovery *recovery, int token)
{
	return parser_accepts(recovery->state, token);
}

/* Reports a symbol that continues the line above. Offers to join the lines if no comment is between them. */
static void report_continuation(const struct recovery *recovery, struct span span)
{
	const char *text = recovery->builder->file->text;
	uint32_t end = recovery->last[0].span.end, gap = end;
	struct diag *diag = syntax_error_report(recovery->errors, SP1109, span, "`%.*s` must be on the line that it continues",
	                                        (int)(span.end - span.start), text + span.start);
	if (!diag)
		return;
	bool is_bracket = text[span.start] == '(' || text[span.start] == '[';
	uint32_t before = recovery->last[0].span.start;
	if (end - before < 40)
		diag_help(diag, "write `%.*s%s%.*s%s…` on one line", (int)(end - before), text + before, is_bracket ? "" : " ",
		          (int)(span.end - span.start), text + span.start, is_bracket ? "" : " ");
	while (gap < span.start && (text[gap] == ' ' || text[gap] == '\t' || text[gap] == '\r' || text[gap] == '\n'))
		gap++;
	if (gap == span.start)
		diag_edit(diag, span_of(end, span.start), is_bracket ? "" : " ");
}

/* Whether a symbol that starts a line continues the line above: `condition C`, then `if x {`. */
static bool is_continuation(const struct recovery *recovery, const struct terminal *next)
{
	bool is_mark = next->token == T_IF || next->token == T_FOR || next->token == T_LPAREN || next->token == T_LBRACKET;
	if (is_mark)
		return accepts(recovery, next->token);
	return next->keyword && !accepts(recovery, T_NL) && accepts(recovery, next->keyword);
}

/* Whether a symbol that starts a line begins the body of a function, whose `=` is missing. */
static bool is_body(const struct recovery *recovery, const struct terminal *next)
{
	struct parser_choice choices[] = {{T_ASSIGN, 0}, {next->token, 0}};
	return recovery->last[0].token == T_RPAREN && next->token != T_KEY && !next->keyword && !accepts(recovery, T_NL) &&
	       parser_try(recovery->state, choices, 2) == 2;
}

/* Whether the line after a complete line starts with a symbol that cannot start one. */
static bool is_suspicious(const struct layout *layout, const struct terminal *symbol)
{
	const struct token *next = &layout->tokens[symbol->index];
	return next->kind == TOKEN_LPAREN || next->kind == TOKEN_LBRACKET || next->keyword == KEYWORD_FOR;
}

enum line_end recover_read_line_end(const struct recovery *recovery, const struct terminal *symbol)
{
	if (symbol->token != T_NL || (accepts(recovery, T_NL) && !is_suspicious(recovery->layout, symbol)))
		return LINE_END_KEPT;
	struct layout layout = *recovery->layout;
	struct terminal next = layout_next(&layout);
	if (next.span.start < symbol->span.end) /* a comma, not a line end; or a bracket that is inserted here */
		return LINE_END_KEPT;
	if (is_continuation(recovery, &next)) {
		report_continuation(recovery, next.span);
		return LINE_END_DROPPED;
	}
	if (!is_body(recovery, &next))
		return LINE_END_KEPT;
	struct diag *diag = syntax_error_report(recovery->errors, SP1106, symbol->span, "expected `=` after `)`");
	if (diag)
		diag_help(diag, "write `=` and the beginning of the body on this line: `function name(argument) = …`");
	return LINE_END_FOR_ASSIGN;
}

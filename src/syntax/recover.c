#include "syntax/recover.h"

#include "syntax/recover_blocks.h"
#include "syntax/recover_lines.h"
#include "syntax/recover_repair.h"

/* The most searches for a repair, in the whole file and at one symbol. After that, symbols that the parser does not
 * accept are skipped. */
enum { MAX_REPAIRS = 1000, MAX_REPAIRS_PER_SYMBOL = 8 };

enum { PARSE_ABORTED = 1 }; /* a status of Bison */

static int push(struct recovery *recovery, short token, struct span span)
{
	return parser_push_parse(recovery->state, token, NULL, &span, recovery->builder);
}

/* Decides whether a word is a keyword here. False if the parser does not accept the symbol. */
static bool resolve_symbol(struct recovery *recovery, struct terminal *symbol)
{
	if (symbol->keyword && parser_accepts(recovery->state, symbol->keyword)) {
		symbol->token = symbol->keyword;
		return true;
	}
	return parser_accepts(recovery->state, symbol->token);
}

static bool is_opener(short token)
{
	return token == T_LBRACE || token == T_LBRACKET || token == T_LPAREN || token == T_HEAD;
}

static bool is_closer(short token)
{
	return token == T_RBRACE || token == T_RBRACKET || token == T_RPAREN || token == T_TAIL;
}

/* The number of brackets open around a symbol that the layout has just returned. */
static size_t depth_around(const struct layout *layout, const struct terminal *symbol)
{
	return (size_t)layout->depth - is_opener(symbol->token) + is_closer(symbol->token);
}

/* Closes the brackets that are still open in the parser but not in the file. Before each, pushes what the parser
 * still requires inside it. Gives up after a limit; the tree is then empty. */
static int close_brackets(struct recovery *recovery, size_t depth, struct span span)
{
	static const short wanted[] = {T_RBRACE, T_RBRACKET, T_RPAREN, T_TAIL, T_NL, T_MISSING, T_COLON, T_WORD};
	int status = YYPUSH_MORE;
	for (int pushed = 0; status == YYPUSH_MORE && parser_depth(recovery->state) > depth; pushed++) {
		size_t i = 0, count = sizeof wanted / sizeof *wanted;
		while (i < count && !parser_accepts(recovery->state, wanted[i]))
			i++;
		if (i == count || pushed == 8 * PARSE_MAX_DEPTH)
			return PARSE_ABORTED;
		status = push(recovery, wanted[i], span);
	}
	return status;
}

/* Abandons the statement or bracket: skips to a symbol that the parser accepts at the level where it resumes. */
static int skip(struct recovery *recovery, struct terminal *symbol)
{
	int status = push(recovery, T_PARSER_error, span_of(symbol->span.start, symbol->span.start));
	size_t inside = parser_depth(recovery->state);
	while (status == YYPUSH_MORE) {
		size_t around = depth_around(recovery->layout, symbol);
		if (around < inside) {
			status = close_brackets(recovery, around, symbol->span);
			inside = parser_depth(recovery->state);
		} else if (around == inside && resolve_symbol(recovery, symbol)) {
			return status;
		} else if (symbol->token == T_END) {
			return push(recovery, T_END, symbol->span);
		} else {
			*symbol = layout_next(recovery->layout);
		}
	}
	return status;
}

static int apply(struct recovery *recovery, const struct repair *repair, struct terminal *symbol)
{
	int status = YYPUSH_MORE;
	for (size_t i = 0; i < repair->count && status == YYPUSH_MORE; i++) {
		struct terminal pushed = repair->symbols[i];
		if (resolve_symbol(recovery, &pushed))
			status = push(recovery, pushed.token, pushed.span);
	}
	if (repair->deletes)
		*symbol = layout_next(recovery->layout);
	return status;
}

/* In `if {`, `pipeline {` and `if a < {`, the brace opens the block, not an object: reports that the condition, name or
 * operand before it is missing. */
static int push_before_block(struct recovery *recovery, const struct terminal *symbol)
{
	short last = recovery->last[0].token;
	bool wants_name = last == T_PIPELINE || last == T_TEST;
	bool wants_value = last == T_LT || last == T_LE || last == T_GT || last == T_GE || last == T_AND ||
	                   last == T_OR || last == T_NOT;
	if (symbol->token != T_LBRACE || !(wants_name || wants_value || last == T_IF) ||
	    !parser_accepts(recovery->state, last == T_LT ? T_NUMBER : T_MISSING))
		return YYPUSH_MORE;
	syntax_error_report(recovery->errors, SP1106, symbol->span, "expected %s after %s",
	                    wants_name ? "a name" : wants_value ? "a value" : "a condition", parser_token_text(last));
	return push(recovery, T_MISSING, span_of(symbol->span.start, symbol->span.start));
}

int recover_push(struct recovery *recovery, struct terminal symbol)
{
	int before = push_before_block(recovery, &symbol);
	if (before != YYPUSH_MORE)
		return before;
	enum line_end line_end = recover_read_line_end(recovery, &symbol);
	if (line_end == LINE_END_DROPPED)
		return YYPUSH_MORE;
	if (line_end == LINE_END_FOR_ASSIGN)
		symbol.token = T_ASSIGN;
	if (recover_read_block(recovery, &symbol)) {
		int status = push(recovery, T_ASSIGN, span_of(symbol.span.start, symbol.span.start));
		if (status != YYPUSH_MORE)
			return status;
	}
	for (int repairs = 0; !resolve_symbol(recovery, &symbol); repairs++) {
		struct repair repair;
		bool is_found = repairs < MAX_REPAIRS_PER_SYMBOL && recovery->attempts++ < MAX_REPAIRS &&
		                recover_find_repair(&repair, recovery, &symbol);
		int status = is_found ? apply(recovery, &repair, &symbol) : skip(recovery, &symbol);
		if (status != YYPUSH_MORE)
			return status;
	}
	recovery->last[1] = recovery->last[0];
	recovery->last[0] = symbol;
	return push(recovery, symbol.token, symbol.span);
}

#include "syntax/brackets.h"

#include "base/text.h"
#include "syntax/parse.h"

struct opener {
	uint32_t token, indent; /* indent: of its line */
	uint8_t closer;         /* TOKEN_STRING_TAIL for a `${` */
	bool is_last;           /* the last token on its line, except for a comment */
};

/* A line that encloses later lines by its indentation, or the current line. */
struct line {
	uint32_t indent, after; /* after: index after its last token */
	uint32_t depth, opener; /* number of open brackets at its end, and the innermost one */
	bool has_content;       /* it has tokens other than `}`, `]` and commas: a block can follow */
	bool is_owner;          /* deeper lines follow it */
};

/* One scan of the file. */
struct bracket_scan {
	struct arena *arena;
	const struct source_file *file;
	const struct token *tokens;
	bool trusts_indentation;
	struct opener stack[PARSE_MAX_DEPTH];
	uint32_t depth, cost; /* cost: the number of repairs; a wrong closer counts once */
	uint32_t last, after; /* index of the last token that is not trivia, and the index after it */
	uint32_t too_deep;
	uint32_t inserted_openers;
	VEC(struct line) lines; /* each deeper than the one before; the current line is last */
	VEC(struct bracket_repair) repairs;
};

static struct opener *innermost(struct bracket_scan *scan)
{
	return scan->depth ? &scan->stack[scan->depth - 1] : NULL;
}

/* Inserts the closer of the innermost bracket before a token. */
static void insert_closer_at(struct bracket_scan *scan, uint32_t token)
{
	struct opener *opener = innermost(scan);
	struct bracket_repair repair = {token, opener->token, opener->closer};
	vec_push(scan->arena, &scan->repairs, repair);
	scan->depth--;
	scan->cost++;
}

/* Inserts the closers of all brackets deeper than `depth` after the last token; before a comma, which separates elements of the
 * bracket around them, if that stays open. */
static void insert_closers(struct bracket_scan *scan, uint32_t depth)
{
	while (scan->depth > depth) {
		bool is_before_comma = depth > 0 && scan->tokens[scan->last].kind == TOKEN_COMMA && scan->last > innermost(scan)->token;
		insert_closer_at(scan, is_before_comma ? scan->last : scan->after);
	}
}

static void ignore_token(struct bracket_scan *scan, uint32_t token)
{
	struct bracket_repair repair = {token, 0, TOKEN_END};
	vec_push(scan->arena, &scan->repairs, repair);
	scan->cost++;
}

/* The depth, from 1, of the innermost opener that `closer` can close, or 0. The search stops at a `${`. If
 * indentation is trusted, a closer that starts a line preferably closes an opener on a line with the same indentation,
 * and a closer elsewhere never closes an opener at the end of an earlier line. */
static uint32_t find_opener(const struct bracket_scan *scan, uint8_t closer, bool is_first, uint32_t indent)
{
	uint32_t fallback = 0;
	for (uint32_t depth = scan->depth; depth > 0; depth--) {
		const struct opener *opener = &scan->stack[depth - 1];
		if (opener->closer == TOKEN_STRING_TAIL)
			break;
		if (opener->closer != closer)
			continue;
		if (scan->trusts_indentation && !is_first && opener->is_last)
			return 0;
		if (!fallback)
			fallback = depth;
		if (!is_first || !scan->trusts_indentation || opener->indent == indent)
			return depth;
	}
	/* A closer that is indented deeper than the line of its opener is surplus, unless it ends a hanging list. */
	if (fallback && scan->trusts_indentation && is_first && indent > scan->stack[fallback - 1].indent &&
	    scan->stack[fallback - 1].is_last)
		return 0;
	return fallback;
}

static uint8_t opener_of(uint8_t closer)
{
	return closer == TOKEN_RBRACE ? TOKEN_LBRACE : closer == TOKEN_RBRACKET ? TOKEN_LBRACKET : TOKEN_LPAREN;
}

/* For a closer that starts a line after deeper lines: its opener may be missing at the end of the line above them.
 * Inserts it there if so. */
static bool insert_opener(struct bracket_scan *scan, uint32_t closer)
{
	if (!scan->trusts_indentation || scan->lines.count < 2 ||
	    scan->inserted_openers == BRACKETS_MAX_INSERTED)
		return false;
	const struct line *line = &scan->lines.items[scan->lines.count - 2];
	uint32_t opener = scan->depth ? innermost(scan)->token : UINT32_MAX;
	bool is_untouched = scan->repairs.count == 0 ||
	                    scan->repairs.items[scan->repairs.count - 1].token < line->after;
	if (line->indent != scan->lines.items[scan->lines.count - 1].indent || !line->has_content || !line->is_owner ||
	    line->depth != scan->depth || line->opener != opener || !is_untouched)
		return false;
	struct bracket_repair repair = {line->after, closer, opener_of(scan->tokens[closer].kind)};
	vec_push(scan->arena, &scan->repairs, repair);
	scan->inserted_openers++;
	scan->cost++;
	return true;
}

/* Whether a closer that closes no bracket probably stands for the closer of the innermost one. If indentation is trusted, the
 * closer of a bracket at the end of a line starts a line with the same indentation, and no other closer does. */
static bool is_wrong_closer(const struct bracket_scan *scan, const struct opener *inner, uint32_t at, bool is_first, uint32_t indent)
{
	if (inner->closer == scan->tokens[at].kind || inner->closer == TOKEN_STRING_TAIL)
		return false;
	if (!scan->trusts_indentation)
		return !is_first;
	return is_first == inner->is_last && (!is_first || indent == inner->indent);
}

static void read_closer(struct bracket_scan *scan, uint32_t at, bool is_first, uint32_t indent)
{
	uint8_t kind = scan->tokens[at].kind;
	uint32_t depth = find_opener(scan, kind, is_first, indent);
	struct opener *inner = innermost(scan);
	if (depth) {
		insert_closers(scan, depth);
		scan->depth--;
	} else if (inner && is_wrong_closer(scan, inner, at, is_first, indent)) {
		/* `(a]`: count it as one error */
		insert_closer_at(scan, at);
		ignore_token(scan, at);
		scan->cost--;
	} else if (!is_first || !insert_opener(scan, at)) {
		ignore_token(scan, at);
	}
}

static void read_opener(struct bracket_scan *scan, uint32_t at, uint32_t indent)
{
	if (scan->depth == PARSE_MAX_DEPTH) {
		scan->too_deep = at;
		return;
	}
	uint8_t next = scan->tokens[at + 1].kind;
	scan->stack[scan->depth++] = (struct opener){
		at, indent, (uint8_t)token_closer(scan->tokens[at].kind), next == TOKEN_NEWLINE || next == TOKEN_COMMENT};
}

/* Whether a line that starts with this token continues the previous line or bracket, whatever its indentation. */
static bool is_continuation(const struct token *token)
{
	if (token->kind == TOKEN_WORD)
		return token->keyword == KEYWORD_AND || token->keyword == KEYWORD_OR ||
		       token->keyword == KEYWORD_IN || token->keyword == KEYWORD_ELSE;
	return token->kind != TOKEN_STRING && token->kind != TOKEN_STRING_HEAD && token->kind != TOKEN_ELLIPSIS;
}

/* Whether a `{` at the start of a line begins a block after the arguments of a call, whose `)` and perhaps a blank are missing. */
static bool begins_block(const struct bracket_scan *scan, const struct opener *inner, uint32_t at, uint32_t indent)
{
	return scan->tokens[at].kind == TOKEN_LBRACE && inner->closer == TOKEN_RPAREN && inner->is_last && indent <= inner->indent + 1;
}

/* Closes brackets before a line that is not indented deeper than the line of their opener. */
static void read_line_start(struct bracket_scan *scan, uint32_t at, uint32_t indent)
{
	uint32_t depth = scan->depth;
	for (; scan->trusts_indentation && depth; depth--) {
		const struct opener *inner = &scan->stack[depth - 1];
		bool is_left = !is_continuation(&scan->tokens[at]) && indent <= inner->indent;
		if (inner->closer == TOKEN_STRING_TAIL || !(is_left || begins_block(scan, inner, at, indent)))
			break;
	}
	insert_closers(scan, depth);
}

static uint32_t indent_of(const struct bracket_scan *scan, uint32_t at)
{
	uint32_t start = scan->tokens[at].start, begin = start;
	while (begin > 0 && (scan->file->text[begin - 1] == ' ' || scan->file->text[begin - 1] == '\t'))
		begin--;
	return start - begin;
}

/* Drops lines that are deeper than this one. A line with the same indentation stays until the next such line: it may
 * need an opener inserted. */
static void begin_line(struct bracket_scan *scan, uint32_t indent)
{
	while (scan->lines.count && scan->lines.items[scan->lines.count - 1].indent > indent)
		scan->lines.count--;
	bool is_repeated = scan->lines.count > 1 && scan->lines.items[scan->lines.count - 2].indent == indent;
	if (is_repeated)
		scan->lines.items[scan->lines.count - 2] = scan->lines.items[scan->lines.count - 1];
	else
		vec_push(scan->arena, &scan->lines, ((struct line){0}));
	if (scan->lines.count > 1 && !is_repeated)
		scan->lines.items[scan->lines.count - 2].is_owner |=
			scan->lines.items[scan->lines.count - 2].indent < indent;
	scan->lines.items[scan->lines.count - 1] = (struct line){.indent = indent};
}

static void end_token(struct bracket_scan *scan, uint32_t at)
{
	struct line *line = &scan->lines.items[scan->lines.count - 1];
	uint8_t kind = scan->tokens[at].kind;
	scan->last = at;
	scan->after = line->after = at + 1;
	line->depth = scan->depth;
	line->opener = scan->depth ? innermost(scan)->token : UINT32_MAX;
	line->has_content |= kind == TOKEN_RPAREN || (!token_is_closer(kind) && kind != TOKEN_COMMA);
}

static void read_token(struct bracket_scan *scan, uint32_t at, bool is_first, uint32_t indent)
{
	uint8_t kind = scan->tokens[at].kind;
	if (token_is_closer(kind))
		read_closer(scan, at, is_first, indent);
	else if (token_closer(kind) != TOKEN_END)
		read_opener(scan, at, indent);
	else if (kind == TOKEN_STRING_MID || kind == TOKEN_STRING_TAIL)
		while (innermost(scan)->closer != TOKEN_STRING_TAIL)
			insert_closers(scan, scan->depth - 1);
	if (kind == TOKEN_STRING_TAIL)
		scan->depth--;
}

static void scan_file(struct bracket_scan *scan)
{
	bool is_first = true;
	uint32_t indent = 0, at = 0;
	for (; scan->tokens[at].kind != TOKEN_END && !scan->too_deep; at++) {
		uint8_t kind = scan->tokens[at].kind;
		if (kind == TOKEN_NEWLINE)
			is_first = true;
		if (kind <= TOKEN_BAD)
			continue;
		if (is_first) {
			indent = indent_of(scan, at);
			begin_line(scan, indent);
			read_line_start(scan, at, indent);
		}
		read_token(scan, at, is_first, indent);
		is_first = false;
		end_token(scan, at);
	}
	if (!scan->too_deep)
		insert_closers(scan, 0);
	struct bracket_repair last = {UINT32_MAX, 0, TOKEN_END};
	vec_push(scan->arena, &scan->repairs, last);
}

static const char *bracket_text(const struct token *token)
{
	return token->kind == TOKEN_STRING_HEAD ? "${" : token_kind_name(token->kind);
}

static struct span span_of_token(const struct token *token)
{
	return span_of(token->start, token->end);
}

/* Reports all closers that are missing at one place with one message. Returns the next repair. */
static const struct bracket_repair *report_missing(struct syntax_errors *errors, const struct token *tokens,
                                                   const struct bracket_repair *repair)
{
	const struct token *opener = &tokens[repair->opener];
	uint32_t at = tokens[repair->token - 1].end;
	bool is_consequence = syntax_error_has_line(errors, opener->start) ||
	                      syntax_error_has_line(errors, tokens[repair->token - 1].start);
	struct diag *diag = is_consequence ? NULL : syntax_error_report(errors, SP1101, span_of(at, at), "unclosed `%s`",
	                                              bracket_text(opener));
	struct text closers = {0};
	const struct bracket_repair *next = repair;
	for (; next->token == repair->token && token_is_closer(next->closer); next++) {
		text_puts(&closers, token_kind_name(next->closer));
		syntax_error_mark_line(errors, tokens[next->opener].start);
		if (diag && next - repair < 4)
			diag_related(diag, errors->file, span_of_token(&tokens[next->opener]), "`%s` opens here",
			             bracket_text(&tokens[next->opener]));
	}
	if (diag) {
		diag_label(diag, "`%s` is missing", text_string(&closers));
		diag_edit(diag, span_of(at, at), arena_copy(diag->arena, text_string(&closers), closers.length));
	}
	text_free(&closers);
	return next;
}

static void report_mismatch(struct syntax_errors *errors, const struct token *opener,
                            const struct token *closer, uint8_t wanted)
{
	struct diag *diag = syntax_error_report(errors, SP1101, span_of_token(closer), "mismatched brackets: `%s` is closed by `%s`",
	                             bracket_text(opener), bracket_text(closer));
	if (!diag)
		return;
	diag_label(diag, "expected `%s`", token_kind_name(wanted));
	diag_related(diag, errors->file, span_of_token(opener), "`%s` opens here", bracket_text(opener));
	diag_edit(diag, span_of_token(closer), token_kind_name(wanted));
}

static void report_surplus(struct syntax_errors *errors, const struct token *closer)
{
	struct diag *diag = syntax_error_report(errors, SP1102, span_of_token(closer), "unmatched `%s`",
	                             bracket_text(closer));
	if (!diag)
		return;
	diag_help(diag, "remove it, or add the opening bracket");
	diag_edit(diag, span_of_token(closer), "");
}

/* Reports a closer whose opener was inserted at the place of `repair`. */
static void report_missing_opener(struct syntax_errors *errors, const struct token *tokens,
                                  const struct bracket_repair *repair)
{
	const struct token *closer = &tokens[repair->opener];
	uint32_t at = tokens[repair->token - 1].end;
	if (syntax_error_has_line(errors, at))
		return;
	struct diag *diag = syntax_error_report(errors, SP1102, span_of_token(closer), "unmatched `%s`",
	                             bracket_text(closer));
	syntax_error_mark_line(errors, at);
	if (!diag)
		return;
	const char *opener = token_kind_name(repair->closer);
	diag_related(diag, errors->file, span_of(at, at), "`%s` seems to be missing here", opener);
	diag_edit(diag, span_of(at, at), arena_printf(diag->arena, " %s", opener));
}

static void report_repairs(struct syntax_errors *errors, const struct token *tokens,
                           const struct bracket_repair *repair)
{
	while (repair->token != UINT32_MAX) {
		const struct bracket_repair *next = repair + 1;
		if (repair->closer == TOKEN_END)
			report_surplus(errors, &tokens[repair->token]);
		else if (!token_is_closer(repair->closer))
			report_missing_opener(errors, tokens, repair);
		else if (next->closer == TOKEN_END && next->token == repair->token)
			report_mismatch(errors, &tokens[repair->opener], &tokens[next++->token], repair->closer);
		else
			next = report_missing(errors, tokens, repair);
		repair = next;
	}
}

const struct bracket_repair *brackets_balance(struct arena *arena, struct syntax_errors *errors,
                                              const struct token *tokens)
{
	struct bracket_scan plain = {.arena = arena, .file = errors->file, .tokens = tokens};
	scan_file(&plain);
	if (plain.repairs.count == 1 && !plain.too_deep)
		return plain.repairs.items;
	struct bracket_scan by_indentation = {.arena = arena, .file = errors->file, .tokens = tokens,
	                           .trusts_indentation = true};
	scan_file(&by_indentation);
	bool is_plain = !plain.too_deep && (by_indentation.too_deep || plain.cost + plain.cost / 4 < by_indentation.cost);
	const struct bracket_scan *best = is_plain ? &plain : &by_indentation;
	if (best->too_deep) {
		struct diag *diag = syntax_error_report(errors, SP1103, span_of_token(&tokens[best->too_deep]),
		                             "brackets are nested deeper than %d levels", PARSE_MAX_DEPTH);
		if (diag)
			diag_help(diag, "name inner parts with `let`");
		return NULL;
	}
	report_repairs(errors, tokens, best->repairs.items);
	return best->repairs.items;
}

#include "syntax/brackets.h"

#include "base/text.h"
#include "syntax/parse.h"

struct opener {
	uint32_t token, indent; /* of the line on which it stands */
	uint8_t closer;         /* TOKEN_STRING_TAIL for a `${` */
	bool is_last;           /* on its line */
};

/* A line on whose indentation later lines stand. */
struct line {
	uint32_t indent, behind; /* index behind its last token */
	uint32_t depth, opener;  /* what was open at its end, and the innermost of it */
	bool has_content;        /* it holds more than closers */
	bool is_owner;           /* of deeper lines below it */
};

/* One reading of the file. */
struct bracket_scan {
	struct arena *arena;
	const struct source_file *file;
	const struct token *tokens;
	bool trusts_indentation;
	struct opener stack[PARSE_MAX_DEPTH];
	uint32_t depth, cost;
	uint32_t behind; /* index behind the last token that is not a gap */
	uint32_t too_deep;
	uint32_t inserted_openers;
	VEC(struct line) lines; /* ever deeper ones, the current line last */
	VEC(struct bracket_repair) repairs;
};

static struct opener *top(struct bracket_scan *reading)
{
	return reading->depth ? &reading->stack[reading->depth - 1] : NULL;
}

static void insert_closer(struct bracket_scan *reading)
{
	struct opener *opener = top(reading);
	struct bracket_repair repair = {reading->behind, opener->token, opener->closer};
	vec_push(reading->arena, &reading->repairs, repair);
	reading->depth--;
	reading->cost++;
}

static void ignore(struct bracket_scan *reading, uint32_t token)
{
	struct bracket_repair repair = {token, 0, TOKEN_END};
	vec_push(reading->arena, &reading->repairs, repair);
	reading->cost++;
}

/* The depth of the innermost opener that `closer` could close, counted from 1, or 0. A `${` is a wall. Where
 * indentation is trusted, a closer that starts a line belongs to a line that is indented as much, and one that
 * does not never ends what an opener at the end of another line began. */
static uint32_t find_opener(const struct bracket_scan *reading, uint8_t closer, bool is_first, uint32_t indent)
{
	uint32_t any = 0;
	for (uint32_t depth = reading->depth; depth > 0; depth--) {
		const struct opener *opener = &reading->stack[depth - 1];
		if (opener->closer == TOKEN_STRING_TAIL)
			break;
		if (opener->closer != closer)
			continue;
		if (reading->trusts_indentation && !is_first && opener->is_last)
			return 0;
		if (!any)
			any = depth;
		if (!is_first || !reading->trusts_indentation || opener->indent == indent)
			return depth;
	}
	/* more indented than the line of its opener: it is one too many, unless it ends a hanging list */
	if (any && reading->trusts_indentation && is_first && indent > reading->stack[any - 1].indent &&
	    reading->stack[any - 1].is_last)
		return 0;
	return any;
}

static uint8_t opener_of(uint8_t closer)
{
	return closer == TOKEN_RBRACE ? TOKEN_LBRACE : closer == TOKEN_RBRACKET ? TOKEN_LBRACKET : TOKEN_LPAREN;
}

/* A closer that starts a line, below deeper lines: its opener may be missing at the end of the line above them. */
static bool insert_opener(struct bracket_scan *reading, uint32_t closer)
{
	if (!reading->trusts_indentation || reading->lines.count < 2 ||
	    reading->inserted_openers == BRACKETS_MAX_INSERTED)
		return false;
	const struct line *line = &reading->lines.items[reading->lines.count - 2];
	uint32_t opener = reading->depth ? top(reading)->token : UINT32_MAX;
	bool is_untouched = reading->repairs.count == 0 ||
	                    reading->repairs.items[reading->repairs.count - 1].token < line->behind;
	if (line->indent != reading->lines.items[reading->lines.count - 1].indent || !line->has_content || !line->is_owner ||
	    line->depth != reading->depth || line->opener != opener || !is_untouched)
		return false;
	struct bracket_repair repair = {line->behind, closer, opener_of(reading->tokens[closer].kind)};
	vec_push(reading->arena, &reading->repairs, repair);
	reading->inserted_openers++;
	reading->cost++;
	return true;
}

static void read_closer(struct bracket_scan *reading, uint32_t at, bool is_first, uint32_t indent)
{
	uint8_t kind = reading->tokens[at].kind;
	uint32_t depth = find_opener(reading, kind, is_first, indent);
	struct opener *inner = top(reading);
	if (depth) {
		while (reading->depth > depth)
			insert_closer(reading);
		reading->depth--;
	} else if (inner && inner->closer != kind && inner->closer != TOKEN_STRING_TAIL && !is_first) {
		/* `(a]`: one mistake */
		insert_closer(reading);
		ignore(reading, at);
		reading->cost--;
	} else if (!is_first || !insert_opener(reading, at)) {
		ignore(reading, at);
	}
}

static void read_opener(struct bracket_scan *reading, uint32_t at, uint32_t indent)
{
	if (reading->depth == PARSE_MAX_DEPTH) {
		reading->too_deep = at;
		return;
	}
	uint8_t next = reading->tokens[at + 1].kind;
	reading->stack[reading->depth++] = (struct opener){
		at, indent, (uint8_t)token_closer(reading->tokens[at].kind), next == TOKEN_NEWLINE || next == TOKEN_COMMENT};
}

/* Whether a line that starts with this token belongs to what is open, however it is indented. */
static bool is_continuation(const struct token *token)
{
	if (token->kind == TOKEN_WORD)
		return token->keyword == KEYWORD_AND || token->keyword == KEYWORD_OR ||
		       token->keyword == KEYWORD_IN || token->keyword == KEYWORD_ELSE;
	return token->kind != TOKEN_STRING && token->kind != TOKEN_STRING_HEAD && token->kind != TOKEN_ELLIPSIS;
}

/* A line that is not indented below the line of an opener is outside of its brackets. */
static void read_line_start(struct bracket_scan *reading, uint32_t at, uint32_t indent)
{
	while (reading->trusts_indentation && reading->depth && !is_continuation(&reading->tokens[at]) &&
	       top(reading)->closer != TOKEN_STRING_TAIL && indent <= top(reading)->indent)
		insert_closer(reading);
}

static uint32_t indent_of(const struct bracket_scan *reading, uint32_t at)
{
	uint32_t start = reading->tokens[at].start, begin = start;
	while (begin > 0 && (reading->file->text[begin - 1] == ' ' || reading->file->text[begin - 1] == '\t'))
		begin--;
	return start - begin;
}

/* Lines that are deeper than this one are done with; one that is as deep stays until this one's opener is known. */
static void begin_line(struct bracket_scan *reading, uint32_t indent)
{
	while (reading->lines.count && reading->lines.items[reading->lines.count - 1].indent > indent)
		reading->lines.count--;
	bool is_repeated = reading->lines.count > 1 && reading->lines.items[reading->lines.count - 2].indent == indent;
	if (is_repeated)
		reading->lines.items[reading->lines.count - 2] = reading->lines.items[reading->lines.count - 1];
	else
		vec_push(reading->arena, &reading->lines, ((struct line){0}));
	if (reading->lines.count > 1 && !is_repeated)
		reading->lines.items[reading->lines.count - 2].is_owner |=
			reading->lines.items[reading->lines.count - 2].indent < indent;
	reading->lines.items[reading->lines.count - 1] = (struct line){.indent = indent};
}

static void end_token(struct bracket_scan *reading, uint32_t at)
{
	struct line *line = &reading->lines.items[reading->lines.count - 1];
	uint8_t kind = reading->tokens[at].kind;
	reading->behind = line->behind = at + 1;
	line->depth = reading->depth;
	line->opener = reading->depth ? top(reading)->token : UINT32_MAX;
	line->has_content |= !token_is_closer(kind) && kind != TOKEN_COMMA;
}

static void read_token(struct bracket_scan *reading, uint32_t at, bool is_first, uint32_t indent)
{
	uint8_t kind = reading->tokens[at].kind;
	if (token_is_closer(kind))
		read_closer(reading, at, is_first, indent);
	else if (token_closer(kind) != TOKEN_END)
		read_opener(reading, at, indent);
	else if (kind == TOKEN_STRING_MID || kind == TOKEN_STRING_TAIL)
		while (top(reading)->closer != TOKEN_STRING_TAIL)
			insert_closer(reading);
	if (kind == TOKEN_STRING_TAIL)
		reading->depth--;
}

static void read_file(struct bracket_scan *reading)
{
	bool is_first = true;
	uint32_t indent = 0, at = 0;
	for (; reading->tokens[at].kind != TOKEN_END && !reading->too_deep; at++) {
		uint8_t kind = reading->tokens[at].kind;
		if (kind == TOKEN_NEWLINE)
			is_first = true;
		if (kind <= TOKEN_BAD)
			continue;
		if (is_first) {
			indent = indent_of(reading, at);
			begin_line(reading, indent);
			read_line_start(reading, at, indent);
		}
		read_token(reading, at, is_first, indent);
		is_first = false;
		end_token(reading, at);
	}
	while (reading->depth && !reading->too_deep)
		insert_closer(reading);
	struct bracket_repair last = {UINT32_MAX, 0, TOKEN_END};
	vec_push(reading->arena, &reading->repairs, last);
}

static const char *bracket_text(const struct token *token)
{
	return token->kind == TOKEN_STRING_HEAD ? "${" : token_kind_name(token->kind);
}

static struct span token_span(const struct token *token)
{
	return span_of(token->start, token->end);
}

/* All closers that are missing at one place are one message. */
static const struct bracket_repair *report_missing(struct syntax_errors *errors, const struct token *tokens,
                                                   const struct bracket_repair *repair)
{
	const struct token *opener = &tokens[repair->opener];
	uint32_t at = tokens[repair->token - 1].end;
	bool is_echo = syntax_error_exists(errors, opener->start) ||
	               syntax_error_exists(errors, tokens[repair->token - 1].start);
	struct diag *diag = is_echo ? NULL : syntax_error_report(errors, SP1101, span_of(at, at), "a `%s` is not closed",
	                                              bracket_text(opener));
	struct text closers = {0};
	const struct bracket_repair *next = repair;
	for (; next->token == repair->token && token_is_closer(next->closer); next++) {
		text_puts(&closers, token_kind_name(next->closer));
		syntax_error_cover(errors, tokens[next->opener].start);
		if (diag && next - repair < 4)
			diag_related(diag, errors->file, token_span(&tokens[next->opener]), "`%s` opens here",
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
	struct diag *diag = syntax_error_report(errors, SP1101, token_span(closer), "a `%s` is closed by `%s`",
	                             bracket_text(opener), bracket_text(closer));
	if (!diag)
		return;
	diag_label(diag, "`%s` closes it", token_kind_name(wanted));
	diag_related(diag, errors->file, token_span(opener), "`%s` opens here", bracket_text(opener));
	diag_edit(diag, token_span(closer), token_kind_name(wanted));
}

static void report_surplus(struct syntax_errors *errors, const struct token *closer)
{
	struct diag *diag = syntax_error_report(errors, SP1102, token_span(closer), "this `%s` closes nothing",
	                             bracket_text(closer));
	if (!diag)
		return;
	diag_help(diag, "remove it, or write the bracket that it closes");
	diag_edit(diag, token_span(closer), "");
}

/* A closer whose opener was put in; `repair` says where. */
static void report_missing_opener(struct syntax_errors *errors, const struct token *tokens,
                                  const struct bracket_repair *repair)
{
	const struct token *closer = &tokens[repair->opener];
	uint32_t at = tokens[repair->token - 1].end;
	if (syntax_error_exists(errors, at))
		return;
	struct diag *diag = syntax_error_report(errors, SP1102, token_span(closer), "this `%s` closes nothing",
	                             bracket_text(closer));
	syntax_error_cover(errors, at);
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
	read_file(&plain);
	if (plain.repairs.count == 1 && !plain.too_deep)
		return plain.repairs.items;
	struct bracket_scan indented = {.arena = arena, .file = errors->file, .tokens = tokens,
	                           .trusts_indentation = true};
	read_file(&indented);
	bool is_plain = !plain.too_deep && (indented.too_deep || plain.cost + plain.cost / 4 < indented.cost);
	const struct bracket_scan *better = is_plain ? &plain : &indented;
	if (better->too_deep) {
		struct diag *diag = syntax_error_report(errors, SP1103, token_span(&tokens[better->too_deep]),
		                             "brackets are nested deeper than %d levels", PARSE_MAX_DEPTH);
		if (diag)
			diag_help(diag, "name inner parts with `let`");
		return NULL;
	}
	report_repairs(errors, tokens, better->repairs.items);
	return better->repairs.items;
}

#include "syntax/recover_repair.h"

#include "base/suggest.h"
#include "base/utf8.h"

#include <string.h>

/* How many symbols the parser must accept after a repair: up to the end of the line, but at most LOOKAHEAD. If no
 * repair gets that far, because another error is close, the second round is lenient: the symbol itself is enough. */
enum { LOOKAHEAD = 6, SYMBOL_ONLY = 1 };

struct repair_search {
	const struct recovery *recovery;
	const struct terminal *symbol;
	struct terminal lookahead[LOOKAHEAD]; /* from the symbol itself to the end of its line */
	size_t count;
	bool is_lenient; /* it is enough that the parser accepts the symbol itself */
};

static struct diag *report(const struct repair_search *search, enum diag_code code, const char *message)
{
	struct syntax_errors *errors = search->recovery->errors;
	return syntax_error_report(errors, code, search->symbol->span, "%s", message);
}

static const char *source_text(const struct repair_search *search, struct span span)
{
	const struct tree_builder *builder = search->recovery->builder;
	uint32_t length = span.end - span.start;
	if (length > 60)
		length = 60;
	const char *text = builder->file->text + span.start;
	while (length > 0 && length < span.end - span.start && utf8_continues(text[length]))
		length--;
	const char *line_end = memchr(text, '\n', length);
	if (line_end)
		length = (uint32_t)(line_end - text);
	return arena_printf(builder->arena, "%.*s", (int)length, text);
}

/* The symbol as messages show it: its text, or the end of the line or file. */
static const char *describe_symbol(const struct repair_search *search, const struct terminal *symbol)
{
	if (symbol->span.start == symbol->span.end || (symbol->token == T_NL && symbol->span.end &&
	    search->recovery->builder->file->text[symbol->span.start] != ','))
		return symbol->token == T_END ? "end of file" : "end of line";
	if (symbol->token == T_MID || symbol->token == T_TAIL)
		return "`}`";
	return arena_printf(search->recovery->builder->arena, "`%s`", source_text(search, symbol->span));
}

/* " after `x`", or "" at the start of a line. */
static const char *after_previous(const struct repair_search *search)
{
	const struct terminal *last = &search->recovery->last[0];
	if (last->token == T_NL || last->span.start == last->span.end)
		return "";
	return arena_printf(search->recovery->builder->arena, " after `%s`", source_text(search, last->span));
}

static bool accepts(const struct repair_search *search, int token)
{
	return parser_accepts(search->recovery->state, token);
}

/* Whether the parser accepts enough symbols after this repair. */
static bool lets_parser_continue(const struct repair_search *search, const struct repair *repair)
{
	struct parser_choice choices[LOOKAHEAD + REPAIR_MAX];
	size_t count = 0, reach = search->is_lenient ? SYMBOL_ONLY + repair->deletes : LOOKAHEAD;
	for (size_t i = 0; i < repair->count; i++)
		choices[count++] = (struct parser_choice){repair->symbols[i].token, repair->symbols[i].keyword};
	for (size_t i = repair->deletes; i < search->count && i < reach; i++)
		choices[count++] = (struct parser_choice){search->lookahead[i].token, search->lookahead[i].keyword};
	return parser_try(search->recovery->state, choices, count) == count;
}

static struct repair insertion(const struct repair_search *search, short token)
{
	uint32_t at = search->symbol->span.start;
	if (search->recovery->last[0].token != T_NL && search->recovery->last[0].span.end)
		at = search->recovery->last[0].span.end;
	return (struct repair){{{token, 0, {at, at}, search->symbol->index}}, 1, false};
}

static struct repair substitution(const struct repair_search *search, short token)
{
	return (struct repair){{{token, 0, search->symbol->span, search->symbol->index}}, 1, true};
}

static bool starts_line(const struct repair_search *search)
{
	short last = search->recovery->last[0].token;
	return last == 0 || last == T_NL || last == T_LBRACE;
}

/* --- errors with messages of their own ---
 *
 * Each function recognizes one error. If the repair works, it sets `repair`, reports the error and returns true. */

static const char *nearest_keyword(const struct repair_search *search, const char *word, short *token)
{
	static const struct {
		const char *text;
		short token;
	} words[] = {
#define WORD(name, text) {text, T_##name},
		DECLARATION_WORDS(WORD) CLAUSE_WORDS(WORD)
#undef WORD
	};
	struct suggest suggest;
	suggest_init(&suggest, word);
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (accepts(search, words[i].token))
			suggest_offer(&suggest, words[i].text);
	const char *nearest = suggest_result(&suggest);
	for (size_t i = 0; nearest && i < sizeof words / sizeof *words; i++)
		if (words[i].text == nearest)
			*token = words[i].token;
	return nearest;
}

/* An unknown word at the start of a line: a misspelled keyword, or a field without its colon. */
static bool unknown_word(struct repair *repair, const struct repair_search *search)
{
	const struct terminal *symbol = search->symbol;
	if (symbol->token != T_WORD || !accepts(search, T_KEY) || !starts_line(search) || search->is_lenient)
		return false;
	const char *word = source_text(search, symbol->span);
	short keyword = 0;
	const char *nearest = nearest_keyword(search, word, &keyword);
	*repair = substitution(search, keyword);
	if (nearest && lets_parser_continue(search, repair)) {
		struct diag *diag = syntax_error_report(search->recovery->errors, SP1108, symbol->span,
		                             "`%s` does not start a declaration or clause", word);
		if (diag) {
			diag_help(diag, "did you mean `%s`?", nearest);
			diag_edit(diag, symbol->span, nearest);
		}
		return true;
	}
	*repair = substitution(search, T_KEY);
	repair->symbols[1] = (struct terminal){T_COLON, 0, {symbol->span.end, symbol->span.end}, symbol->index};
	repair->count = 2;
	if (search->count < 3 || search->recovery->layout->depth == 0 || !lets_parser_continue(search, repair))
		return false;
	struct diag *diag = syntax_error_report(search->recovery->errors, SP1106, symbol->span,
	                             "expected `:` after `%s`", word);
	if (diag) {
		diag_help(diag, "write a field as `name: value`");
		diag_edit(diag, span_of(symbol->span.end, symbol->span.end), ":");
	}
	return true;
}

/* Words that people write for the ends of a step, and what the language writes. */
static const struct end_word {
	const char *word, *clause;
	short tokens[3]; /* that push the clause without its `on` and `of`, then 0 */
} end_words[] = {
	{"failure", "on failure of", {T_FAILURE}},     {"failures", "on failure of", {T_FAILURE}},
	{"failed", "on failure of", {T_FAILURE}},      {"fail", "on failure of", {T_FAILURE}},
	{"fails", "on failure of", {T_FAILURE}},       {"failing", "on failure of", {T_FAILURE}},
	{"error", "on failure of", {T_FAILURE}},       {"errors", "on failure of", {T_FAILURE}},
	{"stop", "on stop of", {T_STOP}},              {"stopped", "on stop of", {T_STOP}},
	{"stops", "on stop of", {T_STOP}},             {"stopping", "on stop of", {T_STOP}},
	{"any", "on any end of", {T_ANY, T_ENDING}},   {"end", "on any end of", {T_ANY, T_ENDING}},
	{"ended", "on any end of", {T_ANY, T_ENDING}}, {"always", "on any end of", {T_ANY, T_ENDING}},
	{"success", "depends on", {T_FAILURE}},        {"succeeded", "depends on", {T_FAILURE}},
	{"completion", "depends on", {T_FAILURE}},     {"completed", "depends on", {T_FAILURE}},
};

/* The entry of a word, or of one that is nearly spelled like it. */
static const struct end_word *find_end_word(const struct repair_search *search, const struct terminal *symbol, bool may_guess)
{
	enum { COUNT = sizeof end_words / sizeof *end_words };
	const char *word = source_text(search, symbol->span), *nearest;
	struct suggest suggest;
	suggest_init(&suggest, word);
	for (size_t i = 0; i < COUNT; i++) {
		if (strcmp(end_words[i].word, word) == 0)
			return &end_words[i];
		suggest_offer(&suggest, end_words[i].word);
	}
	nearest = may_guess ? suggest_result(&suggest) : NULL;
	for (size_t i = 0; nearest && i < COUNT; i++)
		if (end_words[i].word == nearest)
			return &end_words[i];
	return NULL;
}

static bool is_of(const struct terminal *symbol)
{
	return symbol->keyword == T_OF || symbol->token == T_OF;
}

static void report_run_condition(const struct repair_search *search, struct span span, const char *clause)
{
	struct diag *diag = syntax_error_report(search->recovery->errors, SP1109, span, "expected `%s`, not `%s`", clause,
	                                        source_text(search, span));
	if (diag) {
		diag_help(diag, "write `%s STEP`", clause);
		diag_edit(diag, span, clause);
	}
}

/* A misspelled or incomplete run condition: `on failed of A`, `on fail A`, `on failure A`, `on any of A`. */
static bool wrong_run_condition(struct repair *repair, const struct repair_search *search)
{
	const struct terminal *symbol = search->symbol, *last = search->recovery->last;
	bool is_started = last[0].token == T_ON && accepts(search, T_FAILURE) && symbol->token == T_WORD;
	bool is_any = last[0].token == T_ANY && accepts(search, T_ENDING);
	bool is_named = (last[0].token == T_FAILURE || last[0].token == T_STOP || last[0].token == T_ENDING) && accepts(search, T_OF);
	const struct end_word *end = is_started ? find_end_word(search, symbol, true) : NULL;
	if (is_any)
		end = find_end_word(search, &last[0], false);
	if ((!end && !is_named) || search->is_lenient)
		return false;
	bool is_word = is_started || (is_any && symbol->token == T_WORD && search->count > 1 && is_of(&search->lookahead[1]));
	*repair = insertion(search, T_OF);
	repair->count = 0;
	for (size_t i = is_any; end && end->tokens[i]; i++) {
		repair->symbols[repair->count] = repair->symbols[0];
		repair->symbols[repair->count++].token = end->tokens[i];
	}
	const struct terminal *of = is_word && search->count > 1 ? &search->lookahead[1] : symbol;
	if (!is_of(of)) {
		repair->symbols[repair->count] = repair->symbols[0];
		repair->symbols[repair->count++].token = T_OF;
	}
	repair->deletes = is_word;
	if (!lets_parser_continue(search, repair))
		return false;
	uint32_t start = is_started || last[0].token == T_ENDING ? last[0].span.start : last[1].span.start;
	if (!end) {
		struct diag *diag = syntax_error_report(search->recovery->errors, SP1106, symbol->span, "expected `of`%s",
		                                        after_previous(search));
		if (diag)
			diag_edit(diag, repair->symbols[0].span, " of");
		return true;
	}
	report_run_condition(search, span_of(start, is_of(of) ? of->span.end : is_word ? symbol->span.end : last[0].span.end), end->clause);
	return true;
}

/* A run condition after a word that takes something else: `when failed A`, `depends on failure of A`. */
static bool misplaced_run_condition(struct repair *repair, const struct repair_search *search)
{
	const struct terminal *symbol = search->symbol, *last = search->recovery->last;
	const struct end_word *end = last[0].token == T_WORD ? find_end_word(search, &last[0], false) : NULL;
	const struct token *before = last[1].index ? &search->recovery->layout->tokens[last[1].index - 1] : NULL;
	bool is_when = last[1].token == T_WHEN, is_depends = last[1].token == T_ON && before && before->keyword == KEYWORD_DEPENDS;
	if (!end || symbol->token != T_WORD || !(is_when || is_depends) || search->is_lenient)
		return false;
	*repair = insertion(search, is_when ? T_AND : T_COMMA);
	repair->deletes = is_of(symbol);
	if (is_when ? !accepts(search, T_AND) : !lets_parser_continue(search, repair)) /* a list after `when` fails later */
		return false;
	struct span span = span_of(is_when ? last[1].span.start : before->start, is_of(symbol) ? symbol->span.end : last[0].span.end);
	report_run_condition(search, span, end->clause);
	return true;
}

/* `name = value` at the top level, where a field makes no sense. */
static void report_missing_let(const struct repair_search *search)
{
	struct span name = search->recovery->last[0].span;
	const char *word = source_text(search, name);
	struct diag *diag = syntax_error_report(search->recovery->errors, SP1108, name, "`%s` does not start a declaration", word);
	if (!diag)
		return;
	diag_help(diag, "write a name for a value as `let %s = …`", word);
	diag_edit(diag, span_of(name.start, name.start), "let ");
}

/* `=` instead of `:` or `==`. */
static bool wrong_assign(struct repair *repair, const struct repair_search *search)
{
	const struct terminal *last = search->recovery->last;
	if (search->symbol->token != T_ASSIGN)
		return false;
	bool is_argument = last[0].token == T_WORD && (last[1].token == T_LPAREN || last[1].token == T_COMMA);
	short token = accepts(search, T_COLON) ? T_COLON : T_EQ;
	*repair = substitution(search, token);
	if (!accepts(search, token) || !lets_parser_continue(search, repair))
		return false;
	if (last[0].token == T_KEY && search->recovery->layout->depth == 0) {
		report_missing_let(search);
		return true;
	}
	bool is_colon = token == T_COLON || is_argument;
	struct diag *diag = report(search, SP1109, is_colon ? "expected `:`, not `=`" : "`=` is not a comparison");
	if (!diag)
		return true;
	if (!search->recovery->layout->depth && is_colon) {
		diag_help(diag, "declare a value with `let %s = ...`", source_text(search, last[0].span));
		diag_edit(diag, span_of(last[0].span.start, last[0].span.start), "let ");
		return true;
	}
	if (is_colon)
		diag_help(diag, "write %s as `name: value`", is_argument ? "a named argument" : "a field");
	else
		diag_help(diag, "write `==` to compare");
	diag_edit(diag, search->symbol->span, is_colon ? ":" : "==");
	return true;
}

/* `:` instead of `=`: `param x: String: 1`. */
static bool wrong_colon(struct repair *repair, const struct repair_search *search)
{
	*repair = substitution(search, T_ASSIGN);
	if (search->symbol->token != T_COLON || !accepts(search, T_ASSIGN) || !lets_parser_continue(search, repair))
		return false;
	struct diag *diag = report(search, SP1109, "expected `=`, not `:`");
	if (diag)
		diag_edit(diag, search->symbol->span, "=");
	return true;
}

/* `>=` instead of `> =`: `List<String>= []`. */
static bool joined_angle(struct repair *repair, const struct repair_search *search)
{
	const struct terminal *symbol = search->symbol;
	if (symbol->token != T_GE || !accepts(search, T_GT))
		return false;
	*repair = substitution(search, T_GT);
	repair->symbols[1] = *symbol;
	repair->symbols[1].token = T_ASSIGN;
	repair->symbols[1].span.start = repair->symbols[0].span.end = symbol->span.start + 1;
	repair->count = 2;
	struct diag *diag = report(search, SP1109, "`>=` is a single operator");
	if (diag) {
		diag_help(diag, "write a space between `>` and `=`");
		diag_edit(diag, symbol->span, "> =");
	}
	return true;
}

static bool is_comparison(short token)
{
	return token == T_EQ || token == T_NE || token == T_LT || token == T_LE || token == T_GT ||
	       token == T_GE || token == T_IN;
}

/* `a < b < c`. The parser continues as if the second comparison were `??`, which binds more loosely and accepts any
 * operands. */
static bool chained_comparison(struct repair *repair, const struct repair_search *search)
{
	*repair = substitution(search, T_COALESCE);
	if (!is_comparison(search->symbol->token) || !accepts(search, T_COALESCE) || !lets_parser_continue(search, repair))
		return false;
	struct diag *diag = report(search, SP1109, "comparisons cannot be chained");
	if (diag)
		diag_help(diag, "write `a < b and b < c`");
	return true;
}

/* A reserved word or a string instead of a name. */
static bool wrong_name(struct repair *repair, const struct repair_search *search)
{
	const struct terminal *symbol = search->symbol;
	bool is_reserved = symbol->token >= T_TRUE && symbol->token <= T_ELSE;
	bool is_quoted = symbol->token == T_STRING && !accepts(search, T_NUMBER);
	if (!accepts(search, T_WORD) || !(is_reserved || is_quoted))
		return false;
	*repair = substitution(search, accepts(search, T_NUMBER) ? T_MISSING : T_WORD);
	if (is_quoted && symbol->span.end - symbol->span.start > 2) {
		repair->symbols[0].span.start++;
		repair->symbols[0].span.end--;
	}
	if (!lets_parser_continue(search, repair))
		return false;
	if (is_reserved) {
		report(search, SP1109, arena_printf(search->recovery->builder->arena,
		                                    "`%s` is reserved and cannot be a name",
		                                    source_text(search, symbol->span)));
		return true;
	}
	struct diag *diag = report(search, SP1109, "expected a name, not a string");
	short declaration = search->recovery->last[0].token;
	bool has_as = declaration == T_STEP || declaration == T_CONDITION || declaration == T_PARAM ||
	              declaration == T_USE || declaration == T_OUTPUT || declaration == T_FILE;
	if (diag)
		diag_help(diag, has_as ? "write the name without quotes; `as \"…\"` after it sets the name that SageMaker shows"
		                       : "remove the quotes");
	return true;
}

/* A bare word instead of a string: `enum E { a }`. */
static bool bare_text(struct repair *repair, const struct repair_search *search)
{
	const struct terminal *symbol = search->symbol;
	*repair = substitution(search, T_MISSING);
	if (symbol->token != T_WORD || !accepts(search, T_STRING) || accepts(search, T_KEY) ||
	    accepts(search, T_NUMBER) || !lets_parser_continue(search, repair))
		return false;
	struct diag *diag = report(search, SP1109, "expected a string");
	const char *quoted = arena_printf(search->recovery->builder->arena, "\"%s\"",
	                                  source_text(search, symbol->span));
	if (diag) {
		diag_help(diag, "write `%s`", quoted);
		diag_edit(diag, symbol->span, quoted);
	}
	return true;
}

/* A value on the line after its `:` or `=`. */
static bool value_below(struct repair *repair, const struct repair_search *search)
{
	short last = search->recovery->last[0].token;
	if (search->symbol->token != T_NL || (last != T_COLON && last != T_ASSIGN))
		return false;
	struct layout layout = *search->recovery->layout;
	struct terminal next = layout_next(&layout);
	if (next.token == T_KEY || next.keyword || next.token == T_ELLIPSIS || !accepts(search, next.token))
		return false;
	*repair = (struct repair){.deletes = true};
	struct diag *diag = syntax_error_report(search->recovery->errors, SP1109, next.span,
	                             "a value must start on the line of its `%s`", last == T_COLON ? ":" : "=");
	if (diag)
		diag_help(diag, "move it up; a long value can continue after an operator or inside brackets");
	return true;
}

/* A clause that lacks its first word: `for "P7D"`. */
static bool missing_first_word(struct repair *repair, const struct repair_search *search)
{
	*repair = insertion(search, T_CACHE);
	if (search->symbol->token != T_FOR || !starts_line(search) || !lets_parser_continue(search, repair))
		return false;
	struct diag *diag = report(search, SP1106, "expected `cache` before `for`");
	if (diag)
		diag_edit(diag, span_of(search->symbol->span.start, search->symbol->span.start), "cache ");
	return true;
}

/* A value instead of a type: `let x: 1`. */
static bool value_for_type(struct repair *repair, const struct repair_search *search)
{
	*repair = insertion(search, T_MISSING);
	repair->symbols[1] = repair->symbols[0];
	repair->symbols[1].token = T_ASSIGN;
	repair->count = 2;
	if (!accepts(search, T_LITERAL) || search->is_lenient || !lets_parser_continue(search, repair))
		return false;
	struct diag *diag = report(search, SP1105, "expected a type after `:`");
	if (diag)
		diag_help(diag, "write the value after `=`");
	return true;
}

static bool is_bracket(short token)
{
	return (token >= T_LBRACE && token <= T_RPAREN) || (token >= T_HEAD && token <= T_TAIL);
}

/* Whether the call has a named argument before the symbol, or directly after it. */
static bool is_among_named(const struct repair_search *search)
{
	if (layout_has_named_argument(search->recovery->layout))
		return true;
	for (size_t i = 1; i + 1 < search->count; i++)
		if (search->lookahead[i].token == T_COMMA && search->lookahead[i + 1].token == T_KEY)
			return true;
	return false;
}

/* A named argument without its colon: `f(name value, other: 2)`. The value is dropped, so that it is not taken for another argument. */
static bool missing_argument_colon(struct repair *repair, const struct repair_search *search)
{
	const struct terminal *last = search->recovery->last;
	*repair = (struct repair){.deletes = true};
	if (last[0].token != T_WORD || (last[1].token != T_LPAREN && last[1].token != T_COMMA) || !is_among_named(search) ||
	    is_bracket(search->symbol->token) || !lets_parser_continue(search, repair))
		return false;
	struct diag *diag = syntax_error_report(search->recovery->errors, SP1106, search->symbol->span, "expected `:`%s",
	                                        after_previous(search));
	if (diag) {
		diag_help(diag, "write a named argument as `name: value`");
		diag_edit(diag, span_of(last[0].span.end, last[0].span.end), ":");
	}
	return true;
}

/* --- other errors: a missing or surplus symbol --- */

/* What is missing where the parser accepts MISSING, for messages. */
static const char *missing_noun(const struct repair_search *search)
{
	if (accepts(search, T_NUMBER))
		return search->recovery->last[0].token == T_IF ? "a condition" : "a value";
	if (accepts(search, T_LITERAL))
		return "a type";
	if (accepts(search, T_STRING))
		return "a string";
	if (accepts(search, T_LBRACE) && !accepts(search, T_WORD))
		return "a block `{ … }`";
	if (accepts(search, T_WORD))
		return search->recovery->last[0].token == T_COLON ? "a kind" : "a name";
	return "something";
}

static bool missing_construct(struct repair *repair, const struct repair_search *search)
{
	*repair = insertion(search, T_MISSING);
	if (!accepts(search, T_MISSING) || !lets_parser_continue(search, repair))
		return false;
	struct diag *diag = syntax_error_report(search->recovery->errors, SP1106, search->symbol->span,
	                             "expected %s%s", missing_noun(search), after_previous(search));
	if (diag && search->symbol->token != T_NL)
		diag_label(diag, "found %s", describe_symbol(search, search->symbol));
	return true;
}

static bool missing_symbol(struct repair *repair, const struct repair_search *search)
{
	static const struct {
		short token;
		const char *name;
	} symbols[] = {
		{T_ASSIGN, "`=`"}, {T_COLON, "`:`"}, {T_COMMA, "`,`"}, {T_NL, "a new line"}, {T_WORD, "a name"},
		{T_ON, "`on`"}, {T_OF, "`of`"}, {T_ONE, "`one`"}, {T_FILE, "`file`"}, {T_FOR, "`for`"},
		{T_FROM, "`from`"}, {T_AT, "`at`"}, {T_IN, "`in`"}, {T_IF, "`if`"}, {T_LEAST, "`least`"},
	};
	bool is_operand = accepts(search, T_PLUS);
	for (size_t i = 0; i < sizeof symbols / sizeof *symbols; i++) {
		short token = symbols[i].token;
		*repair = insertion(search, token);
		if (!accepts(search, token) || (token == T_IN && is_operand) ||
		    (search->is_lenient && (token == T_NL || token == T_WORD)) || !lets_parser_continue(search, repair))
			continue;
		bool is_separator = token == T_NL || token == T_COMMA;
		struct diag *diag = syntax_error_report(
			search->recovery->errors, is_separator ? SP1107 : SP1106, search->symbol->span,
			"expected %s%s", symbols[i].name,
			is_separator && search->symbol->token != T_NL
				? arena_printf(search->recovery->builder->arena, " before %s",
			                       describe_symbol(search, search->symbol))
				: after_previous(search));
		if (diag && token == T_NL)
			diag_help(diag, "write each field on its own line, or separate fields with commas; a declaration or clause ends "
			                "with its line");
		if (diag && token == T_COMMA)
			diag_edit(diag, repair->symbols[0].span, ",");
		return true;
	}
	return false;
}

/* A field or named argument after another, without a comma: `{ a: 1 b: 2 }`. */
static bool run_on_field(struct repair *repair, const struct repair_search *search)
{
	struct layout layout = *search->recovery->layout;
	bool is_field = accepts(search, T_NL), is_argument = layout_has_named_argument(&layout) && accepts(search, T_COMMA);
	if (search->symbol->token != T_WORD || !(is_field || is_argument) || layout_next(&layout).token != T_COLON)
		return false;
	*repair = insertion(search, is_field ? T_NL : T_COMMA);
	repair->symbols[1] = *search->symbol;
	repair->symbols[1].token = T_KEY;
	repair->count = 2;
	repair->deletes = true;
	if (!lets_parser_continue(search, repair))
		return false;
	struct diag *diag = syntax_error_report(search->recovery->errors, SP1107, search->symbol->span, "expected %s before %s",
	                                        is_field ? "a comma or a new line" : "`,`", describe_symbol(search, search->symbol));
	if (diag)
		diag_edit(diag, repair->symbols[0].span, ",");
	return true;
}

/* A line that ends too early: `let x`, `a ? b`, `step X`. */
static bool truncated_line(struct repair *repair, const struct repair_search *search)
{
	static const short wanted[] = {T_COLON, T_ASSIGN, T_IF, T_FROM, T_AT, T_ON, T_OF};
	for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
		*repair = insertion(search, wanted[i]);
		for (; repair->count < REPAIR_MAX && accepts(search, wanted[i]); repair->count++) {
			if (repair->count > 1 && lets_parser_continue(search, repair)) {
				syntax_error_report(search->recovery->errors, SP1106, search->symbol->span,
				                    "expected %s%s", parser_token_text(wanted[i]), after_previous(search));
				return true;
			}
			repair->symbols[repair->count] = repair->symbols[0];
			repair->symbols[repair->count].token = T_MISSING;
		}
	}
	return false;
}

/* Whether a token continues an expression. Messages do not list such tokens. */
static bool continues_value(int token)
{
	return (token >= T_DOT && token <= T_PERCENT && token != T_ELLIPSIS && token != T_ASSIGN) ||
	       token == T_AND || token == T_OR || token == T_IN || token == T_LBRACKET || token == T_LPAREN;
}

/* The tokens that the parser accepts here: "`,` or `]`". NULL if they are too many to list. */
static const char *expected_text(const struct repair_search *search)
{
	enum { ROOM = 40, MOST = 5 };
	int tokens[ROOM];
	size_t count = parser_expected(search->recovery->state, tokens, ROOM), kept = 0;
	bool is_operand = accepts(search, T_PLUS);
	const char *names[ROOM], *text = "";
	if (accepts(search, T_LITERAL))
		return "a type";
	for (size_t i = 0; i < count; i++)
		if (tokens[i] != T_MISSING && tokens[i] != T_MID && !(is_operand && continues_value(tokens[i])))
			names[kept++] = parser_token_text(tokens[i]);
	for (size_t i = 0; i < kept && kept <= MOST; i++)
		text = arena_printf(search->recovery->builder->arena, "%s%s%s", text,
		                    i == 0 ? "" : i + 1 == kept ? " or " : ", ", names[i]);
	return kept && kept <= MOST ? text : NULL;
}

static void report_unexpected(const struct repair_search *search)
{
	const char *expected = expected_text(search), *here = describe_symbol(search, search->symbol);
	struct syntax_errors *errors = search->recovery->errors;
	const struct terminal *last = &search->recovery->last[0];
	struct diag *diag = NULL;
	if (starts_line(search) && search->symbol->token == T_WORD)
		syntax_error_report(errors, SP1108, search->symbol->span, "%s does not start a declaration, clause or field", here);
	else if (expected)
		diag = syntax_error_report(errors, SP1105, search->symbol->span, "expected %s%s", expected, after_previous(search));
	else if (starts_line(search) || last->span.start == last->span.end)
		syntax_error_report(errors, SP1105, search->symbol->span, "unexpected %s", here);
	else
		diag = syntax_error_report(errors, SP1105, search->symbol->span, "unexpected %s after `%s`", here,
		                           source_text(search, last->span));
	if (diag && search->symbol->token == T_COMMA)
		diag_help(diag, "a clause or declaration ends with its line; commas separate fields, and elements in brackets");
	if (diag && expected && search->symbol->token != T_NL)
		diag_label(diag, "found %s", here);
}

static bool surplus_symbol(struct repair *repair, const struct repair_search *search)
{
	short token = search->symbol->token;
	*repair = (struct repair){.deletes = true};
	if (is_bracket(token) || token == T_NL || token == T_END || !lets_parser_continue(search, repair))
		return false;
	report_unexpected(search);
	return true;
}

static void look_ahead(struct repair_search *search)
{
	struct layout layout = *search->recovery->layout;
	struct terminal symbol = *search->symbol;
	for (;;) {
		search->lookahead[search->count++] = symbol;
		if (symbol.token == T_NL || symbol.token == T_END || search->count == LOOKAHEAD)
			return;
		symbol = layout_next(&layout);
	}
}

bool recover_find_repair(struct repair *repair, const struct recovery *recovery, const struct terminal *symbol)
{
	static bool (*const attempts[])(struct repair *, const struct repair_search *) = {
		unknown_word, wrong_run_condition, misplaced_run_condition, wrong_assign, wrong_colon, joined_angle, chained_comparison,
		wrong_name, bare_text, value_below, missing_first_word, value_for_type, run_on_field, missing_argument_colon,
		missing_construct, missing_symbol, truncated_line, surplus_symbol,
	};
	struct repair_search search = {.recovery = recovery, .symbol = symbol};
	look_ahead(&search);
	for (int round = 0; round < 2; round++, search.is_lenient = true)
		for (size_t i = 0; i < sizeof attempts / sizeof *attempts; i++)
			if (attempts[i](repair, &search))
				return true;
	report_unexpected(&search);
	return false;
}

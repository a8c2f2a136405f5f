/* Tokens that the grammar can recognize only with lookahead: significant line ends, commas that separate fields, and words
 * that are keys. The rules are those of the compiler's layout pass; there is no state. The parser calls the scanner only
 * where such a token is allowed, so brackets need not be counted here. */
#include "tree_sitter/parser.h"

#include <string.h>

enum token { LINE_END, FIELD_COMMA, KEY, ERROR_SENTINEL };

static bool is_letter(int32_t c)
{
	return c == '_' || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static bool is_word(int32_t c)
{
	return is_letter(c) || (c >= '0' && c <= '9');
}

static void advance(TSLexer *lexer)
{
	lexer->advance(lexer, false);
}

static void pass_blanks(TSLexer *lexer)
{
	while (lexer->lookahead == ' ' || lexer->lookahead == '\t')
		advance(lexer);
}

/* Called after a `/`: passes the rest of a comment; false if it is not a comment. */
static bool pass_comment(TSLexer *lexer)
{
	if (lexer->lookahead == '/') {
		while (!lexer->eof(lexer) && lexer->lookahead != '\n')
			advance(lexer);
		return true;
	}
	if (lexer->lookahead != '*')
		return false;
	advance(lexer);
	for (int32_t previous = 0; !lexer->eof(lexer); advance(lexer)) {
		if (previous == '*' && lexer->lookahead == '/') {
			advance(lexer);
			return true;
		}
		previous = lexer->lookahead;
	}
	return true;
}

/* Passes blanks, line ends and comments. Stops after a `/` that does not begin a comment, and sets *has_slash. */
static void pass_gap(TSLexer *lexer, bool *has_line_end, bool *has_comment, bool *has_slash)
{
	for (;; ) {
		if (lexer->lookahead == '/') {
			advance(lexer);
			if (!pass_comment(lexer)) {
				*has_slash = true;
				return;
			}
			*has_comment = true;
		} else if (lexer->lookahead == '\n') {
			*has_line_end = true;
			advance(lexer);
		} else if (lexer->lookahead == ' ' || lexer->lookahead == '\t' || lexer->lookahead == '\r' ||
		           lexer->lookahead == 0xFEFF) {
			advance(lexer);
		} else {
			return;
		}
	}
}

/* Whether `:` or `?:` follows, after a word or string. */
static bool is_colon_next(TSLexer *lexer)
{
	pass_blanks(lexer);
	if (lexer->lookahead == '?') {
		advance(lexer);
		pass_blanks(lexer);
	}
	return lexer->lookahead == ':';
}

static bool is_key(TSLexer *lexer)
{
	if (lexer->lookahead == '"') {
		do {
			if (lexer->lookahead == '\\')
				advance(lexer);
			advance(lexer);
		} while (!lexer->eof(lexer) && lexer->lookahead != '"' && lexer->lookahead != '\n');
		if (lexer->lookahead != '"')
			return false;
		advance(lexer);
		return is_colon_next(lexer);
	}
	if (!is_letter(lexer->lookahead))
		return false;
	while (is_word(lexer->lookahead))
		advance(lexer);
	return is_colon_next(lexer);
}

enum { WORD_ROOM = 16 };

/* Passes a word, and stores it, cut to the room. */
static void pass_word(TSLexer *lexer, char word[WORD_ROOM])
{
	size_t length = 0;
	for (; is_word(lexer->lookahead); advance(lexer))
		if (length < WORD_ROOM - 1)
			word[length++] = (char)lexer->lookahead;
	word[length] = '\0';
}

static bool is_one_of(const char *word, const char *const *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(word, words[i]) == 0)
			return true;
	return false;
}

/* Whether a field begins here or, if a statement may, a declaration or clause: its word, before another word or a string. */
static bool is_item(TSLexer *lexer, bool may_be_statement)
{
	static const char *const reserved[] = {"true", "false", "null", "and", "or", "not", "in", "if", "else"};
	static const char *const statements[] = {
		"import", "pipeline", "param", "config", "let", "step", "condition", "kind", "component", "export", "use", "defaults",
		"function", "schedule", "assert", "shape", "enum", "type", "test", "depends", "cache", "retry", "property", "output",
		"when", "given", "expect", "arguments", "keys", "properties", "clauses", "require", "terminal", "advise", "writes",
		"makes", "deploys", "needs", "on", "foreach", "pick",
	};
	char word[WORD_ROOM], next[WORD_ROOM];
	if (!is_letter(lexer->lookahead))
		return is_key(lexer);
	pass_word(lexer, word);
	if (is_colon_next(lexer))
		return true;
	if (!may_be_statement || !is_one_of(word, statements, sizeof statements / sizeof *statements))
		return false;
	if (!is_letter(lexer->lookahead))
		return lexer->lookahead == '"';
	pass_word(lexer, next);
	bool is_reserved = is_one_of(next, reserved, sizeof reserved / sizeof *reserved);
	return !is_reserved && (strcmp(next, "for") != 0 || strcmp(word, "cache") == 0);
}

/* Whether a line that begins here continues the previous one. */
static bool is_continuation(TSLexer *lexer)
{
	static const char *const words[] = {"and", "else", "in", "or"};
	char word[WORD_ROOM];
	switch (lexer->lookahead) {
	case '?': case ':': case '=': case '{': case '<': case '>': case '+': case '-': case '*': case '%': case '|':
		return true;
	case '!':
		advance(lexer);
		return lexer->lookahead == '=';
	case '.':
		advance(lexer);
		return lexer->lookahead != '.';
	default:
		break;
	}
	pass_word(lexer, word);
	return is_one_of(word, words, sizeof words / sizeof *words) && !is_colon_next(lexer);
}

/* Whether the next character, a comma, separates fields; if so, it is the token. */
static bool scan_comma(TSLexer *lexer)
{
	bool has_line_end = false, has_comment = false, has_slash = false;
	advance(lexer);
	lexer->mark_end(lexer);
	pass_gap(lexer, &has_line_end, &has_comment, &has_slash);
	lexer->result_symbol = FIELD_COMMA;
	return !has_slash && (lexer->eof(lexer) || lexer->lookahead == '}' || lexer->lookahead == '.' || is_item(lexer, has_line_end));
}

/* An empty token before a significant line end, and before `}` and the end of the file. */
static bool scan_end(TSLexer *lexer, const bool *valid)
{
	bool has_line_end = false, has_comment = false, has_slash = false;
	lexer->mark_end(lexer);
	pass_gap(lexer, &has_line_end, &has_comment, &has_slash);
	if (has_slash)
		return false;
	if (!has_line_end && lexer->lookahead == ',')
		return valid[FIELD_COMMA] && !has_comment && scan_comma(lexer);
	lexer->result_symbol = LINE_END;
	return lexer->eof(lexer) || lexer->lookahead == '}' || (has_line_end && !is_continuation(lexer));
}

static bool scan_key(TSLexer *lexer)
{
	while (lexer->lookahead == ' ' || lexer->lookahead == '\t' || lexer->lookahead == '\r' || lexer->lookahead == '\n')
		lexer->advance(lexer, true);
	if (!is_letter(lexer->lookahead))
		return false;
	while (is_word(lexer->lookahead))
		advance(lexer);
	lexer->mark_end(lexer);
	lexer->result_symbol = KEY;
	return is_colon_next(lexer);
}

bool tree_sitter_pipe_external_scanner_scan(void *payload, TSLexer *lexer, const bool *valid)
{
	(void)payload;
	/* During error recovery, every token is valid: scan nothing that would be a guess. */
	if (valid[ERROR_SENTINEL])
		return false;
	if (valid[LINE_END] || valid[FIELD_COMMA])
		return scan_end(lexer, valid);
	return valid[KEY] && scan_key(lexer);
}

void *tree_sitter_pipe_external_scanner_create(void)
{
	return NULL;
}

void tree_sitter_pipe_external_scanner_destroy(void *payload)
{
	(void)payload;
}

unsigned tree_sitter_pipe_external_scanner_serialize(void *payload, char *buffer)
{
	(void)payload;
	(void)buffer;
	return 0;
}

void tree_sitter_pipe_external_scanner_deserialize(void *payload, const char *buffer, unsigned length)
{
	(void)payload;
	(void)buffer;
	(void)length;
}

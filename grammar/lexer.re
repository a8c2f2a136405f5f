/* The lexer, made with re2c: turns bytes into lossless tokens. It never fails: each run of bytes that form no token is
 * reported and becomes a TOKEN_BAD. The text is UTF-8; its only NUL byte is the sentinel at the end. */
#include "syntax/token.h"

#include "base/python.h"
#include "base/utf8.h"

#include <string.h>

/* An open `${` of a string: the lexer reads code until the `}` at brace depth 0. */
struct interpolation {
	uint32_t start; /* offset of the `${` */
	uint32_t indent, depth;
	bool is_triple;
};

struct lexer {
	struct arena *arena;
	struct diags *diags;
	const struct source_file *file;
	struct token_vec *tokens;
	VEC(struct interpolation) open;
	uint32_t indent;  /* of the current line */
	const char *kept; /* no `${` is abandoned at a line end before this position (see is_abandoned) */
	bool complained;  /* the current line has an error: at most one is reported per line */
};

/*!re2c
re2c:define:YYCTYPE = "unsigned char";
re2c:define:YYCURSOR = at;
re2c:define:YYMARKER = marker;
re2c:yyfill:enable = 0;
re2c:flags:unsafe = 0;

end = "\x00";
newline = "\r"? "\n";
blank = [ \t]+;
letter = [A-Za-z_];
digit = [0-9];
digits = digit ("_"? digit)*;
number = ("0" | [1-9] ("_"? digit)*) ("." digits)? ([eE] [+-]? digits)?;
hex = [0-9A-Fa-f];
foreign = [^\x00 \t\r\n"A-Za-z0-9_{}()[\],:.?=!<>+*/%|#;'&-];
*/

static inline void push(struct lexer *lexer, const char *start, const char *end, enum token_kind kind,
                        enum keyword keyword)
{
	const char *text = lexer->file->text;
	struct token token = {(uint32_t)(start - text), (uint32_t)(end - text), (uint8_t)kind, (uint8_t)keyword};
	vec_push(lexer->arena, lexer->tokens, token);
}

/* Reports an error. If the current line has one already, the diagnostic that is returned belongs to no list. */
static struct diag *complain(struct lexer *lexer, enum diag_code code, const char *start, const char *end,
                             const char *message)
{
	struct diags nowhere = {.arena = lexer->arena};
	struct diags *diags = lexer->complained ? &nowhere : lexer->diags;
	lexer->complained = true;
	const char *text = lexer->file->text;
	struct span span = span_of((uint32_t)(start - text), (uint32_t)(end - text));
	return diag_report(diags, code, lexer->file, span, "%s", message);
}

static void begin_line(struct lexer *lexer, const char *at)
{
	lexer->indent = (uint32_t)strspn(at, " \t");
	lexer->complained = false;
}

static void check_code_point(struct lexer *lexer, const char *start, const char *end)
{
	unsigned long value = 0;
	for (const char *at = start + 3; at < end - 1; at++)
		value = value * 16 + (unsigned long)(*at <= '9' ? *at - '0' : (*at | 32) - 'a' + 10);
	if (value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF) || value == 0)
		diag_help(complain(lexer, SP1015, start, end, "this escape is not a valid code point"),
		          "a code point is from `\\u{1}` to `\\u{10FFFF}`, except the surrogates D800 to DFFF");
}

static void complain_escape(struct lexer *lexer, const char *start)
{
	uint32_t code_point;
	const char *end = start + 1;
	if (*end && *end != '\n' && *end != '\r')
		end += utf8_decode(end, &code_point);
	if (start[1] == 'u')
		diag_help(complain(lexer, SP1015, start, end, "`\\u` needs a code point in braces"),
		          "write up to six hexadecimal digits: `\\u{e9}`");
	else if (end == start + 1)
		diag_help(complain(lexer, SP1015, start, end, "unexpected `\\` at the end of the line"),
		          "write `\\\\` for a backslash; write text of several lines in `\"\"\"`");
	else
		diag_help(complain(lexer, SP1015, start, end,
		                   arena_printf(lexer->arena, "unknown escape `%.*s`", (int)(end - start), start)),
		          "the escapes are `\\n` `\\t` `\\r` `\\\"` `\\\\` `\\u{…}` and `\\$`; write `\\\\` for a backslash");
}

static void open_interpolation(struct lexer *lexer, const char *at, bool is_triple)
{
	struct interpolation new = {(uint32_t)(at - 2 - lexer->file->text), lexer->indent, 0, is_triple};
	vec_push(lexer->arena, &lexer->open, new);
}

/* Reads string text from `at` to the end of the string or the next `${`. The token begins at `start`: at a quote or,
 * if `is_continued`, at the `}` that closes the innermost interpolation, which is then popped. */
static const char *lex_string(struct lexer *lexer, const char *start, const char *at, bool is_triple,
                              bool is_continued)
{
	enum token_kind whole = is_continued ? TOKEN_STRING_TAIL : TOKEN_STRING;
	enum token_kind part = is_continued ? TOKEN_STRING_MID : TOKEN_STRING_HEAD;
	const char *marker;
	if (is_continued)
		lexer->open.count--;
	for (;;) {
		const char *piece = at;
		/*!re2c
		[^\x00"\\$\r\n]+ { continue; }
		"\\" [ntr"\\$] { continue; }
		"\\u{" hex{1,6} "}" { check_code_point(lexer, piece, at); continue; }
		"\\" { complain_escape(lexer, piece); if (*at && *at != '\n' && *at != '\r') at++; continue; }
		"${" {
			open_interpolation(lexer, at, is_triple);
			push(lexer, start, at, part, KEYWORD_NONE);
			return at;
		}
		["]{3} { if (!is_triple) at = piece + 1; break; }
		["] { if (!is_triple) break; continue; }
		newline {
			if (is_triple) {
				begin_line(lexer, at);
				continue;
			}
			at = piece;
			diag_help(complain(lexer, SP1012, start, at, "unterminated string"),
			          "end it with `\"` on the same line; write text of several lines in `\"\"\"`");
			break;
		}
		end {
			at = piece;
			diag_help(complain(lexer, SP1012, start, is_triple ? start + (is_continued ? 1 : 3) : at,
			                   "unterminated string"),
			          "end it with `%s`", is_triple ? "\"\"\"" : "\"");
			break;
		}
		* { continue; }
		*/
	}
	push(lexer, start, at, whole, KEYWORD_NONE);
	return at;
}

/* At the end of the file, or a line end, inside `${`: whether its `}` is missing. At a line end in a one-line string, it
 * is missing if the line has an error, or if the next non-blank line is not indented deeper than the line of the `${`
 * and does not begin with a closing bracket. */
static bool is_abandoned(struct lexer *lexer, const char *at)
{
	const struct interpolation *inner = &lexer->open.items[lexer->open.count - 1];
	if (!*at)
		return true;
	if (inner->is_triple)
		return false;
	if (lexer->complained)
		return true;
	if (at < lexer->kept)
		return false;
	const char *next = at + strspn(at, " \t\r\n");
	size_t indent = 0;
	while (next[-1 - (ptrdiff_t)indent] != '\n')
		indent++;
	if (indent <= inner->indent && !strchr("})]", *next))
		return true;
	lexer->kept = next;
	return false;
}

static void close_abandoned(struct lexer *lexer, const char *at)
{
	while (lexer->open.count && is_abandoned(lexer, at)) {
		struct interpolation *inner = &lexer->open.items[--lexer->open.count];
		const char *start = lexer->file->text + inner->start;
		diag_help(complain(lexer, SP1013, start, start + 2, "unterminated `${`"),
		          "write `}` after the expression, then the rest of the string; write `\\${` for a literal `${`");
		push(lexer, at, at, TOKEN_STRING_TAIL, KEYWORD_NONE);
	}
}

static void complain_characters(struct lexer *lexer, const char *start, const char *end)
{
	static const struct {
		char first;
		const char *help;
	} helps[] = {
		{';', "a statement ends with its line: remove the `;`"},
		{'!', "write `not`"},
		{'&', "write `and`"},
		{'|', "write `or`"},
		{'$', "write `${ }` inside a string: \"s3://${bucket}/data\""},
	};
	int length = (int)(end - start);
	bool is_long = length > 40;
	for (length = is_long ? 40 : length; is_long && utf8_continues(start[length]);)
		length--;
	struct diag *diag = complain(lexer, SP1010, start, end,
	                             arena_printf(lexer->arena, "unexpected `%.*s`%s", length, start,
	                                          is_long ? "…" : ""));
	const char *python = python_help(lexer->arena, "word", start, 1);
	if (python)
		diag_help(diag, "%s", python);
	for (size_t i = 0; i < sizeof helps / sizeof *helps; i++)
		if (*start == helps[i].first)
			diag_help(diag, "%s", helps[i].help);
}

static void complain_number(struct lexer *lexer, const char *start, const char *end)
{
	const char *help = "write numbers as in JSON: 30, 0.5, 1e-3; `_` may separate two digits";
	if (start[0] == '0' && start[1] >= '0' && start[1] <= '9')
		help = "a number has no leading `0`: remove it, or write digits that are not a quantity as a string";
	diag_help(complain(lexer, SP1011, start, end,
	                   arena_printf(lexer->arena, "malformed number `%.*s`", (int)(end - start), start)),
	          "%s", help);
}

static const char *lex_block_comment(struct lexer *lexer, const char *start)
{
	const char *end = strstr(start + 2, "*/");
	if (end) {
		end += 2;
	} else {
		diag_help(complain(lexer, SP1014, start, start + 2, "unterminated comment"), "end it with `*/`");
		end = lexer->file->text + lexer->file->length;
	}
	push(lexer, start, end, TOKEN_COMMENT, KEYWORD_NONE);
	for (const char *at = end; at > start; at--)
		if (at[-1] == '\n') {
			bool complained = lexer->complained;
			begin_line(lexer, at);
			lexer->complained = complained && !*end;
			break;
		}
	return end;
}

/* Begins a string, except that a `"` at the end of a line, inside the `${` of a one-line string, ends that string. */
static const char *lex_quote(struct lexer *lexer, const char *start)
{
	struct interpolation *inner = lexer->open.count ? &lexer->open.items[lexer->open.count - 1] : NULL;
	if (!inner || inner->is_triple || !strchr("\r\n", start[1]))
		return lex_string(lexer, start, start + 1, false, false);
	const char *open = lexer->file->text + inner->start;
	diag_help(complain(lexer, SP1013, open, open + 2, "unterminated `${`"),
	          "write `}` after the expression; write `\\${` for a literal `${`");
	lexer->open.count--;
	push(lexer, start, start + 1, TOKEN_STRING_TAIL, KEYWORD_NONE);
	return start + 1;
}

static const char *lex_brace(struct lexer *lexer, const char *start)
{
	struct interpolation *inner = lexer->open.count ? &lexer->open.items[lexer->open.count - 1] : NULL;
	if (inner && *start == '}' && inner->depth == 0)
		return lex_string(lexer, start, start + 1, inner->is_triple, true);
	if (inner)
		inner->depth += *start == '{' ? 1u : -1u;
	push(lexer, start, start + 1, *start == '{' ? TOKEN_LBRACE : TOKEN_RBRACE, KEYWORD_NONE);
	return start + 1;
}

#define TAKE(kind) push(lexer, start, at, TOKEN_##kind, KEYWORD_NONE); continue
#define WORD(name) push(lexer, start, at, TOKEN_WORD, KEYWORD_##name); continue

static void lex_code(struct lexer *lexer, const char *at)
{
	const char *marker;
	for (;;) {
		const char *start = at;
		/*!re2c
		end { close_abandoned(lexer, start); push(lexer, start, start, TOKEN_END, KEYWORD_NONE); return; }
		blank { continue; }
		newline {
			if (lexer->open.count)
				close_abandoned(lexer, start);
			begin_line(lexer, at);
			TAKE(NEWLINE);
		}
		"////" [^\x00\r\n]* { TAKE(COMMENT); }
		"///" [^\x00\r\n]* { TAKE(DOC); }
		"//" [^\x00\r\n]* { TAKE(COMMENT); }
		"/*" { at = lex_block_comment(lexer, start); continue; }

		"true" { WORD(TRUE); }             "false" { WORD(FALSE); }         "null" { WORD(NULL); }
		"and" { WORD(AND); }               "or" { WORD(OR); }               "not" { WORD(NOT); }
		"in" { WORD(IN); }                 "for" { WORD(FOR); }             "if" { WORD(IF); }
		"else" { WORD(ELSE); }
		"import" { WORD(IMPORT); }         "pipeline" { WORD(PIPELINE); }   "param" { WORD(PARAM); }
		"config" { WORD(CONFIG); }         "let" { WORD(LET); }             "step" { WORD(STEP); }
		"condition" { WORD(CONDITION); }   "kind" { WORD(KIND); }           "component" { WORD(COMPONENT); }
		"export" { WORD(EXPORT); }         "use" { WORD(USE); }             "defaults" { WORD(DEFAULTS); }
		"function" { WORD(FUNCTION); }     "schedule" { WORD(SCHEDULE); }   "assert" { WORD(ASSERT); }
		"shape" { WORD(SHAPE); }           "enum" { WORD(ENUM); }           "type" { WORD(TYPE); }
		"test" { WORD(TEST); }             "foreach" { WORD(FOREACH); }
		"depends" { WORD(DEPENDS); }       "cache" { WORD(CACHE); }         "retry" { WORD(RETRY); }
		"property" { WORD(PROPERTY); }     "output" { WORD(OUTPUT); }       "when" { WORD(WHEN); }
		"given" { WORD(GIVEN); }           "expect" { WORD(EXPECT); }       "arguments" { WORD(ARGUMENTS); }
		"keys" { WORD(KEYS); }             "properties" { WORD(PROPERTIES); } "clauses" { WORD(CLAUSES); }
		"require" { WORD(REQUIRE); }       "terminal" { WORD(TERMINAL); }
		"advise" { WORD(ADVISE); }         "writes" { WORD(WRITES); }         "makes" { WORD(MAKES); }
		"deploys" { WORD(DEPLOYS); }       "needs" { WORD(NEEDS); }         "on" { WORD(ON); }
		"below" { WORD(BELOW); }           "pick" { WORD(PICK); }
		"as" { WORD(AS); }                 "from" { WORD(FROM); }
		"off" { WORD(OFF); }               "file" { WORD(FILE); }           "at" { WORD(AT); }
		"without" { WORD(WITHOUT); }       "by" { WORD(BY); }               "literal" { WORD(LITERAL); }
		"exactly" { WORD(EXACTLY); }       "least" { WORD(LEAST); }         "most" { WORD(MOST); }
		"one" { WORD(ONE); }               "of" { WORD(OF); }
		"failure" { WORD(FAILURE); }       "stop" { WORD(STOP); }
		"any" { WORD(ANY); }               "end" { WORD(ENDING); }
		"max" { WORD(MAX); }               "min" { WORD(MIN); }
		letter (letter | digit)* { WORD(NONE); }

		number { TAKE(NUMBER); }
		digit (letter | digit | "." (letter | digit))* {
			complain_number(lexer, start, at);
			TAKE(BAD);
		}
		["]{3} { at = lex_string(lexer, start, at, true, false); continue; }
		["] { at = lex_quote(lexer, start); continue; }
		[{}] { at = lex_brace(lexer, start); continue; }

		"[" { TAKE(LBRACKET); }   "]" { TAKE(RBRACKET); }   "(" { TAKE(LPAREN); }
		")" { TAKE(RPAREN); }     "," { TAKE(COMMA); }      ":" { TAKE(COLON); }
		"." { TAKE(DOT); }        "..." { TAKE(ELLIPSIS); } "?" { TAKE(QUESTION); }
		"??" { TAKE(COALESCE); }  "=" { TAKE(ASSIGN); }     "==" { TAKE(EQ); }
		"!=" { TAKE(NE); }        "<" { TAKE(LT); }         "<=" { TAKE(LE); }
		">" { TAKE(GT); }         ">=" { TAKE(GE); }        "+" { TAKE(PLUS); }
		"-" { TAKE(MINUS); }      "*" { TAKE(STAR); }       "/" { TAKE(SLASH); }
		"%" { TAKE(PERCENT); }    "|" { TAKE(PIPE); }

		"||" | "&" "&"? | "!" | ";"+ | "#" [^\x00\r\n]* | "'" [^\x00\r\n']* "'"? | foreign+ | "\r" {
			complain_characters(lexer, start, at);
			TAKE(BAD);
		}
		* { complain_characters(lexer, start, at); TAKE(BAD); }
		*/
	}
}

void lexer_scan(struct arena *arena, struct diags *diags, const struct source_file *file,
                struct token_vec *tokens)
{
	struct lexer lexer = {.arena = arena, .diags = diags, .file = file, .tokens = tokens};
	/* Unused room is never touched, so a generous estimate costs nothing. */
	tokens->room = file->length / 4 + 16;
	tokens->items = arena_array(arena, struct token, tokens->room);
	tokens->count = 0;
	const char *at = file->text;
	if (file->length >= 3 && memcmp(at, "\xEF\xBB\xBF", 3) == 0)
		at += 3;
	lex_code(&lexer, at);
}

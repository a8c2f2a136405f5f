/* The tokens of a file. They are lossless: the tokens and the gaps between them (spaces, tabs, an initial byte order
 * mark) are the source, byte for byte. The lexer (grammar/lexer.re) never fails: what it cannot read becomes TOKEN_BAD. */
#ifndef SP_TOKEN_H
#define SP_TOKEN_H

#include "base/text.h"
#include "base/vec.h"
#include "source/diag.h"

enum token_kind {
	TOKEN_END,         /* exactly one, empty, at the end of the text */
	TOKEN_NEWLINE,     /* one line end: "\n" or "\r\n" */
	TOKEN_COMMENT,     /* "// ..." without the line end, or a whole block comment */
	TOKEN_DOC,         /* "/// ..." without the line end */
	TOKEN_BAD,         /* a run of bytes that form no token; reported, unless its line already has an error */
	TOKEN_WORD,        /* identifiers and keywords: the context decides which one it is */
	TOKEN_NUMBER,
	TOKEN_STRING,      /* "..." or """...""" without ${ } in it */
	TOKEN_STRING_HEAD, /* "...${   */
	TOKEN_STRING_MID,  /* }...${   */
	TOKEN_STRING_TAIL, /* }..."    (empty and synthetic where a ${ was not closed) */
	TOKEN_LBRACE, TOKEN_RBRACE, TOKEN_LBRACKET, TOKEN_RBRACKET, TOKEN_LPAREN, TOKEN_RPAREN,
	TOKEN_COMMA, TOKEN_COLON, TOKEN_DOT, TOKEN_ELLIPSIS, TOKEN_QUESTION, TOKEN_COALESCE, /* ?? */
	TOKEN_ASSIGN, TOKEN_EQ, TOKEN_NE, TOKEN_LT, TOKEN_LE, TOKEN_GT, TOKEN_GE,
	TOKEN_PLUS, TOKEN_MINUS, TOKEN_STAR, TOKEN_SLASH, TOKEN_PERCENT, TOKEN_PIPE,
	TOKEN_KIND_COUNT
};

/* The keywords, by group: reserved words, which cannot name a value; words that start a declaration; words that start
 * a clause; words inside either. Outside the first group, a word is a keyword only where the grammar accepts it. */
#define RESERVED_WORDS(WORD)                                                                       \
	WORD(TRUE, "true") WORD(FALSE, "false") WORD(NULL, "null") WORD(AND, "and") WORD(OR, "or") \
	WORD(NOT, "not") WORD(IN, "in") WORD(FOR, "for") WORD(IF, "if") WORD(ELSE, "else")
#define DECLARATION_WORDS(WORD)                                                                    \
	WORD(IMPORT, "import") WORD(PIPELINE, "pipeline") WORD(PARAM, "param")                     \
	WORD(CONFIG, "config") WORD(LET, "let") WORD(STEP, "step") WORD(CONDITION, "condition")    \
	WORD(KIND, "kind") WORD(COMPONENT, "component") WORD(EXPORT, "export") WORD(USE, "use")    \
	WORD(DEFAULTS, "defaults") WORD(FUNCTION, "function") WORD(SCHEDULE, "schedule")           \
	WORD(ASSERT, "assert") WORD(SHAPE, "shape") WORD(ENUM, "enum") WORD(TYPE, "type")          \
	WORD(TEST, "test") WORD(FOREACH, "foreach")
#define CLAUSE_WORDS(WORD)                                                                         \
	WORD(DEPENDS, "depends") WORD(CACHE, "cache") WORD(RETRY, "retry")                         \
	WORD(PROPERTY, "property") WORD(OUTPUT, "output") WORD(WHEN, "when") WORD(GIVEN, "given")  \
	WORD(EXPECT, "expect") WORD(ARGUMENTS, "arguments") WORD(KEYS, "keys")                     \
	WORD(PROPERTIES, "properties") WORD(CLAUSES, "clauses") WORD(REQUIRE, "require")           \
	WORD(TERMINAL, "terminal") WORD(ADVISE, "advise") WORD(WRITES, "writes") WORD(MAKES, "makes") WORD(DEPLOYS, "deploys") \
	WORD(NEEDS, "needs") WORD(ON, "on") WORD(PICK, "pick")
#define INNER_WORDS(WORD)                                                                          \
	WORD(AS, "as") WORD(FROM, "from") WORD(OFF, "off") WORD(FILE, "file")                      \
	WORD(AT, "at") WORD(WITHOUT, "without") WORD(BY, "by") WORD(LITERAL, "literal")            \
	WORD(EXACTLY, "exactly") WORD(LEAST, "least") WORD(MOST, "most") WORD(ONE, "one")          \
	WORD(OF, "of") WORD(BELOW, "below") WORD(FAILURE, "failure") WORD(STOP, "stop")            \
	WORD(ANY, "any") WORD(ENDING, "end") WORD(MAX, "max") WORD(MIN, "min")

/* In the order of the groups, so that each group is a range. */
enum keyword {
	KEYWORD_NONE,
#define WORD(name, text) KEYWORD_##name,
	RESERVED_WORDS(WORD) KEYWORD_LAST_RESERVED,
	DECLARATION_WORDS(WORD) KEYWORD_LAST_DECLARATION,
	CLAUSE_WORDS(WORD) KEYWORD_LAST_CLAUSE,
	INNER_WORDS(WORD) KEYWORD_COUNT
#undef WORD
};

struct token {
	uint32_t start, end;
	uint8_t kind;
	uint8_t keyword; /* the keyword that a TOKEN_WORD can be, or KEYWORD_NONE */
};

struct token_vec {
	struct token *items;
	size_t count, room;
};

/* Lexes a whole file into `tokens`. The text must be valid UTF-8, without NUL bytes, and no larger than
 * SOURCE_MAX_BYTES. */
void lexer_scan(struct arena *arena, struct diags *diags, const struct source_file *file,
                struct token_vec *tokens);

/* The name of a token kind, for dumps: "WORD", "STRING_HEAD", "{". */
const char *token_kind_name(enum token_kind kind);

/* The kind of the token that closes a bracket or `${` of this kind; TOKEN_END for any other kind. */
enum token_kind token_closer(enum token_kind kind);

/* Whether a token is a closing bracket. The end of a `${ }` is not one. */
bool token_is_closer(enum token_kind kind);

/* The text of a keyword: "step". "" for KEYWORD_NONE. */
const char *token_keyword_text(enum keyword keyword);

/* Appends text in quotes, with control characters escaped, for dumps. */
void token_quote(struct text *out, const char *bytes, size_t length);

/* Appends one line for each token: `line:column KIND "text"`. */
void token_dump(struct text *out, const struct source_file *file, const struct token *tokens, size_t count);

#endif

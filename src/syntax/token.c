#include "syntax/token.h"

static const char *const kind_names[TOKEN_KIND_COUNT] = {
	[TOKEN_END] = "END", [TOKEN_NEWLINE] = "NEWLINE", [TOKEN_COMMENT] = "COMMENT", [TOKEN_DOC] = "DOC",
	[TOKEN_BAD] = "BAD", [TOKEN_WORD] = "WORD", [TOKEN_NUMBER] = "NUMBER", [TOKEN_STRING] = "STRING",
	[TOKEN_STRING_HEAD] = "STRING_HEAD", [TOKEN_STRING_MID] = "STRING_MID",
	[TOKEN_STRING_TAIL] = "STRING_TAIL", [TOKEN_LBRACE] = "{", [TOKEN_RBRACE] = "}",
	[TOKEN_LBRACKET] = "[", [TOKEN_RBRACKET] = "]", [TOKEN_LPAREN] = "(", [TOKEN_RPAREN] = ")",
	[TOKEN_COMMA] = ",", [TOKEN_COLON] = ":", [TOKEN_DOT] = ".", [TOKEN_ELLIPSIS] = "...",
	[TOKEN_QUESTION] = "?", [TOKEN_COALESCE] = "??", [TOKEN_ASSIGN] = "=", [TOKEN_EQ] = "==",
	[TOKEN_NE] = "!=", [TOKEN_LT] = "<", [TOKEN_LE] = "<=", [TOKEN_GT] = ">", [TOKEN_GE] = ">=",
	[TOKEN_PLUS] = "+", [TOKEN_MINUS] = "-", [TOKEN_STAR] = "*", [TOKEN_SLASH] = "/",
	[TOKEN_PERCENT] = "%", [TOKEN_PIPE] = "|",
};

static const char *const keyword_texts[KEYWORD_COUNT] = {
#define WORD(name, text) [KEYWORD_##name] = text,
	RESERVED_WORDS(WORD) DECLARATION_WORDS(WORD) CLAUSE_WORDS(WORD) INNER_WORDS(WORD)
#undef WORD
};

enum token_kind token_closer(enum token_kind kind)
{
	switch (kind) {
	case TOKEN_LBRACE: return TOKEN_RBRACE;
	case TOKEN_LBRACKET: return TOKEN_RBRACKET;
	case TOKEN_LPAREN: return TOKEN_RPAREN;
	case TOKEN_STRING_HEAD: return TOKEN_STRING_TAIL;
	default: return TOKEN_END;
	}
}

bool token_is_closer(enum token_kind kind)
{
	return kind == TOKEN_RBRACE || kind == TOKEN_RBRACKET || kind == TOKEN_RPAREN;
}

const char *token_kind_name(enum token_kind kind)
{
	return kind_names[kind];
}

const char *token_keyword_text(enum keyword keyword)
{
	return keyword_texts[keyword] ? keyword_texts[keyword] : "";
}

void token_quote(struct text *out, const char *bytes, size_t length)
{
	text_putc(out, '"');
	for (size_t i = 0; i < length; i++) {
		unsigned char c = (unsigned char)bytes[i];
		if (c == '\n')
			text_puts(out, "\\n");
		else if (c == '\r')
			text_puts(out, "\\r");
		else if (c == '\t')
			text_puts(out, "\\t");
		else if (c == '"' || c == '\\')
			text_printf(out, "\\%c", c);
		else if (c < 0x20 || c == 0x7F)
			text_printf(out, "\\u{%x}", c);
		else
			text_putc(out, (char)c);
	}
	text_putc(out, '"');
}

void token_dump(struct text *out, const struct source_file *file, const struct token *tokens, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct place place = source_place(file, tokens[i].start);
		text_printf(out, "%u:%u %s ", (unsigned)place.line, (unsigned)place.column,
		            kind_names[tokens[i].kind]);
		token_quote(out, file->text + tokens[i].start, tokens[i].end - tokens[i].start);
		text_putc(out, '\n');
	}
}

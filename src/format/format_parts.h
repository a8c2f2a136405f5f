/* What the files of the formatter share: a file is split into pieces, which stay, and gaps, which are written anew.
 *
 * Every token is a piece, except line ends and commas between fields or items. The gap before a piece is everything
 * between it and the previous one: blanks, line ends, and such commas. A group is a piece that is not a comment, with
 * the comments directly before it. format_marks.c classifies tokens, format_scan.c makes the pieces, and
 * format_layout.c writes the gaps. */
#ifndef SP_FORMAT_PARTS_H
#define SP_FORMAT_PARTS_H

#include "format/format.h"
#include "syntax/token.h"

#define FORMAT_STEP 4

/* Facts about a token that come from the grammar's symbols, the tree or the diagnostics. */
enum format_mark {
	MARK_SEPARATED = 1,    /* a line end before it is a separator */
	MARK_FIELD_COMMA = 2,  /* a comma that separates fields */
	MARK_FOR = 4,          /* the `for` of a comprehension */
	MARK_NAME = 8,         /* the word of a node: a bracket after it belongs to it */
	MARK_NEGATIVE = 16,    /* a unary `-` */
	MARK_ANGLE = 32,       /* the `<` of a type */
	MARK_FROZEN = 64,      /* on a line that stays unchanged */
	MARK_TYPE = 128,       /* the name of a type */
	MARK_DECLARATION = 256 /* set if brackets do not balance: the first token of a declaration, where no bracket can be open */
};

/* The marks of all tokens, in the arena; NULL if the file cannot be formatted. */
uint16_t *format_marks(struct arena *arena, const struct tree *tree, const struct diags *diags);

/* Whether a diagnostic is a syntax error of this file. */
bool format_is_syntax_error(const struct diag *diag, const struct source_file *file);

enum bracket {
	BRACKET_FILE,
	BRACKET_FIELDS,   /* { } of a block, object or shape: commas only within a line */
	BRACKET_TEXTS,    /* { } of an enum or import: like a list, but without a comma after `...` */
	BRACKET_LIST,     /* [ ] of a list, ( ) of arguments or parameters */
	BRACKET_FOR,      /* a comprehension */
	BRACKET_GROUP,    /* ( ) around an expression, [ ] after one */
	BRACKET_ANGLE,    /* < > */
	BRACKET_TEMPLATE  /* from `${` to `}` */
};

/* A pair of brackets and its content. */
struct bracket_pair {
	uint32_t opener, closer;        /* indexes of pieces; closer 0: none */
	uint32_t first_item, last_item; /* pieces that start an item, or 0; during layout, the last item written so far */
	uint32_t item_count;
	uint32_t body;                  /* of a comprehension: the piece after its first `:`, or 0 */
	uint32_t ternaries;             /* during the scan: `?` that still lack their `:` */
	uint8_t kind;
	bool is_multiline; /* on several lines */
	bool is_split;     /* one item on each line */
	bool is_in_template;
	uint32_t base, indent, continuation; /* indentation of the closer's line, of items, of continuation lines */
};

/* Where a gap is. All gaps of a group are of the same sort. */
enum gap {
	GAP_INSIDE, /* within an item */
	GAP_OPEN,   /* after an opening bracket */
	GAP_ITEM,   /* between two items */
	GAP_CLOSE   /* before a closing bracket or the end of the file */
};

struct format_piece {
	uint32_t start, end;
	uint32_t pair;        /* the pair that the gap before it is in */
	uint32_t opened_pair; /* the pair that it opens, or 0 */
	uint32_t next_item;   /* if it starts an item: the start of the next item, or 0 */
	uint32_t next_break;  /* the first piece, from this one on, in or after which there is a line end */
	uint32_t column;      /* its column if the whole file were one line */
	uint32_t width;       /* of its first line */
	uint16_t marks;
	uint8_t kind, keyword;
	uint8_t gap;
	uint8_t newlines, commas; /* in the gap before it, counted up to 2 */
	bool is_attached;         /* a bracket, `?` or `:` that follows the previous piece without a blank */
	bool has_lines;           /* it contains a line end */
};

struct format_outline {
	const struct tree *tree;
	struct arena *arena;
	const char *line_end;        /* "\n" or "\r\n", like the first line end of the file */
	struct format_piece *pieces; /* the first is empty, at the start of the text; the last is the end */
	uint32_t count;
	VEC(struct bracket_pair) pairs; /* the first is the file itself */
};

/* Splits a file into pieces and pairs of brackets. */
void format_scan(struct format_outline *outline, const struct tree *tree, const uint16_t *marks, struct arena *arena);

static inline bool format_is_comment(const struct format_piece *piece)
{
	return piece->kind == TOKEN_COMMENT || piece->kind == TOKEN_DOC;
}

/* Whether a piece is a comment that ends at the end of its line. */
static inline bool format_is_line_comment(const struct format_outline *outline, const struct format_piece *piece)
{
	return format_is_comment(piece) && outline->tree->file->text[piece->start + 1] == '/';
}

/* The number of blanks in the gap before a piece if it has no line end: 0 or 1. */
uint32_t format_blanks(const struct format_outline *outline, uint32_t piece);

/* Whether the author's line end in the gap before a piece stays. */
bool format_keeps_line(const struct format_outline *outline, uint32_t piece);

/* Appends the text of a span with edits applied. All edits must be within it. */
void format_apply_within(struct text *out, const struct source_file *file, struct span span, struct format_edits edits);

/* Writes the gaps in canonical form. Returns an edit for each gap that differs from the source. */
struct format_edits format_layout(struct format_outline *outline);

#endif

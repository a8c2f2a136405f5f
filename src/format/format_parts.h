/* What the files of the formatter share: a file as pieces, which stay, and gaps, which are made anew.
 *
 * Pieces are the tokens that count and the comments. What stands between two of them (blanks, line ends, commas that
 * only separate) is the gap before the second. format_marks.c says what tokens are, format_scan.c makes pieces of them,
 * format_layout.c the gaps. */
#ifndef SP_FORMAT_PARTS_H
#define SP_FORMAT_PARTS_H

#include "format/format.h"
#include "syntax/token.h"

#define FORMAT_STEP 4

/* What the layout of symbols, the tree and the diagnostics say of a token. */
enum format_mark {
	MARK_SEPARATED = 1,    /* a line end before it separates */
	MARK_FIELD_COMMA = 2,  /* a comma that separates fields */
	MARK_FOR = 4,          /* the `for` of a comprehension */
	MARK_NAME = 8,         /* the word of a node, so what opens behind it belongs to it */
	MARK_NEGATIVE = 16,    /* a `-` with nothing on its left */
	MARK_ANGLE = 32,       /* the `<` of a type */
	MARK_FROZEN = 64,      /* it stands in a line that goes out as it is */
	MARK_TYPE = 128,       /* the name of a type */
	MARK_DECLARATION = 256 /* where brackets do not balance: the first of a declaration, where none can be open */
};

/* Marks of all tokens, in the arena; NULL when the file cannot be formatted at all. */
uint16_t *format_marks(struct arena *arena, const struct tree *tree, const struct diags *diags);

/* Whether a diagnostic is an error of this file's syntax. */
bool format_is_syntax_error(const struct diag *diag, const struct source_file *file);

enum bracket {
	BRACKET_FILE,
	BRACKET_FIELDS,   /* { } of a block, an object or a shape: commas only within a line */
	BRACKET_TEXTS,    /* { } of an enum or import: as a list, but for a comma behind `...` */
	BRACKET_LIST,     /* [ ] of a list, ( ) of arguments or parameters */
	BRACKET_FOR,      /* a comprehension */
	BRACKET_GROUP,    /* ( ) around an expression, [ ] behind one */
	BRACKET_ANGLE,    /* < > */
	BRACKET_TEMPLATE  /* from `${` to `}` */
};

/* A pair of brackets and what is between them. */
struct bracket_pair {
	uint32_t opener, closer;        /* pieces; closer 0: there is none */
	uint32_t first_item, last_item; /* pieces that begin one, or 0 */
	uint32_t item_count;
	uint32_t body;                  /* of a comprehension: the piece behind its first `:`, or 0 */
	uint32_t ternaries;             /* `?` without their `:`, while scanning */
	uint8_t kind;
	bool is_open;                   /* on several lines */
	bool is_split;                  /* one item a line */
	bool is_in_template;
	uint32_t base, indent, continuation; /* of the closer's line, of items, of lines that go on with one */
};

/* Where a gap is. Those before the comments in front of a piece are like the one before the piece. */
enum gap { GAP_INSIDE, GAP_OPEN, GAP_ITEM, GAP_CLOSE };

struct format_piece {
	uint32_t start, end;
	uint32_t pair;        /* of the gap before it */
	uint32_t opened_pair; /* the frame that it opens, or 0 */
	uint32_t next_item;   /* of one that begins an item, or 0 */
	uint32_t next_break;  /* the first piece from here on behind which, or in which, the line ends */
	uint32_t column;      /* if the whole file were one line */
	uint32_t width;       /* of its first line */
	uint16_t marks;
	uint8_t kind, keyword;
	uint8_t gap;
	uint8_t newlines, commas; /* in the gap, up to 2 */
	bool is_attached;         /* a bracket, `?` or `:` that touches what stands before it */
	bool has_lines;           /* there is a line end in it */
};

struct format_outline {
	const struct tree *tree;
	struct arena *arena;
	const char *line_end;        /* "\n" or "\r\n", as the file's first one */
	struct format_piece *pieces; /* the first is empty, where the text begins; the last is the end */
	uint32_t count;
	VEC(struct bracket_pair) pairs; /* the first is the file's */
};

/* Takes a file apart. */
void format_scan(struct format_outline *outline, const struct tree *tree, const uint16_t *marks, struct arena *arena);

static inline bool format_is_comment(const struct format_piece *piece)
{
	return piece->kind == TOKEN_COMMENT || piece->kind == TOKEN_DOC;
}

/* A comment that ends its line. */
static inline bool format_is_line_comment(const struct format_outline *outline, const struct format_piece *piece)
{
	return format_is_comment(piece) && outline->tree->file->text[piece->start + 1] == '/';
}

/* Blanks in the gap before a piece when it has no line end: 0 or 1. */
uint32_t format_blanks(const struct format_outline *outline, uint32_t piece);

/* Whether the author's line end in the gap before a piece stays. */
bool format_keeps_line(const struct format_outline *outline, uint32_t piece);

/* Appends the text of a span with edits applied, all of which are in it. */
void format_apply_within(struct text *out, const struct source_file *file, struct span span, struct format_edits edits);

/* The gaps, in canonical form; those that differ from the source are the edits. */
struct format_edits format_layout(struct format_outline *outline);

#endif

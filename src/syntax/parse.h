/* Parses the text of a file into a tree: drives the lexer, the layout, recovery and Bison's push parser.
 *
 * Parsing never fails: every text gives a tree, and errors are in the diagnostics. The tree has no types. */
#ifndef SP_PARSE_H
#define SP_PARSE_H

#include "syntax/node.h"
#include "syntax/token.h"

/* Parses a file. Names are interned in `names`; the tree and the tokens live in `arena`. */
struct tree *parse_file(struct arena *arena, struct names *names, struct diags *diags,
                        const struct source_file *file);

/* A query: which tokens of the grammar (parser.h) does the parser accept at an offset? */
struct parse_probe {
	uint32_t offset;   /* where a token starts */
	int expected[128]; /* the tokens that could be there instead of it */
	size_t count;      /* 0 if the parser never reached the offset */
};

/* Like parse_file, and fills a probe, which may be NULL, on the way. */
struct tree *parse_file_probed(struct arena *arena, struct names *names, struct diags *diags,
                               const struct source_file *file, struct parse_probe *probe);

/* Brackets nested deeper than this are an error. */
#define PARSE_MAX_DEPTH 200

#endif

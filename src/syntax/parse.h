/* From the text of a file to its tree: lexer, pump and Bison's push parser together.
 *
 * Parsing never fails: every text gives a tree, and what is wrong with it is in the diagnostics. The tree
 * holds no types. */
#ifndef SP_PARSE_H
#define SP_PARSE_H

#include "syntax/node.h"
#include "syntax/token.h"

/* Parses a file. Names go to `names`; tree and tokens live in `arena`. */
struct tree *parse_file(struct arena *arena, struct names *names, struct diags *diags,
                        const struct source_file *file);

/* What the grammar takes at a place of a text: symbols of parser.h. */
struct parse_probe {
	uint32_t offset;   /* where a token starts */
	int expected[128]; /* what may stand there instead of it */
	size_t count;      /* 0 where the parser never got to the place */
};

/* The same as parse_file, and fills a probe on the way. */
struct tree *parse_file_probed(struct arena *arena, struct names *names, struct diags *diags,
                               const struct source_file *file, struct parse_probe *probe);

/* Brackets nested deeper than this are refused. */
#define PARSE_MAX_DEPTH 200

#endif

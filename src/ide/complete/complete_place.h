/* The place of a completion: a word being typed, in a copy of the declaration around it.
 *
 * In the copy, a marker name replaces the word, so that the parser makes a node for it wherever a name is allowed. The copy's root
 * becomes a child of the root of the program's tree, so that bind.h resolves its names as usual. Its nodes have no values;
 * complete_place_value evaluates them. */
#ifndef SP_COMPLETE_PLACE_H
#define SP_COMPLETE_PLACE_H

#include "eval/program.h"
#include "syntax/parse.h"

struct complete_place {
	struct arena *arena;
	struct program *program;
	const struct tree *tree;
	uint32_t offset;
	struct span span;          /* the word around the offset, or the text between the quotes of a string */
	bool is_in_string, is_in_number;
	bool is_before_colon;      /* a `:` follows, so the word is a key */
	struct parse_probe probe;  /* the tokens that the grammar accepts in place of the word */
	const struct node *at;     /* the node of the marker; NULL when no name is allowed here */
	const struct node *around; /* `at`, or else the innermost node of the tree; never NULL */
	uint32_t chunk;            /* the start, in the tree's text, of the part that was copied */
	struct span replaced;      /* the part of the tree's text that the marker replaces in the copy */
	uint32_t inserted;         /* the length of its replacement */
};

/* Finds the place of an offset. False in a comment and in the text parts of a string with `${ }`. */
bool complete_place_find(struct complete_place *place, struct arena *arena, struct program *program, const struct tree *tree,
                         uint32_t offset);

/* Whether the grammar accepts a token at the place. */
bool complete_place_takes(const struct complete_place *place, int token);

/* The kind (enum token_kind) of the last token before the word that is not a comment. */
int complete_place_before(const struct complete_place *place);

/* The part of the word before the offset. */
struct span complete_place_typed(const struct complete_place *place);

/* The original of a node in the copy, or NULL when the tree has none. Any other node is returned as it is. */
const struct node *complete_place_original(const struct complete_place *place, const struct node *node);

/* The value of an expression of the copy, or NULL. Variables and parameters in it have example values. */
const struct value *complete_place_value(const struct complete_place *place, const struct node *expression);

/* Likewise, the value of a declaration that is in scope in the copy. */
const struct value *complete_place_declared(const struct complete_place *place, const struct node *declaration);

#endif

/* The place of a completion: a word that is being typed, in a copy of the declaration around it.
 *
 * The copy has a name of its own in place of the word, so that the parser makes a node of it wherever a name can stand.
 * Its nodes hang below the root of the program's tree: bind.h looks names up from them as from any other. They have no
 * values; `complete_place_value` evaluates. */
#ifndef SP_COMPLETE_PLACE_H
#define SP_COMPLETE_PLACE_H

#include "eval/program.h"
#include "syntax/parse.h"

struct complete_place {
	struct arena *arena;
	struct program *program;
	const struct tree *tree;
	uint32_t offset;
	struct span span;          /* the word around the offset, or what is between the quotes of a string */
	bool is_in_string, is_in_number;
	bool is_before_colon;      /* a `:` follows, so that the word is a key */
	struct parse_probe probe;  /* what the grammar takes in place of the word */
	const struct node *at;     /* the node that the name became; NULL when none can stand here */
	const struct node *around; /* the innermost node there, of the copy or the tree; never NULL */
	uint32_t chunk;            /* where the copy begins in the tree's text */
	struct span replaced;      /* in that text, by what the copy has instead, of so many bytes */
	uint32_t inserted;
};

/* Finds the place of an offset; false in a comment and in the text of a string with `${ }`. */
bool complete_place_find(struct complete_place *place, struct arena *arena, struct program *program, const struct tree *tree, uint32_t offset);

/* Whether the grammar takes a token at the place. */
bool complete_place_takes(const struct complete_place *place, int token);

/* The kind of the last token before the word, comments left out: enum token_kind. */
int complete_place_before(const struct complete_place *place);

/* What is typed of the word before the offset. */
struct span complete_place_typed(const struct complete_place *place);

/* The node of the tree of which a node is a copy; itself when it is none; NULL when the tree has none. */
const struct node *complete_place_original(const struct complete_place *place, const struct node *node);

/* What an expression of the copy is, of variables and arguments an example; NULL when that is not known. */
const struct value *complete_place_value(const struct complete_place *place, const struct node *expression);

/* What a declaration stands for, seen from the copy: as complete_place_value. */
const struct value *complete_place_declared(const struct complete_place *place, const struct node *declaration);

#endif

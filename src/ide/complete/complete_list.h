/* The list of completions under construction, with the context that the files of completion share. */
#ifndef SP_COMPLETE_LIST_H
#define SP_COMPLETE_LIST_H

#include "ide/complete/complete.h"
#include "ide/complete/complete_place.h"

struct complete {
	struct arena *arena;
	struct program *program;
	struct complete_place place;
	struct completion_options options;
	struct completions *list;
};

/* Adds an item. A declaration in the copy (complete_place.h) is replaced by its original in the program. */
void complete_add(struct complete *complete, struct completion item);

/* Sorts the list, best first. A very long list first loses the items that do not match the typed text, and is then cut. */
void complete_finish(struct complete *complete);

/* A text as a string literal of the language, and a key: bare if it is an identifier, else as a string literal. In the arena. */
const char *complete_quoted(struct complete *complete, const char *text);
const char *complete_key_text(struct complete *complete, const struct word *word);

/* Whether a value of the type `found` may stand where `wanted` is expected. */
bool complete_fits(const struct type *wanted, const struct type *found);

#endif

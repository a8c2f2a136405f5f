/* "Did you mean": finds the candidate most similar to an unknown word.
 *
 * Similarity is the optimal string alignment distance in bytes (insert, delete, replace, swap neighbors). A letter in
 * the wrong case costs less than any of these edits, so a candidate that differs only in case is always near and
 * always wins. Other candidates are near if they are at most a third of the word's length away (one edit for short
 * words) and share at least one letter with it. A word longer than 64 bytes has no near candidate. Nothing here
 * allocates. */
#ifndef SP_SUGGEST_H
#define SP_SUGGEST_H

#include <stddef.h>

/* The state of a search. The word and the candidates must outlive it. */
struct suggest {
	const char *word;
	const char *best;     /* NULL while no candidate is near */
	size_t best_distance; /* of `best`; the smallest distance that is too far while `best` is NULL; 0 if the word is too long */
};

void suggest_init(struct suggest *suggest, const char *word);

/* Considers one candidate. Among equally near candidates the first wins. NULL and the word itself are ignored. */
void suggest_offer(struct suggest *suggest, const char *candidate);

/* The nearest candidate offered so far, or NULL. */
const char *suggest_result(const struct suggest *suggest);

/* The nearest of `count` candidates, or NULL if none is near. */
const char *suggest_nearest(const char *word, const char *const *candidates, size_t count);

#endif

/* Did you mean: the candidate most like a word that nobody knows.
 *
 * Likeness is the optimal string alignment distance in bytes (insert, delete, replace, swap neighbours). A
 * letter in the wrong case costs less than all of these, so a candidate that differs in case alone is
 * always near and always wins. Others are near when at most a third of the word's length away (one edit
 * for short words) and when they share at least a letter with it. Words longer than 64 bytes have no near
 * candidate: nothing here allocates. */
#ifndef SP_SUGGEST_H
#define SP_SUGGEST_H

#include <stddef.h>

/* A search under way. The word and the candidates must outlive it. */
struct suggest {
	const char *word;
	const char *best;     /* NULL while nothing is near */
	size_t best_distance; /* of `best`; before that, the least that is too far; 0: nothing can be near */
};

void suggest_init(struct suggest *suggest, const char *word);

/* Considers one candidate; of equally near ones the first stays. NULL and the word itself are passed over. */
void suggest_offer(struct suggest *suggest, const char *candidate);

/* The nearest candidate offered so far, or NULL. */
const char *suggest_result(const struct suggest *suggest);

/* The nearest of `count` candidates, or NULL when none is near. */
const char *suggest_nearest(const char *word, const char *const *candidates, size_t count);

#endif

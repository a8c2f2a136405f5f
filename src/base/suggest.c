#include "base/suggest.h"

#include <stdbool.h>
#include <string.h>

enum {
	WORD_MAX = 64,
	CASE_COST = 1,
	EDIT_COST = 2 * WORD_MAX, /* larger than any sum of case costs, so distance / EDIT_COST is the number of edits */
};

static size_t min(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* ASCII only, whatever the locale: names are ASCII. */
static char fold(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static size_t letter_cost(char a, char b)
{
	return a == b ? 0 : fold(a) == fold(b) ? CASE_COST : EDIT_COST;
}

static bool is_swap(const char *a, const char *b)
{
	return fold(a[0]) == fold(b[-1]) && fold(a[-1]) == fold(b[0]);
}

/* The cost of turning `word` into `candidate`. Three rows of the table are enough, because a swap looks back two rows. */
static size_t distance(const char *word, size_t word_length, const char *candidate, size_t candidate_length)
{
	size_t rows[3][WORD_MAX + 1];
	for (size_t j = 0; j <= word_length; j++)
		rows[0][j] = j * EDIT_COST;
	for (size_t i = 1; i <= candidate_length; i++) {
		size_t *row = rows[i % 3], *above = rows[(i + 2) % 3], *two_above = rows[(i + 1) % 3];
		const char *c = candidate + i - 1;
		row[0] = i * EDIT_COST;
		for (size_t j = 1; j <= word_length; j++) {
			const char *w = word + j - 1;
			row[j] = min(above[j], row[j - 1]) + EDIT_COST;
			row[j] = min(row[j], above[j - 1] + letter_cost(*w, *c));
			if (i > 1 && j > 1 && is_swap(w, c))
				row[j] = min(row[j], two_above[j - 2] + EDIT_COST + letter_cost(w[0], c[-1]) +
				                             letter_cost(w[-1], c[0]));
		}
	}
	return rows[candidate_length % 3][word_length];
}

void suggest_init(struct suggest *suggest, const char *word)
{
	size_t length = strlen(word), near = length / 3 ? length / 3 : 1;
	*suggest = (struct suggest){.word = word};
	if (length <= WORD_MAX)
		suggest->best_distance = (near + 1) * EDIT_COST;
}

void suggest_offer(struct suggest *suggest, const char *candidate)
{
	if (!suggest->best_distance || !candidate || !strcmp(candidate, suggest->word))
		return;
	size_t word_length = strlen(suggest->word), length = strlen(candidate);
	size_t longer = length > word_length ? length : word_length;
	if ((longer - min(length, word_length)) * EDIT_COST >= suggest->best_distance)
		return;
	size_t found = distance(suggest->word, word_length, candidate, length);
	if (found >= suggest->best_distance || found / EDIT_COST == longer)
		return;
	suggest->best = candidate;
	suggest->best_distance = found;
}

const char *suggest_result(const struct suggest *suggest)
{
	return suggest->best;
}

const char *suggest_nearest(const char *word, const char *const *candidates, size_t count)
{
	struct suggest suggest;
	suggest_init(&suggest, word);
	for (size_t i = 0; i < count; i++)
		suggest_offer(&suggest, candidates[i]);
	return suggest_result(&suggest);
}

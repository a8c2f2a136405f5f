/* Matches texts against the regular expressions that AWS publishes for its types, with PCRE2.
 *
 * Each pattern is compiled once and kept as long as its arena. */
#ifndef SP_PATTERN_H
#define SP_PATTERN_H

#include "base/map.h"

#include <stdbool.h>

/* The compiled patterns, by their text. Zero-initialize. Everything is allocated in the arena passed to the functions. */
struct patterns {
	struct map compiled;
	void *contexts; /* PCRE2's contexts */
};

/* Whether a pattern is a valid regular expression. An invalid pattern matches every text. */
bool pattern_is_valid(struct arena *arena, struct patterns *patterns, const struct word *pattern);

/* Whether the whole text matches. Also true if the pattern is invalid or if matching takes too long: a text is rejected
 * only if it is known to be wrong. */
bool pattern_matches(struct arena *arena, struct patterns *patterns, const struct word *pattern, const struct word *text);

/* Whether any text that starts with these bytes could match. True if that is not known. */
bool pattern_accepts_prefix(struct arena *arena, struct patterns *patterns, const struct word *pattern, const char *start,
                            size_t length);

#endif

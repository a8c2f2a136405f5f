/* AWS's patterns: whether a text is as its type says.
 *
 * PCRE2 does the work; a pattern is compiled once for as long as the arena lives, which holds it. */
#ifndef SP_PATTERN_H
#define SP_PATTERN_H

#include "base/map.h"

#include <stdbool.h>

/* Compiled patterns by their text. Zero-initialise; everything lives in the arena that pattern_matches is given. */
struct patterns {
	struct map compiled;
	void *contexts; /* PCRE2's contexts */
};

/* Whether a pattern is a regular expression at all; every text matches one that is not. */
bool pattern_is_valid(struct arena *arena, struct patterns *patterns, const struct word *pattern);

/* Whether the whole text matches. True when the pattern cannot be compiled or matching takes too long: a text is
 * refused only when it is known to be wrong. */
bool pattern_matches(struct arena *arena, struct patterns *patterns, const struct word *pattern, const struct word *text);

/* Whether some text that begins with `start` could match; true in doubt. */
bool pattern_accepts_prefix(struct arena *arena, struct patterns *patterns, const struct word *pattern, const char *start,
                       size_t length);

#endif

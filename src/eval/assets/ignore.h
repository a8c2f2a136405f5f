/* Ignore rules: the pattern language of `.gitignore`, as `git check-ignore` applies it.
 *
 * Comments (`#`), negation (`!`), anchored patterns (a `/` at the start or in the middle), patterns for folders only (a `/` at the
 * end), `*`, `?`, `[...]`, `**`, escapes with `\`, and trailing spaces. The last matching pattern decides. Matching is by bytes
 * and case-sensitive. The caller walks folders from the outside in and does not enter an ignored folder, so nothing in it can be
 * included again. No file is read here. */
#ifndef SP_IGNORE_H
#define SP_IGNORE_H

#include "base/vec.h"

#include <stdbool.h>

#define IGNORE_FILE_NAME ".sagepipecignore"

/* LET_IN: included by a pattern such as `!**`, which matches every name. It undoes other patterns, but names no file. */
enum ignore_verdict { IGNORE_UNKNOWN, IGNORE_EXCLUDED, IGNORE_INCLUDED, IGNORE_LET_IN };

struct ignore_pattern {
	const char *glob;          /* without `!`, a leading `/` and the trailing `/` */
	bool is_negated, is_for_folders;
	bool is_any;               /* the last name in it matches every name */
	bool is_path;              /* matches the path; any other pattern matches the last name of the path */
};

/* The patterns of one file or list, in order. Zero-initialize. */
struct ignore_rules {
	VEC(struct ignore_pattern) patterns;
};

/* Adds one pattern, copied to the arena. A `#` at its start is not a comment here. */
void ignore_add(struct arena *arena, struct ignore_rules *rules, const char *pattern, size_t length);

/* Adds the lines of an ignore file. */
void ignore_add_lines(struct arena *arena, struct ignore_rules *rules, const char *text, size_t length);

/* What the last pattern that matches says. `path` is relative to the folder of the rules. */
enum ignore_verdict ignore_find(const struct ignore_rules *rules, const char *path, bool is_folder);

/* The pattern that matches exactly this path relative to the folder of the rules, in the arena. */
const char *ignore_pattern_of(struct arena *arena, const char *path);

#endif

#include "eval/assets/ignore.h"

#include "base/text.h"

#include <ctype.h>

static const char GLOB_CHARACTERS[] = "*?[\\";

/* --- reading --- */

void ignore_add(struct arena *arena, struct ignore_rules *rules, const char *pattern, size_t length)
{
	struct ignore_pattern item = {0};
	if (length && *pattern == '!') {
		item.is_negated = true;
		pattern++;
		length--;
	}
	if (length && pattern[length - 1] == '/') {
		item.is_for_folders = true;
		length--;
	}
	item.is_path = memchr(pattern, '/', length) != NULL;
	if (length && *pattern == '/') {
		pattern++;
		length--;
	}
	if (!length)
		return;
	item.glob = arena_copy(arena, pattern, length);
	const char *slash = strrchr(item.glob, '/');
	const char *name = slash ? slash + 1 : item.glob;
	item.is_any = !name[strspn(name, "*")];
	vec_push(arena, &rules->patterns, item);
}

/* The length of a line without its trailing spaces. A space after a `\` counts. */
static size_t trimmed_length(const char *line, size_t length)
{
	size_t end = 0;
	for (size_t i = 0; i < length; i++) {
		bool is_escape = line[i] == '\\';
		i += is_escape;
		if (i == length)
			return length;
		if (is_escape || line[i] != ' ')
			end = i + 1;
	}
	return end;
}

void ignore_add_lines(struct arena *arena, struct ignore_rules *rules, const char *text, size_t length)
{
	size_t mark = length >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
	for (size_t start = mark, end; start < length; start = end + 1) {
		const char *line_end = memchr(text + start, '\n', length - start);
		end = line_end ? (size_t)(line_end - text) : length;
		size_t line_length = end - start;
		if (line_length && text[end - 1] == '\r')
			line_length--;
		const char *nul = memchr(text + start, '\0', line_length);
		if (nul)
			line_length = (size_t)(nul - (text + start));
		if (line_length && text[start] != '#')
			ignore_add(arena, rules, text + start, trimmed_length(text + start, line_length));
	}
}

const char *ignore_pattern_of(struct arena *arena, const char *path)
{
	struct text pattern = {0};
	text_putc(&pattern, '/');
	for (const char *at = path; *at; at++) {
		if (strchr(GLOB_CHARACTERS, *at) || (*at == ' ' && !at[strspn(at, " ")]))
			text_putc(&pattern, '\\');
		text_putc(&pattern, *at);
	}
	const char *copy = arena_copy(arena, pattern.bytes, pattern.length);
	text_free(&pattern);
	return copy;
}

/* --- matching --- */

static bool is_in_class(const char *name, size_t length, unsigned char byte, bool *is_known)
{
	static const struct {
		const char *name;
		int (*test)(int);
	} classes[] = {
		{"alnum", isalnum}, {"alpha", isalpha}, {"blank", isblank}, {"cntrl", iscntrl}, {"digit", isdigit}, {"graph", isgraph},
		{"lower", islower}, {"print", isprint}, {"punct", ispunct}, {"space", isspace}, {"upper", isupper}, {"xdigit", isxdigit},
	};
	for (size_t i = 0; i < sizeof classes / sizeof *classes; i++)
		if (strlen(classes[i].name) == length && strncmp(classes[i].name, name, length) == 0)
			return classes[i].test(byte) != 0;
	*is_known = false;
	return false;
}

/* The length of the name in `[:name:]` at `[`; SIZE_MAX if there is none. */
static size_t class_length(const char *at)
{
	size_t length = strcspn(at + 2, "]");
	return at[1] == ':' && length && at[1 + length] == ':' ? length - 1 : SIZE_MAX;
}

/* Whether a byte is in the set that starts after `[`. `*set` moves past the closing `]`; it becomes NULL in a malformed set, which
 * matches nothing. */
static bool is_in_set(const char **set, unsigned char byte)
{
	const char *at = *set;
	bool is_negated = *at == '!' || *at == '^', is_found = false, is_well_formed = true;
	unsigned char before = 0; /* the start of a possible range */
	at += is_negated;
	for (bool is_first = true; is_well_formed && *at && (is_first || *at != ']'); is_first = false) {
		size_t length = *at == '[' ? class_length(at) : SIZE_MAX;
		if (length != SIZE_MAX) {
			is_found |= is_in_class(at + 2, length, byte, &is_well_formed);
			at += length + 4;
			before = 0;
			continue;
		}
		bool is_range = *at == '-' && before && at[1] && at[1] != ']';
		at += is_range;
		at += *at == '\\';
		unsigned char last = (unsigned char)*at;
		if (!last)
			break;
		is_found |= is_range ? before <= byte && byte <= last : byte == last;
		before = is_range ? 0 : last;
		at++;
	}
	*set = is_well_formed && *at ? at + 1 : NULL;
	return *set && is_found != is_negated && byte != '/';
}

/* Matches one byte of a text, not its end, with what stands at `*glob`, not `*` or the end; moves `*glob` past it. `*glob` becomes
 * NULL if the pattern is malformed. */
static bool match_byte(const char **glob, char byte)
{
	const char *at = *glob;
	if (*at == '[') {
		*glob = at + 1;
		return is_in_set(glob, (unsigned char)byte);
	}
	if (*at == '\\' && !*++at) {
		*glob = NULL;
		return false;
	}
	*glob = at + 1;
	return at[-1] != '\\' && *at == '?' ? byte != '/' : *at == byte;
}

/* Matches the part of a path up to the next `/` with the part of a pattern up to its next `/`. Both move to those ends. */
static bool match_part(const char **glob, const char **text)
{
	const char *after_star = NULL, *mark = NULL; /* the pattern after the last `*`, and the end of the text that this `*` matches */
	const char *at = *glob, *byte = *text;
	for (;;) {
		const char *next = at;
		if (*at == '*') {
			while (*at == '*')
				at++;
			after_star = at;
			mark = byte;
			continue;
		}
		bool is_end = !*byte || *byte == '/';
		if (is_end && (!*at || *at == '/'))
			break;
		if (*byte && *at && *at != '/' && match_byte(&next, *byte)) {
			at = next;
			byte++;
			continue;
		}
		if (!next || !after_star || !*mark || *mark == '/')
			return false;
		at = after_star;
		byte = ++mark;
	}
	*glob = at;
	*text = byte;
	return true;
}

/* The pattern after a whole part of two or more `*`; NULL if there is none. */
static const char *skip_double_star(const char *glob)
{
	size_t stars = strspn(glob, "*");
	return stars >= 2 && (!glob[stars] || glob[stars] == '/') ? glob + stars : NULL;
}

/* Matches a path. After a failure, only the last `**` is extended: an earlier one cannot help. */
static bool match_path(const char *glob, const char *text)
{
	const char *after_stars = NULL, *mark = NULL; /* the pattern after the last `**`, and the text where it is tried */
	for (;;) {
		const char *after = skip_double_star(glob);
		if (after && !*after)
			return true;
		if (after) {
			glob = after_stars = after + 1;
			mark = text;
			continue;
		}
		if (match_part(&glob, &text)) {
			if (!*glob && !*text)
				return true;
			if (*glob && *text) {
				glob++;
				text++;
				continue;
			}
		}
		mark = mark ? strchr(mark, '/') : NULL;
		if (!mark)
			return false;
		glob = after_stars;
		text = ++mark;
	}
}

/* Whether a glob matches. Like git, compares the text before the first special character first: so `a**` followed by `/` is `**`
 * after the text `a`. */
static bool match_glob(const char *glob, const char *text)
{
	size_t length = strcspn(glob, GLOB_CHARACTERS);
	return strncmp(glob, text, length) == 0 && match_path(glob + length, text + length);
}

enum ignore_verdict ignore_find(const struct ignore_rules *rules, const char *path, bool is_folder)
{
	const char *slash = strrchr(path, '/');
	const char *name = slash ? slash + 1 : path;
	for (size_t i = rules->patterns.count; i-- > 0;) {
		const struct ignore_pattern *pattern = &rules->patterns.items[i];
		if ((is_folder || !pattern->is_for_folders) && match_glob(pattern->glob, pattern->is_path ? path : name))
			return !pattern->is_negated ? IGNORE_EXCLUDED : pattern->is_any ? IGNORE_LET_IN : IGNORE_INCLUDED;
	}
	return IGNORE_UNKNOWN;
}

#define PCRE2_CODE_UNIT_WIDTH 8
#include "base/pattern.h"

#include <pcre2.h>

/* Matching gives up after this many steps, and the result is unknown. AWS's patterns take a few hundred. */
enum { MATCH_LIMIT = 100000 };

struct contexts {
	pcre2_compile_context *compile;
	pcre2_match_context *match;
	pcre2_match_data *data;
	pcre2_general_context *general;
};

struct compiled {
	pcre2_code *code;        /* NULL if it cannot be compiled */
	pcre2_code *prefix_code; /* not anchored at the end, as partial matches require; compiled when first needed */
	const struct word *last; /* cache of the last text and its result: programs repeat texts */
	bool last_matches;
};

static void *allocate(size_t size, void *arena)
{
	return arena_alloc(arena, size);
}

static void free_nothing(void *memory, void *arena)
{
	(void)memory;
	(void)arena;
}

static struct contexts *get_contexts(struct arena *arena, struct patterns *patterns)
{
	if (patterns->contexts)
		return patterns->contexts;
	struct contexts *contexts = arena_new(arena, struct contexts);
	contexts->general = pcre2_general_context_create(allocate, free_nothing, arena);
	contexts->compile = pcre2_compile_context_create(contexts->general);
	contexts->match = pcre2_match_context_create(contexts->general);
	contexts->data = pcre2_match_data_create(1, contexts->general);
	pcre2_set_match_limit(contexts->match, MATCH_LIMIT);
	patterns->contexts = contexts;
	return contexts;
}

static pcre2_code *compile_code(struct contexts *contexts, const struct word *pattern, uint32_t more_options)
{
	int error;
	PCRE2_SIZE offset;
	return pcre2_compile((PCRE2_SPTR)pattern->text, pattern->length,
	                     PCRE2_UTF | PCRE2_ANCHORED | PCRE2_NEVER_BACKSLASH_C | more_options, &error, &offset, contexts->compile);
}

static struct compiled *compile(struct arena *arena, struct patterns *patterns, const struct word *pattern)
{
	struct compiled *compiled = map_get(&patterns->compiled, pattern);
	if (compiled)
		return compiled;
	compiled = arena_new(arena, struct compiled);
	compiled->code = compile_code(get_contexts(arena, patterns), pattern, PCRE2_ENDANCHORED);
	map_put(arena, &patterns->compiled, pattern, compiled);
	return compiled;
}

bool pattern_is_valid(struct arena *arena, struct patterns *patterns, const struct word *pattern)
{
	return compile(arena, patterns, pattern)->code;
}

bool pattern_matches(struct arena *arena, struct patterns *patterns, const struct word *pattern, const struct word *text)
{
	struct compiled *compiled = compile(arena, patterns, pattern);
	if (!compiled->code)
		return true;
	if (compiled->last != text) {
		struct contexts *contexts = get_contexts(arena, patterns);
		int result = pcre2_match(compiled->code, (PCRE2_SPTR)text->text, text->length, 0, PCRE2_NO_UTF_CHECK, contexts->data,
		                         contexts->match);
		compiled->last = text;
		compiled->last_matches = result != PCRE2_ERROR_NOMATCH;
	}
	return compiled->last_matches;
}

bool pattern_accepts_prefix(struct arena *arena, struct patterns *patterns, const struct word *pattern, const char *start,
                            size_t length)
{
	struct compiled *compiled = compile(arena, patterns, pattern);
	struct contexts *contexts = get_contexts(arena, patterns);
	if (!compiled->prefix_code)
		compiled->prefix_code = compile_code(contexts, pattern, 0);
	return !compiled->prefix_code || pcre2_match(compiled->prefix_code, (PCRE2_SPTR)start, length, 0,
	                                             PCRE2_NO_UTF_CHECK | PCRE2_PARTIAL_HARD, contexts->data,
	                                             contexts->match) != PCRE2_ERROR_NOMATCH;
}

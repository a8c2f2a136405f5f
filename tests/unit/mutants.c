/* Parses mutants: every prefix and every one-byte deletion of the given files. Each must give a tree, lossless tokens, and few
 * messages. Prints TAP. The work is quadratic in a file's size, so only every Nth mutant of a large file is tried;
 * `mutants --stride N FILE...` sets N. MUTANTS_SHOW=N shows mutants with at least N messages. */
#include "host/file.h"
#include "syntax/parse.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_MESSAGES = 12, SPREAD = 5 };

/* About how many bytes to parse for the mutants of one file. */
#define WORK ((size_t)16 << 20)

struct tally {
	size_t mutants, messages[SPREAD]; /* messages[i]: mutants with i messages; the last counts more messages, too */
	size_t most, most_at;             /* the largest number of messages, and the byte where that mutant was changed */
};

static void fail(const char *what, const char *kind, size_t at)
{
	printf("Bail out! %s (%s at byte %zu)\n", what, kind, at);
	exit(1);
}

/* Whether no token is missing between two offsets: only blanks, or a byte order mark at the start of the file. */
static bool is_gap(const char *text, uint32_t start, uint32_t end)
{
	if (start == 0 && end >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0)
		start = 3;
	for (; start < end; start++)
		if (text[start] != ' ' && text[start] != '\t')
			return false;
	return true;
}

static bool is_lossless(const struct tree *tree)
{
	uint32_t end = 0;
	for (size_t i = 0; i < tree->token_count; i++) {
		const struct token *token = &tree->tokens[i];
		if (token->start < end || token->end < token->start || !is_gap(tree->file->text, end, token->start))
			return false;
		end = token->end;
	}
	return tree->token_count == 0 || (end == tree->file->length &&
	                                  tree->tokens[tree->token_count - 1].kind == TOKEN_END);
}

static bool is_sound(const struct tree *tree)
{
	uint32_t count = 0;
	for (const struct node *node = tree->root; node; node = node_following(node), count++) {
		if (node->id != count || node->start > node->end || node->end > tree->file->length)
			return false;
		const struct node *child = node->first;
		for (; child; child = child->next)
			if (child->parent != node || (!child->next && child != node->last))
				return false;
	}
	return count == tree->node_count;
}

static void try_text(struct tally *tally, const char *kind, size_t at, const char *text, size_t length)
{
	struct arena arena = {0};
	struct names names;
	struct diags diags = {.arena = &arena};
	names_init(&names, &arena);
	struct tree *tree = parse_file(&arena, &names, &diags, source_new(&arena, "mutant", text, length));
	if (!tree || !tree->root || tree->root->kind != N_FILE)
		fail("no tree", kind, at);
	if (!is_lossless(tree))
		fail("the tokens are not lossless", kind, at);
	if (!is_sound(tree))
		fail("the tree is not sound", kind, at);
	size_t messages = diags.errors;
	tally->mutants++;
	tally->messages[messages < SPREAD ? messages : SPREAD - 1]++;
	if (messages > tally->most) {
		tally->most = messages;
		tally->most_at = at;
	}
	if (getenv("MUTANTS_SHOW") && messages >= (size_t)atoi(getenv("MUTANTS_SHOW"))) {
		printf("# %s at byte %zu:", kind, at);
		for (const struct diag *diag = diags.first; diag; diag = diag->next)
			printf(" %u: %s;", (unsigned)source_place(diag->file, diag->span.start).line, diag->message);
		putchar('\n');
	}
	arena_free(&arena);
}

static void try_prefixes(struct tally *tally, const struct text *source, size_t stride)
{
	for (size_t at = 0; at <= source->length; at += stride) {
		char *prefix = malloc(at + 1);
		if (!prefix)
			arena_exhausted();
		memcpy(prefix, source->bytes, at);
		prefix[at] = '\0';
		try_text(tally, "prefix", at, prefix, at);
		free(prefix);
	}
}

static void try_deletions(struct tally *tally, const struct text *source, size_t stride)
{
	char *mutant = malloc(source->length + 1);
	if (!mutant)
		arena_exhausted();
	for (size_t at = 0; at < source->length; at += stride) {
		memcpy(mutant, source->bytes, at);
		memcpy(mutant + at, source->bytes + at + 1, source->length - at);
		try_text(tally, "deletion", at, mutant, source->length - 1);
	}
	free(mutant);
}

static bool report(int number, const char *file, const char *kind, const struct tally *tally)
{
	bool is_good = tally->most <= MOST_MESSAGES;
	printf("%sok %d - %s: %zu %s; messages: none %zu, one %zu, two %zu, three %zu, more %zu; at most %zu (byte "
	       "%zu)\n", is_good ? "" : "not ", number, file, tally->mutants, kind, tally->messages[0],
	       tally->messages[1], tally->messages[2], tally->messages[3], tally->messages[4], tally->most,
	       tally->most_at);
	return is_good;
}

int main(int count, char **arguments)
{
	size_t stride = 0;
	int first = 1, number = 0;
	bool is_good = true;
	if (count > 2 && strcmp(arguments[1], "--stride") == 0) {
		stride = strtoul(arguments[2], NULL, 10);
		first = 3;
	}
	printf("1..%d\n", 2 * (count - first));
	for (int i = first; i < count; i++) {
		struct text source = {0};
		struct tally prefixes = {0}, deletions = {0};
		if (!file_read(arguments[i], SOURCE_MAX_BYTES, &source)) {
			printf("Bail out! cannot read %s\n", arguments[i]);
			return 1;
		}
		size_t every = stride ? stride : source.length * source.length / WORK + 1;
		try_prefixes(&prefixes, &source, every);
		try_deletions(&deletions, &source, every);
		is_good &= report(++number, arguments[i], "prefixes", &prefixes);
		is_good &= report(++number, arguments[i], "deletions", &deletions);
		text_free(&source);
	}
	return is_good ? 0 : 1;
}

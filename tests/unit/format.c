/* Formats mutants: every prefix and every one-byte deletion of the given files. The result must have the same tokens,
 * formatting it again must change nothing, and the edits in either half of a correct text must be applicable alone. Prints TAP.
 * The work is quadratic in a file's size, so only every Nth mutant of a large file is tried; `format --stride N FILE...` sets N. */
#include "format/format.h"
#include "host/file.h"
#include "syntax/parse.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* About how many bytes to format for the mutants of one file. */
#define WORK ((size_t)1 << 20)

/* A text that has been parsed and formatted. */
struct run {
	struct arena arena;
	struct names names;
	struct diags diags;
	struct tree *tree;
	struct format_edits edits;
};

struct tally {
	size_t mutants, formatted, broken, unchanged; /* broken: with syntax errors; unchanged: broken and without edits */
};

static void fail(const char *what, const char *kind, size_t at)
{
	printf("Bail out! %s (%s at byte %zu)\n", what, kind, at);
	exit(1);
}

static void run_format(struct run *run, const char *text, size_t length)
{
	*run = (struct run){.diags = {.arena = &run->arena}};
	names_init(&run->names, &run->arena);
	run->tree = parse_file(&run->arena, &run->names, &run->diags, source_new(&run->arena, "mutant", text, length));
	run->edits = format_tree(&run->arena, run->tree, &run->diags);
}

/* Appends the tokens that the formatter must keep, one per line, without blanks at the end of a comment. */
static void put_tokens(struct text *out, const struct tree *tree)
{
	const char *text = tree->file->text;
	for (size_t i = 0; i < tree->token_count; i++) {
		const struct token *token = &tree->tokens[i];
		if (token->kind == TOKEN_NEWLINE || token->kind == TOKEN_COMMA)
			continue;
		uint32_t end = token->end;
		while (token->kind == TOKEN_COMMENT && (text[end - 1] == ' ' || text[end - 1] == '\t'))
			end--;
		text_add(out, text + token->start, end - token->start);
		text_putc(out, '\n');
	}
}

static bool has_same_tokens(const struct run *left, const struct run *right)
{
	struct text a = {0}, b = {0};
	put_tokens(&a, left->tree);
	put_tokens(&b, right->tree);
	bool is_same = a.length == b.length && strcmp(text_string(&a), text_string(&b)) == 0;
	text_free(&a);
	text_free(&b);
	return is_same;
}

/* Whether the edits are in order, do not overlap, and each changes something. */
static bool are_sound(const struct run *run)
{
	uint32_t at = 0;
	for (size_t i = 0; i < run->edits.count; i++) {
		struct span span = run->edits.items[i].span;
		bool is_nothing = span.end - span.start == strlen(run->edits.items[i].text) &&
		                  memcmp(run->tree->file->text + span.start, run->edits.items[i].text, span.end - span.start) == 0;
		if (span.start < at || span.end < span.start || is_nothing)
			return false;
		at = span.end;
	}
	return at <= run->tree->file->length;
}

/* Whether the edits in either half of the text, applied alone, keep the tokens. */
static bool can_be_divided(const struct run *run)
{
	uint32_t middle = run->tree->file->length / 2;
	const struct span halves[] = {span_of(0, middle), span_of(middle, run->tree->file->length)};
	for (size_t i = 0; i < 2; i++) {
		struct text text = {0};
		struct run half;
		struct format_edits edits = format_within(run->edits, halves[i]);
		format_apply(&text, run->tree->file, edits);
		run_format(&half, text_string(&text), text.length);
		bool is_same = has_same_tokens(run, &half) && half.diags.errors == run->diags.errors;
		arena_free(&half.arena);
		text_free(&text);
		if (!is_same)
			return false;
	}
	return true;
}

static void try_text(struct tally *tally, const char *kind, size_t at, const char *text, size_t length)
{
	struct run first, second;
	struct text result = {0};
	run_format(&first, text, length);
	if (!are_sound(&first))
		fail("edits overlap or change nothing", kind, at);
	format_apply(&result, first.tree->file, first.edits);
	run_format(&second, text_string(&result), result.length);
	if (!has_same_tokens(&first, &second))
		fail("the tokens changed", kind, at);
	if (second.edits.count)
		fail("formatting is not idempotent", kind, at);
	if (!first.diags.errors && !can_be_divided(&first))
		fail("edits depend on each other", kind, at);
	format_indent_at(first.tree, (uint32_t)length);
	tally->mutants++;
	tally->formatted += first.edits.count > 0;
	tally->broken += first.diags.errors > 0;
	tally->unchanged += first.diags.errors && !first.edits.count;
	text_free(&result);
	arena_free(&first.arena);
	arena_free(&second.arena);
}

/* Appends the source with more spaces, so that the formatter has something to do. */
static void disturb(struct text *out, const struct text *source)
{
	bool is_in_string = false;
	for (size_t i = 0; i < source->length; i++) {
		char c = source->bytes[i];
		is_in_string ^= c == '"';
		text_putc(out, c);
		if (c == '\n')
			is_in_string = false;
		if (!is_in_string && i % 3 == 0 && (c == ' ' || c == ','))
			text_puts(out, "  ");
		if (c == '\n' && source->bytes[i + 1] == ' ')
			text_putc(out, ' ');
	}
}

static void try_mutants(struct tally *tally, const struct text *source, size_t stride)
{
	char *mutant = malloc(source->length + 1);
	if (!mutant)
		arena_exhausted();
	for (size_t at = 0; at < source->length; at += stride) {
		memcpy(mutant, source->bytes, at);
		mutant[at] = '\0';
		try_text(tally, "prefix", at, mutant, at);
		memcpy(mutant + at, source->bytes + at + 1, source->length - at);
		try_text(tally, "deletion", at, mutant, source->length - 1);
	}
	free(mutant);
}

int main(int count, char **arguments)
{
	size_t stride = 0;
	int first = 1;
	if (count > 2 && strcmp(arguments[1], "--stride") == 0) {
		stride = strtoul(arguments[2], NULL, 10);
		first = 3;
	}
	printf("1..%d\n", count - first);
	for (int i = first; i < count; i++) {
		struct text source = {0}, disturbed = {0};
		struct tally tally = {0};
		if (!file_read(arguments[i], SOURCE_MAX_BYTES, &source)) {
			printf("Bail out! cannot read %s\n", arguments[i]);
			return 1;
		}
		disturb(&disturbed, &source);
		size_t every = stride ? stride : disturbed.length * disturbed.length / WORK + 1;
		try_text(&tally, "whole", 0, disturbed.bytes, disturbed.length);
		try_mutants(&tally, &disturbed, every);
		printf("ok %d - %s: %zu mutants, %zu formatted; %zu with errors, of which %zu were not changed\n", i - first + 1,
		       arguments[i], tally.mutants, tally.formatted, tally.broken, tally.unchanged);
		text_free(&source);
		text_free(&disturbed);
	}
	return 0;
}

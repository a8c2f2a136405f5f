#include "ide/ide_ranges.h"

#include "ide/ide_text.h"
#include "syntax/token.h"

#include <stdlib.h>

static bool is_on_one_line(const struct source_file *file, struct span span)
{
	return source_line_index(file, span.start) == source_line_index(file, span.end);
}

/* The end of an offset's line, before the line end. */
static uint32_t line_end(const struct source_file *file, uint32_t offset)
{
	return source_line(file, file->lines_before + source_line_index(file, offset) + 1).end;
}

/* --- brackets --- */

/* Pairs of tokens that open and close: brackets, and the two ends of a string with `${ }`. */
enum pair { PAIR_NONE, PAIR_BRACE, PAIR_BRACKET, PAIR_PAREN, PAIR_STRING, PAIR_COUNT };

static const uint8_t opens[TOKEN_KIND_COUNT] = {
	[TOKEN_LBRACE] = PAIR_BRACE, [TOKEN_LBRACKET] = PAIR_BRACKET, [TOKEN_LPAREN] = PAIR_PAREN, [TOKEN_STRING_HEAD] = PAIR_STRING,
};

static const uint8_t closes[TOKEN_KIND_COUNT] = {
	[TOKEN_RBRACE] = PAIR_BRACE, [TOKEN_RBRACKET] = PAIR_BRACKET, [TOKEN_RPAREN] = PAIR_PAREN, [TOKEN_STRING_TAIL] = PAIR_STRING,
};

/* How many quotes a string begins with, and ends with. */
static uint32_t opening_quotes(const char *text, struct span span)
{
	return span.end - span.start >= 3 && memcmp(text + span.start, "\"\"\"", 3) == 0 ? 3 : 1;
}

static uint32_t closing_quotes(const char *text, struct span span)
{
	bool is_triple = span.end - span.start >= 3 && memcmp(text + span.end - 3, "\"\"\"", 3) == 0;
	return is_triple ? 3 : span.end > span.start && text[span.end - 1] == '"';
}

/* The span between the quotes of a string. The closing quotes may be missing. */
static struct span inside_quotes(const char *text, struct span span)
{
	uint32_t start = span.start + opening_quotes(text, span), end = span.end - closing_quotes(text, span);
	return span_of(start, end > start ? end : start);
}

/* --- folds --- */

struct fold_maker {
	struct arena *arena;
	const struct tree *tree;
	struct ide_folds *folds;
	VEC(size_t) open;              /* indexes of the folds of open pairs, innermost last */
	VEC(uint8_t) pairs;            /* the kinds of these pairs */
	size_t open_of[PAIR_COUNT];    /* how many of each kind are open */
	VEC(size_t) regions;           /* indexes of the folds of open regions */
};

/* Adds a fold whose end is set later; one that never gets an end is dropped. */
static size_t begin_fold(struct fold_maker *maker, uint32_t start, enum ide_fold_kind kind)
{
	vec_push(maker->arena, maker->folds, ((struct ide_fold){span_of(start, start), kind}));
	return maker->folds->count - 1;
}

static void add_fold(struct fold_maker *maker, struct span span, enum ide_fold_kind kind)
{
	vec_push(maker->arena, maker->folds, ((struct ide_fold){span, kind}));
}

static void open_pair(struct fold_maker *maker, const struct token *token)
{
	uint8_t pair = opens[token->kind];
	uint32_t width = pair == PAIR_STRING ? opening_quotes(maker->tree->file->text, span_of(token->start, token->end)) : 1;
	vec_push(maker->arena, &maker->open, begin_fold(maker, token->start + width, FOLD_CODE));
	vec_push(maker->arena, &maker->pairs, pair);
	maker->open_of[pair]++;
}

/* Ends the fold of the innermost open pair of this kind. Unclosed pairs inside it are dropped; an unmatched token is ignored. */
static void close_pair(struct fold_maker *maker, const struct token *token)
{
	uint8_t pair = closes[token->kind], last;
	if (!maker->open_of[pair])
		return;
	do {
		last = maker->pairs.items[--maker->pairs.count];
		maker->open.count--;
		maker->open_of[last]--;
	} while (last != pair);
	struct ide_fold *fold = &maker->folds->items[maker->open.items[maker->open.count]];
	struct span span = span_of(token->start, token->end);
	fold->span.end = pair == PAIR_STRING ? span.end - closing_quotes(maker->tree->file->text, span) : span.start;
}

/* 1 for a comment that begins a region, -1 for one that ends it, 0 for any other. */
static int region_of(const char *text, const struct token *token)
{
	const char *at = text + token->start + 2;
	at += strspn(at, " \t");
	at += *at == '#';
	bool is_end = strncmp(at, "end", 3) == 0;
	at += is_end ? 3 : 0;
	if (token->kind != TOKEN_COMMENT || strncmp(at, "region", 6) != 0 || !strchr(" \t\r\n", at[6]))
		return 0;
	return is_end ? -1 : 1;
}

static void fold_region(struct fold_maker *maker, const struct token *token, int region)
{
	if (region > 0) {
		vec_push(maker->arena, &maker->regions, begin_fold(maker, token->end, FOLD_REGION));
	} else if (maker->regions.count) {
		size_t index = maker->regions.items[--maker->regions.count];
		maker->folds->items[index].span.end = token->end;
	}
}

static bool is_comment(const struct token *token)
{
	return token->kind == TOKEN_COMMENT || token->kind == TOKEN_DOC;
}

/* The index of the last comment in the run of adjacent comment lines that begins with the comment at `index`. A comment after code is
 * a run of its own. */
static size_t comments_end(const struct tree *tree, size_t index)
{
	const struct token *tokens = tree->tokens;
	if (index && tokens[index - 1].kind != TOKEN_NEWLINE)
		return index;
	while (index + 2 < tree->token_count && tokens[index + 1].kind == TOKEN_NEWLINE && is_comment(&tokens[index + 2]) &&
	       !region_of(tree->file->text, &tokens[index + 2]))
		index += 2;
	return index;
}

static void fold_tokens(struct fold_maker *maker)
{
	const struct tree *tree = maker->tree;
	const char *text = tree->file->text;
	for (size_t i = 0; i < tree->token_count; i++) {
		const struct token *token = &tree->tokens[i];
		int region = is_comment(token) ? region_of(text, token) : 0;
		if (region) {
			fold_region(maker, token, region);
		} else if (is_comment(token)) {
			i = comments_end(tree, i);
			add_fold(maker, span_of(line_end(tree->file, token->start), tree->tokens[i].end), FOLD_COMMENT);
		} else if (token->kind == TOKEN_STRING) {
			add_fold(maker, inside_quotes(text, span_of(token->start, token->end)), FOLD_CODE);
		} else if (opens[token->kind]) {
			open_pair(maker, token);
		} else if (closes[token->kind]) {
			close_pair(maker, token);
		}
	}
}

static void fold_imports(struct fold_maker *maker)
{
	const struct source_file *file = maker->tree->file;
	for (const struct node *node = node_child(maker->tree->root, ROLE_ITEM); node; node = node_next(node)) {
		if (node->kind != N_IMPORT)
			continue;
		const struct node *last = node;
		while (last->next && last->next->kind == N_IMPORT)
			last = last->next;
		add_fold(maker, span_of(line_end(file, node->start), last->end), FOLD_IMPORTS);
		node = last;
	}
}

static int compare_starts(const void *a, const void *b)
{
	const struct ide_fold *left = a, *right = b;
	return left->span.start < right->span.start ? -1 : left->span.start > right->span.start;
}

void ide_list_folds(struct arena *arena, const struct tree *tree, struct ide_folds *folds)
{
	struct fold_maker maker = {.arena = arena, .tree = tree, .folds = folds};
	fold_imports(&maker);
	fold_tokens(&maker);
	size_t count = 0;
	for (size_t i = 0; i < folds->count; i++)
		if (folds->items[i].span.start < folds->items[i].span.end && !is_on_one_line(tree->file, folds->items[i].span))
			folds->items[count++] = folds->items[i];
	folds->count = count;
	if (count)
		qsort(folds->items, count, sizeof *folds->items, compare_starts);
}

/* --- selections --- */

struct selector {
	struct arena *arena;
	const struct tree *tree;
	uint32_t offset;
	struct ide_spans *spans;
};

/* Adds a span if it contains the last one (or the offset) and is larger. */
static void add_span(struct selector *selector, struct span span)
{
	struct ide_spans *spans = selector->spans;
	struct span last = spans->count ? spans->items[spans->count - 1] : span_of(selector->offset, selector->offset);
	bool contains_last = span.start <= last.start && last.end <= span.end;
	if (contains_last && span.end - span.start > last.end - last.start)
		vec_push(selector->arena, spans, span);
}

static bool has_content(const struct token *token)
{
	return token->kind >= TOKEN_COMMENT && token->kind <= TOKEN_STRING_TAIL;
}

/* Adds the token at the offset. For a string, first adds the text between its quotes. */
static void add_token(struct selector *selector)
{
	const struct tree *tree = selector->tree;
	const char *text = tree->file->text;
	size_t index = node_token_ending_after(tree, selector->offset);
	bool is_before = index && tree->tokens[index - 1].end == selector->offset;
	if (index == tree->token_count || tree->tokens[index].start > selector->offset || !has_content(&tree->tokens[index]))
		index -= is_before;
	if (index == tree->token_count || !has_content(&tree->tokens[index]))
		return;
	const struct token *token = &tree->tokens[index];
	struct span span = span_of(token->start, token->end);
	bool begins = token->kind == TOKEN_STRING_HEAD, goes_on = token->kind == TOKEN_STRING_HEAD || token->kind == TOKEN_STRING_MID;
	if (token->kind == TOKEN_STRING)
		add_span(selector, inside_quotes(text, span));
	if (token->kind < TOKEN_STRING_HEAD)
		add_span(selector, span);
	else if (span.end > span.start)
		add_span(selector, span_of(span.start + (begins ? opening_quotes(text, span) : 1),
		                           span.end - (goes_on ? 2 : closing_quotes(text, span))));
}

/* If a node ends with a bracket, adds the span inside this pair of brackets, and the span with them. */
static void add_bracketed(struct selector *selector, const struct node *node)
{
	const struct tree *tree = selector->tree;
	size_t index = node->end ? node_token_ending_after(tree, node->end - 1) : tree->token_count, depth = 0;
	uint8_t pair = index < tree->token_count && tree->tokens[index].end == node->end ? closes[tree->tokens[index].kind] : PAIR_NONE;
	if (pair == PAIR_NONE || pair == PAIR_STRING)
		return;
	struct span span = span_of(0, tree->tokens[index].start);
	for (size_t i = index; i-- && tree->tokens[i].start >= node->start;) {
		depth += closes[tree->tokens[i].kind] == pair;
		if (opens[tree->tokens[i].kind] != pair || depth--)
			continue;
		span.start = tree->tokens[i].end;
		add_span(selector, ide_trim(tree->file->text, span));
		add_span(selector, span_of(span.start - 1, span.end + 1));
		return;
	}
}

static bool is_skipped(const struct token *token)
{
	return token->kind == TOKEN_NEWLINE || token->kind == TOKEN_COMMENT || token->kind == TOKEN_DOC;
}

/* Adds the span of an expression with the parentheses around it, which are not in its node. */
static void add_parentheses(struct selector *selector, const struct node *node)
{
	const struct tree *tree = selector->tree;
	size_t open = node_token_ending_after(tree, node->start), close = node_token_ending_after(tree, node->end);
	while (open && is_skipped(&tree->tokens[open - 1]))
		open--;
	while (close < tree->token_count && is_skipped(&tree->tokens[close]))
		close++;
	if (open && close < tree->token_count && tree->tokens[open - 1].kind == TOKEN_LPAREN && tree->tokens[close].kind == TOKEN_RPAREN)
		add_span(selector, span_of(tree->tokens[open - 1].start, tree->tokens[close].end));
}

static void add_node(struct selector *selector, const struct node *node)
{
	if (node->kind == N_STRING && node->parent->kind == N_TEMPLATE)
		return; /* add_token has added the part */
	if (node->kind == N_TEMPLATE)
		add_span(selector, inside_quotes(selector->tree->file->text, node_span(node)));
	else
		add_bracketed(selector, node);
	add_span(selector, node_span(node));
	if (node->flags & NODE_PAREN)
		add_parentheses(selector, node);
}

/* A chain of operators may nest a thousand levels deep, and so would the list. */
enum { MAX_SPANS = 200 };

void ide_list_selections(struct arena *arena, const struct tree *tree, uint32_t offset, struct ide_spans *spans)
{
	struct selector selector = {arena, tree, offset, spans};
	add_token(&selector);
	for (const struct node *node = node_at(tree, offset); node->parent && spans->count < MAX_SPANS; node = node->parent)
		add_node(&selector, node);
	add_span(&selector, span_of(0, tree->file->length));
	if (!spans->count)
		vec_push(arena, spans, span_of(offset, offset));
}

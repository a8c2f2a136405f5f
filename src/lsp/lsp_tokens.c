#include "lsp/lsp_tokens.h"

#include "base/json_tree.h"
#include "base/utf8.h"
#include "ide/highlight.h"
#include "lsp/lsp_json.h"
#include "lsp/lsp_methods.h"
#include "lsp/lsp_places.h"

#include <stdlib.h>
#include <string.h>

/* The tokens that the client has for a document, kept so that the next answer can be a delta. */
struct lsp_sent_tokens {
	struct lsp_sent_tokens *next;
	char *uri;
	uint64_t id;        /* the `resultId`, which the client sends back */
	size_t count;       /* of the numbers */
	uint32_t numbers[];
};

enum { NUMBERS_PER_TOKEN = 5, MAX_SENT_NUMBERS = 4 * 1024 * 1024 };

/* The `data` of SemanticTokens. */
struct token_numbers {
	uint32_t *items;
	size_t count, room;
};

/* --- encoding --- */

cJSON *lsp_make_token_legend(void)
{
#define NAME(name, text) text,
	static const char *const types[] = {HIGHLIGHT_TYPES(NAME)}, *const modifiers[] = {HIGHLIGHT_MODIFIERS(NAME)};
#undef NAME
	cJSON *legend = cJSON_CreateObject();
	cJSON_AddItemToObject(legend, "tokenTypes", cJSON_CreateStringArray(types, sizeof types / sizeof *types));
	cJSON_AddItemToObject(legend, "tokenModifiers", cJSON_CreateStringArray(modifiers, sizeof modifiers / sizeof *modifiers));
	return legend;
}

struct token_encoder {
	const struct lsp *lsp;
	const struct source_file *file;
	struct arena *arena;
	struct token_numbers *numbers;
	uint32_t offset;
	struct lsp_position position; /* of the offset */
	struct lsp_position last;     /* where the last token starts */
};

static void advance_to(struct token_encoder *encoder, uint32_t offset)
{
	while (encoder->offset < offset) {
		const char *c = encoder->file->text + encoder->offset;
		uint32_t code_point;
		size_t bytes = utf8_decode(c, &code_point);
		encoder->position.character += lsp_count_units(encoder->lsp, bytes);
		encoder->offset += (uint32_t)bytes;
		if (*c == '\n')
			encoder->position = (struct lsp_position){encoder->position.line + 1, 0};
	}
}

/* Encodes a token that is on one line. */
static void put_token(struct token_encoder *encoder, uint32_t start, uint32_t end, const struct highlight *highlight)
{
	advance_to(encoder, start);
	struct lsp_position start_position = encoder->position, last = encoder->last;
	advance_to(encoder, end);
	const uint32_t numbers[NUMBERS_PER_TOKEN] = {
		start_position.line - last.line,
		start_position.line == last.line ? start_position.character - last.character : start_position.character,
		encoder->position.character - start_position.character,
		highlight->type - 1u, /* HIGHLIGHT_NONE is not in the legend */
		highlight->modifiers,
	};
	for (size_t i = 0; i < NUMBERS_PER_TOKEN; i++)
		vec_push(encoder->arena, encoder->numbers, numbers[i]);
	encoder->last = start_position;
}

/* Encodes a highlight as one token per line, because not every client supports tokens of several lines. */
static void put_highlight(struct token_encoder *encoder, const struct highlight *highlight)
{
	const char *text = encoder->file->text;
	for (uint32_t at = highlight->start; at < highlight->end;) {
		const char *newline = memchr(text + at, '\n', highlight->end - at);
		uint32_t next = newline ? (uint32_t)(newline - text) + 1 : highlight->end, end = newline ? next - 1 : next;
		if (newline && end > at && text[end - 1] == '\r')
			end--;
		if (end > at)
			put_token(encoder, at, end, highlight);
		at = next;
	}
}

static struct token_numbers list_tokens(struct lsp_request *request, const struct lsp_target *target, struct span span)
{
	struct highlights highlights = {0};
	struct token_numbers numbers = {0};
	struct token_encoder encoder = {.lsp = request->lsp, .file = target->file, .arena = request->arena, .numbers = &numbers};
	highlight_list(target->program, request->arena, target->tree, span, &highlights);
	if (highlights.count) {
		encoder.offset = highlights.items[0].start;
		encoder.position = lsp_find_position(request->lsp, target->file, encoder.offset);
	}
	for (size_t i = 0; i < highlights.count; i++)
		put_highlight(&encoder, &highlights.items[i]);
	return numbers;
}

/* Formats the numbers by hand: there may be hundreds of thousands of them. */
static cJSON *make_data(const struct token_numbers *numbers, size_t first, size_t end)
{
	struct text json = {0};
	text_putc(&json, '[');
	for (size_t i = first; i < end; i++) {
		char digits[12], *at = digits + sizeof digits;
		uint32_t number = numbers->items[i];
		do
			*--at = (char)('0' + number % 10);
		while (number /= 10);
		if (i > first)
			*--at = ',';
		text_add(&json, at, (size_t)(digits + sizeof digits - at));
	}
	text_putc(&json, ']');
	return lsp_take_json(&json);
}

/* --- tokens that were sent --- */

static struct lsp_sent_tokens **find_sent(struct lsp *lsp, const char *uri)
{
	struct lsp_sent_tokens **at = &lsp->sent_tokens;
	while (*at && strcmp((*at)->uri, uri) != 0)
		at = &(*at)->next;
	return at;
}

static void drop_sent(struct lsp *lsp, struct lsp_sent_tokens **at)
{
	struct lsp_sent_tokens *sent = *at;
	if (!sent)
		return;
	*at = sent->next;
	lsp->sent_number_count -= sent->count;
	free(sent->uri);
	free(sent);
}

void lsp_forget_tokens(struct lsp *lsp, const char *uri)
{
	drop_sent(lsp, find_sent(lsp, uri));
}

void lsp_forget_all_tokens(struct lsp *lsp)
{
	while (lsp->sent_tokens)
		drop_sent(lsp, &lsp->sent_tokens);
}

static struct lsp_sent_tokens *new_sent(const char *uri, const struct token_numbers *numbers)
{
	struct lsp_sent_tokens *sent = malloc(sizeof *sent + numbers->count * sizeof *numbers->items);
	char *copy = malloc(strlen(uri) + 1);
	if (!sent || !copy)
		arena_exhausted();
	sent->uri = strcpy(copy, uri);
	sent->count = numbers->count;
	if (numbers->count)
		memcpy(sent->numbers, numbers->items, numbers->count * sizeof *numbers->items);
	return sent;
}

/* Records tokens that are about to be sent, and adds their ID to the result. Drops the oldest records to make room. */
static void keep_sent(struct lsp *lsp, const char *uri, const struct token_numbers *numbers, cJSON *result)
{
	lsp_forget_tokens(lsp, uri);
	if (!lsp->client.takes_token_deltas || numbers->count > MAX_SENT_NUMBERS)
		return;
	while (lsp->sent_number_count + numbers->count > MAX_SENT_NUMBERS) {
		struct lsp_sent_tokens **oldest = &lsp->sent_tokens;
		while ((*oldest)->next)
			oldest = &(*oldest)->next;
		drop_sent(lsp, oldest);
	}
	struct lsp_sent_tokens *sent = new_sent(uri, numbers);
	sent->id = ++lsp->next_id;
	sent->next = lsp->sent_tokens;
	lsp->sent_tokens = sent;
	lsp->sent_number_count += sent->count;
	struct text id = {0};
	text_printf(&id, "%llu", (unsigned long long)sent->id);
	cJSON_AddStringToObject(result, "resultId", id.bytes);
	text_free(&id);
}

/* --- answers --- */

static cJSON *make_full_result(struct lsp_request *request, const struct lsp_target *target, const struct token_numbers *numbers)
{
	cJSON *result = cJSON_CreateObject();
	keep_sent(request->lsp, target->document->uri, numbers, result);
	cJSON_AddItemToObject(result, "data", make_data(numbers, 0, numbers->count));
	return result;
}

static struct span whole_span(const struct lsp_target *target)
{
	return span_of(0, target->file->length);
}

cJSON *lsp_semantic_tokens(struct lsp_request *request)
{
	struct lsp_target target;
	if (!lsp_open_target(request, &target))
		return NULL;
	struct token_numbers numbers = list_tokens(request, &target, whole_span(&target));
	return make_full_result(request, &target, &numbers);
}

cJSON *lsp_semantic_tokens_range(struct lsp_request *request)
{
	struct lsp_target target;
	struct span span;
	if (!lsp_open_target_range(request, &target, &span))
		return NULL;
	struct token_numbers numbers = list_tokens(request, &target, span);
	cJSON *result = cJSON_CreateObject();
	cJSON_AddItemToObject(result, "data", make_data(&numbers, 0, numbers.count));
	return result;
}

/* A list with one SemanticTokensEdit that turns the old numbers into the new ones; an empty list if they are equal. */
static cJSON *make_edits(const struct lsp_sent_tokens *old, const struct token_numbers *new)
{
	size_t prefix = 0, suffix = 0, shorter = old->count < new->count ? old->count : new->count;
	cJSON *edits = cJSON_CreateArray();
	while (prefix < shorter && old->numbers[prefix] == new->items[prefix])
		prefix++;
	while (suffix < shorter - prefix && old->numbers[old->count - 1 - suffix] == new->items[new->count - 1 - suffix])
		suffix++;
	if (prefix == old->count && prefix == new->count)
		return edits;
	cJSON *edit = cJSON_CreateObject();
	cJSON_AddNumberToObject(edit, "start", (double)prefix);
	cJSON_AddNumberToObject(edit, "deleteCount", (double)(old->count - prefix - suffix));
	cJSON_AddItemToObject(edit, "data", make_data(new, prefix, new->count - suffix));
	cJSON_AddItemToArray(edits, edit);
	return edits;
}

cJSON *lsp_semantic_tokens_delta(struct lsp_request *request)
{
	struct lsp_target target;
	if (!lsp_open_target(request, &target))
		return NULL;
	const char *previous = json_text(request->params, "previousResultId");
	const struct lsp_sent_tokens *sent = *find_sent(request->lsp, target.document->uri);
	struct token_numbers numbers = list_tokens(request, &target, whole_span(&target));
	if (!previous || !sent || sent->id != strtoull(previous, NULL, 10))
		return make_full_result(request, &target, &numbers);
	cJSON *edits = make_edits(sent, &numbers), *result = cJSON_CreateObject();
	keep_sent(request->lsp, target.document->uri, &numbers, result);
	cJSON_AddItemToObject(result, "edits", edits);
	return result;
}

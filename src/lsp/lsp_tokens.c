/* Semantic tokens: of a text, of a part of it, and what is other than at the last time. */
#include "base/json_tree.h"
#include "base/utf8.h"
#include "ide/highlight.h"
#include "lsp/lsp.h"

#include <stdlib.h>
#include <string.h>

/* What a client was last told of a document, to tell it a difference the next time. */
struct lsp_told {
	struct lsp_told *next;
	char *uri;
	uint64_t id;
	size_t count;
	uint32_t numbers[];
};

enum { NUMBERS_OF_A_TOKEN = 5, TOLD_MAX_NUMBERS = 4 * 1024 * 1024 };

struct numbers {
	uint32_t *items;
	size_t count, room;
};

/* --- the protocol's numbers --- */

cJSON *lsp_legend(void)
{
#define NAME(name, text) text,
	static const char *const types[] = {HIGHLIGHT_TYPES(NAME)}, *const modifiers[] = {HIGHLIGHT_MODIFIERS(NAME)};
#undef NAME
	cJSON *legend = cJSON_CreateObject();
	cJSON_AddItemToObject(legend, "tokenTypes", cJSON_CreateStringArray(types, sizeof types / sizeof *types));
	cJSON_AddItemToObject(legend, "tokenModifiers", cJSON_CreateStringArray(modifiers, sizeof modifiers / sizeof *modifiers));
	return legend;
}

struct encoder {
	const struct lsp *lsp;
	const struct source_file *file;
	struct arena *arena;
	struct numbers *numbers;
	uint32_t offset;
	struct lsp_point at, last; /* of the offset, and where the last token began */
};

static void move_to(struct encoder *encoder, uint32_t offset)
{
	while (encoder->offset < offset) {
		const char *c = encoder->file->text + encoder->offset;
		uint32_t code_point;
		size_t bytes = utf8_decode(c, &code_point);
		encoder->at.character += lsp_units(encoder->lsp, bytes);
		encoder->offset += (uint32_t)bytes;
		if (*c == '\n')
			encoder->at = (struct lsp_point){encoder->at.line + 1, 0};
	}
}

/* A token, or a line of one. */
static void put_piece(struct encoder *encoder, uint32_t start, uint32_t end, const struct highlight *highlight)
{
	move_to(encoder, start);
	struct lsp_point begin = encoder->at, last = encoder->last;
	move_to(encoder, end);
	const uint32_t numbers[NUMBERS_OF_A_TOKEN] = {
		begin.line - last.line,
		begin.line == last.line ? begin.character - last.character : begin.character,
		encoder->at.character - begin.character,
		highlight->type - 1u, /* HIGHLIGHT_NONE is not in the legend */
		highlight->modifiers,
	};
	for (size_t i = 0; i < NUMBERS_OF_A_TOKEN; i++)
		vec_push(encoder->arena, encoder->numbers, numbers[i]);
	encoder->last = begin;
}

/* Clients need not take tokens of several lines. */
static void put_lines(struct encoder *encoder, const struct highlight *highlight)
{
	const char *text = encoder->file->text;
	for (uint32_t at = highlight->start; at < highlight->end;) {
		const char *newline = memchr(text + at, '\n', highlight->end - at);
		uint32_t next = newline ? (uint32_t)(newline - text) + 1 : highlight->end, end = newline ? next - 1 : next;
		if (newline && end > at && text[end - 1] == '\r')
			end--;
		if (end > at)
			put_piece(encoder, at, end, highlight);
		at = next;
	}
}

static struct numbers list_numbers(struct lsp_request *request, const struct lsp_spot *spot, struct span span)
{
	struct highlights highlights = {0};
	struct numbers numbers = {0};
	struct encoder encoder = {.lsp = request->lsp, .file = spot->file, .arena = request->arena, .numbers = &numbers};
	highlight_list(spot->program, request->arena, spot->tree, span, &highlights);
	if (highlights.count) {
		encoder.offset = highlights.items[0].start;
		encoder.at = lsp_point(request->lsp, spot->file, encoder.offset);
	}
	for (size_t i = 0; i < highlights.count; i++)
		put_lines(&encoder, &highlights.items[i]);
	return numbers;
}

/* Hundreds of thousands of numbers: as text at once, and not as a node each. */
static cJSON *numbers_json(const struct numbers *numbers, size_t first, size_t end)
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
	cJSON *raw = cJSON_CreateRaw(json.bytes);
	text_free(&json);
	return raw;
}

/* --- what was told --- */

static struct lsp_told **find_told(struct lsp *lsp, const char *uri)
{
	struct lsp_told **at = &lsp->told;
	while (*at && strcmp((*at)->uri, uri) != 0)
		at = &(*at)->next;
	return at;
}

static void drop_told(struct lsp *lsp, struct lsp_told **at)
{
	struct lsp_told *told = *at;
	if (!told)
		return;
	*at = told->next;
	lsp->told_numbers -= told->count;
	free(told->uri);
	free(told);
}

void lsp_forget_tokens(struct lsp *lsp, const char *uri)
{
	drop_told(lsp, find_told(lsp, uri));
}

void lsp_forget_all_tokens(struct lsp *lsp)
{
	while (lsp->told)
		drop_told(lsp, &lsp->told);
}

static struct lsp_told *new_told(const char *uri, const struct numbers *numbers)
{
	struct lsp_told *told = malloc(sizeof *told + numbers->count * sizeof *numbers->items);
	char *copy = malloc(strlen(uri) + 1);
	if (!told || !copy)
		arena_exhausted();
	told->uri = strcpy(copy, uri);
	told->count = numbers->count;
	if (numbers->count)
		memcpy(told->numbers, numbers->items, numbers->count * sizeof *numbers->items);
	return told;
}

/* Notes what is being told; what was told the longest ago makes room for it. The result has the id to ask by. */
static void note_told(struct lsp *lsp, const char *uri, const struct numbers *numbers, cJSON *result)
{
	lsp_forget_tokens(lsp, uri);
	if (!lsp->client.takes_token_deltas || numbers->count > TOLD_MAX_NUMBERS)
		return;
	while (lsp->told_numbers + numbers->count > TOLD_MAX_NUMBERS) {
		struct lsp_told **oldest = &lsp->told;
		while ((*oldest)->next)
			oldest = &(*oldest)->next;
		drop_told(lsp, oldest);
	}
	struct lsp_told *told = new_told(uri, numbers);
	told->id = ++lsp->next_id;
	told->next = lsp->told;
	lsp->told = told;
	lsp->told_numbers += told->count;
	struct text id = {0};
	text_printf(&id, "%llu", (unsigned long long)told->id);
	cJSON_AddStringToObject(result, "resultId", id.bytes);
	text_free(&id);
}

/* --- answers --- */

static cJSON *tell_all(struct lsp_request *request, const struct lsp_spot *spot, const struct numbers *numbers)
{
	cJSON *result = cJSON_CreateObject();
	note_told(request->lsp, spot->document->uri, numbers, result);
	cJSON_AddItemToObject(result, "data", numbers_json(numbers, 0, numbers->count));
	return result;
}

static struct span whole(const struct lsp_spot *spot)
{
	return span_of(0, spot->file->length);
}

cJSON *lsp_semantic_tokens(struct lsp_request *request)
{
	struct lsp_spot spot;
	if (!lsp_open_spot(request, &spot))
		return NULL;
	struct numbers numbers = list_numbers(request, &spot, whole(&spot));
	return tell_all(request, &spot, &numbers);
}

cJSON *lsp_semantic_tokens_range(struct lsp_request *request)
{
	struct lsp_spot spot;
	struct span span;
	if (!lsp_open_spot_range(request, &spot, &span))
		return NULL;
	struct numbers numbers = list_numbers(request, &spot, span);
	cJSON *result = cJSON_CreateObject();
	cJSON_AddItemToObject(result, "data", numbers_json(&numbers, 0, numbers.count));
	return result;
}

/* The one edit that makes the new numbers of the old ones; none when they are the same. */
static cJSON *edits_between(const struct lsp_told *old, const struct numbers *new)
{
	size_t before = 0, behind = 0, shorter = old->count < new->count ? old->count : new->count;
	cJSON *edits = cJSON_CreateArray();
	while (before < shorter && old->numbers[before] == new->items[before])
		before++;
	while (behind < shorter - before && old->numbers[old->count - 1 - behind] == new->items[new->count - 1 - behind])
		behind++;
	if (before == old->count && before == new->count)
		return edits;
	cJSON *edit = cJSON_CreateObject();
	cJSON_AddNumberToObject(edit, "start", (double)before);
	cJSON_AddNumberToObject(edit, "deleteCount", (double)(old->count - before - behind));
	cJSON_AddItemToObject(edit, "data", numbers_json(new, before, new->count - behind));
	cJSON_AddItemToArray(edits, edit);
	return edits;
}

cJSON *lsp_semantic_tokens_delta(struct lsp_request *request)
{
	struct lsp_spot spot;
	if (!lsp_open_spot(request, &spot))
		return NULL;
	const char *previous = json_text(request->params, "previousResultId");
	const struct lsp_told *told = *find_told(request->lsp, spot.document->uri);
	struct numbers numbers = list_numbers(request, &spot, whole(&spot));
	if (!previous || !told || told->id != strtoull(previous, NULL, 10))
		return tell_all(request, &spot, &numbers);
	cJSON *edits = edits_between(told, &numbers), *result = cJSON_CreateObject();
	note_told(request->lsp, spot.document->uri, &numbers, result);
	cJSON_AddItemToObject(result, "edits", edits);
	return result;
}

/* Formatting: the formatter's edits of a document, of a range, and of what has just been typed. */
#include "lsp/lsp.h"

#include "format/format.h"

#include <string.h>

static cJSON *edits_within(struct lsp_request *request, const struct lsp_spot *spot, struct span span)
{
	cJSON *list = cJSON_CreateArray();
	struct format_edits edits = format_within(format_tree(request->arena, spot->tree, spot->snapshot->diags), span);
	for (size_t i = 0; i < edits.count; i++)
		cJSON_AddItemToArray(list, lsp_text_edit(request->lsp, spot->file, edits.items[i].span, edits.items[i].text));
	return list;
}

cJSON *lsp_format(struct lsp_request *request)
{
	struct lsp_spot spot;
	return lsp_open_spot(request, &spot) ? edits_within(request, &spot, span_of(0, spot.file->length)) : NULL;
}

cJSON *lsp_format_range(struct lsp_request *request)
{
	struct lsp_spot spot;
	struct span span;
	if (!lsp_open_spot(request, &spot))
		return NULL;
	const cJSON *range = cJSON_GetObjectItemCaseSensitive(request->params, "range");
	if (!lsp_span(request->lsp, spot.file->text, spot.file->length, range, &span))
		return lsp_fail(request, LSP_INVALID_PARAMS, "the request has no range");
	return edits_within(request, &spot, span);
}

/* The new line is indented as what stands before it asks for. */
static cJSON *indent_line(struct lsp_request *request, const struct lsp_spot *spot)
{
	const char *text = spot->file->text;
	uint32_t start = spot->offset;
	while (start > 0 && text[start - 1] != '\n')
		start--;
	uint32_t there = (uint32_t)strspn(text + start, " \t"), wanted = format_indent_at(spot->tree, start);
	cJSON *list = cJSON_CreateArray();
	size_t index = node_token_index(spot->tree, start);
	bool is_in_text = index && spot->tree->tokens[index - 1].end > start;
	if (is_in_text || (there == wanted && !memchr(text + start, '\t', there)))
		return list;
	char *blanks = arena_alloc(request->arena, wanted + 1);
	memset(blanks, ' ', wanted);
	cJSON_AddItemToArray(list, lsp_text_edit(request->lsp, spot->file, span_of(start, start + there), blanks));
	return list;
}

/* Behind a closing bracket, what it closes is put in order. */
static cJSON *format_closed(struct lsp_request *request, const struct lsp_spot *spot)
{
	const struct node *node = spot->offset ? node_at(spot->tree, spot->offset - 1) : spot->node;
	while (node && node->end < spot->offset)
		node = node->parent;
	if (!node || !node->parent || node->end != spot->offset)
		return cJSON_CreateArray();
	return edits_within(request, spot, node_span(node));
}

cJSON *lsp_format_typed(struct lsp_request *request)
{
	struct lsp_spot spot;
	const char *typed = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(request->params, "ch"));
	if (!lsp_find_spot(request, &spot))
		return NULL;
	if (!typed)
		return lsp_fail(request, LSP_INVALID_PARAMS, "the request does not say what was typed");
	return *typed == '\n' ? indent_line(request, &spot) : format_closed(request, &spot);
}

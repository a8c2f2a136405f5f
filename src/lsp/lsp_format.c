/* Formatting of a document, of a range, and while typing. */
#include "lsp/lsp_methods.h"

#include "base/json_tree.h"
#include "format/format.h"
#include "lsp/lsp_places.h"

#include <string.h>

static cJSON *format_span(struct lsp_request *request, const struct lsp_target *target, struct span span)
{
	cJSON *list = cJSON_CreateArray();
	struct format_edits edits = format_within(format_tree(request->arena, target->tree, target->snapshot->diags), span);
	for (size_t i = 0; i < edits.count; i++)
		cJSON_AddItemToArray(list, lsp_file_text_edit(request->lsp, target->file, edits.items[i].span, edits.items[i].text));
	return list;
}

cJSON *lsp_format(struct lsp_request *request)
{
	struct lsp_target target;
	return lsp_open_target(request, &target) ? format_span(request, &target, span_of(0, target.file->length)) : NULL;
}

cJSON *lsp_format_range(struct lsp_request *request)
{
	struct lsp_target target;
	struct span span;
	if (!lsp_open_target(request, &target))
		return NULL;
	const cJSON *range = cJSON_GetObjectItemCaseSensitive(request->params, "range");
	if (!lsp_read_range(request->lsp, target.file->text, target.file->length, range, &span))
		return lsp_fail(request, LSP_INVALID_PARAMS, "the request has no range");
	return format_span(request, &target, span);
}

/* Indents a new line, unless it is inside a token of several lines. */
static cJSON *indent_line(struct lsp_request *request, const struct lsp_target *target)
{
	const char *text = target->file->text;
	uint32_t start = target->offset;
	while (start > 0 && text[start - 1] != '\n')
		start--;
	uint32_t present = (uint32_t)strspn(text + start, " \t"), wanted = format_indent_at(target->tree, start);
	cJSON *list = cJSON_CreateArray();
	size_t index = node_token_index(target->tree, start);
	bool is_in_token = index && target->tree->tokens[index - 1].end > start;
	if (is_in_token || (present == wanted && !memchr(text + start, '\t', present)))
		return list;
	char *blanks = arena_alloc(request->arena, wanted + 1);
	memset(blanks, ' ', wanted);
	cJSON_AddItemToArray(list, lsp_file_text_edit(request->lsp, target->file, span_of(start, start + present), blanks));
	return list;
}

/* Formats the node that the closing bracket before the cursor ends. */
static cJSON *format_closed_node(struct lsp_request *request, const struct lsp_target *target)
{
	const struct node *node = target->offset ? node_at(target->tree, target->offset - 1) : target->node;
	while (node && node->end < target->offset)
		node = node->parent;
	if (!node || !node->parent || node->end != target->offset)
		return cJSON_CreateArray();
	return format_span(request, target, node_span(node));
}

cJSON *lsp_format_on_type(struct lsp_request *request)
{
	struct lsp_target target;
	const char *typed = json_text(request->params, "ch");
	if (!lsp_open_target_position(request, &target))
		return NULL;
	if (!typed)
		return lsp_fail(request, LSP_INVALID_PARAMS, "the request does not say what was typed");
	return *typed == '\n' ? indent_line(request, &target) : format_closed_node(request, &target);
}

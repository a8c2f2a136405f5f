/* Folding ranges, selection ranges and document links. */
#include "lsp/lsp_methods.h"

#include "base/uri.h"
#include "ide/ide_links.h"
#include "ide/ide_ranges.h"
#include "lsp/lsp_places.h"

#include <string.h>

/* --- folding --- */

/* Whether a line has only spaces and closing brackets before an offset: such a line stays visible when the code above it is
 * folded. */
static bool is_closing_line(const struct source_file *file, uint32_t offset)
{
	for (uint32_t at = file->lines[source_line_index(file, offset)]; at < offset; at++)
		if (!strchr(" \t)]}", file->text[at]))
			return false;
	return true;
}

/* FoldingRangeKind of the protocol. */
static const char *const fold_kinds[] = {
	[FOLD_CODE] = NULL, [FOLD_COMMENT] = "comment", [FOLD_IMPORTS] = "imports", [FOLD_REGION] = "region",
};

static cJSON *make_fold(const struct lsp *lsp, const struct source_file *file, const struct ide_fold *fold, uint32_t last_line)
{
	struct lsp_range range = lsp_find_range(lsp, file, fold->span);
	cJSON *item = cJSON_CreateObject();
	cJSON_AddNumberToObject(item, "startLine", range.start.line);
	if (!lsp->client.folds_lines)
		cJSON_AddNumberToObject(item, "startCharacter", range.start.character);
	cJSON_AddNumberToObject(item, "endLine", lsp->client.folds_lines ? last_line : range.end.line);
	if (!lsp->client.folds_lines)
		cJSON_AddNumberToObject(item, "endCharacter", range.end.character);
	if (fold_kinds[fold->kind])
		cJSON_AddStringToObject(item, "kind", fold_kinds[fold->kind]);
	return item;
}

cJSON *lsp_folding_ranges(struct lsp_request *request)
{
	struct lsp_target target;
	struct ide_folds folds = {0};
	if (!lsp_open_target(request, &target))
		return NULL;
	ide_list_folds(request->arena, target.tree, &folds);
	cJSON *list = cJSON_CreateArray();
	uint32_t last_start = UINT32_MAX;
	for (size_t i = 0; i < folds.count; i++) {
		const struct ide_fold *fold = &folds.items[i];
		uint32_t start = source_line_index(target.file, fold->span.start), end = source_line_index(target.file, fold->span.end);
		end -= fold->kind == FOLD_CODE && is_closing_line(target.file, fold->span.end);
		/* a client that folds whole lines has one fold per line: the outermost */
		if (request->lsp->client.folds_lines && (start == last_start || start >= end))
			continue;
		last_start = start;
		cJSON_AddItemToArray(list, make_fold(request->lsp, target.file, fold, end));
	}
	return list;
}

/* --- selection --- */

/* The SelectionRange at an offset: the innermost range, with the enclosing ones as its parents. */
static cJSON *make_selection(struct lsp_request *request, const struct lsp_target *target, uint32_t offset)
{
	struct ide_spans spans = {0};
	cJSON *outer = NULL;
	ide_list_selections(request->arena, target->tree, offset, &spans);
	for (size_t i = spans.count; i--;) {
		cJSON *item = cJSON_CreateObject();
		cJSON_AddItemToObject(item, "range", lsp_file_range(request->lsp, target->file, spans.items[i]));
		if (outer)
			cJSON_AddItemToObject(item, "parent", outer);
		outer = item;
	}
	return outer;
}

cJSON *lsp_selection_ranges(struct lsp_request *request)
{
	struct lsp_target target;
	const cJSON *position, *positions = cJSON_GetObjectItemCaseSensitive(request->params, "positions");
	if (!lsp_open_target(request, &target))
		return NULL;
	if (!cJSON_IsArray(positions))
		return lsp_fail(request, LSP_INVALID_PARAMS, "the request has no positions");
	cJSON *list = cJSON_CreateArray();
	cJSON_ArrayForEach(position, positions) {
		uint32_t offset;
		if (!lsp_read_position(request->lsp, target.file->text, target.file->length, position, &offset)) {
			cJSON_Delete(list);
			return lsp_fail(request, LSP_INVALID_PARAMS, "a position is invalid");
		}
		cJSON_AddItemToArray(list, make_selection(request, &target, offset));
	}
	return list;
}

/* --- links --- */

cJSON *lsp_document_links(struct lsp_request *request)
{
	struct lsp_target target;
	struct ide_links links = {0};
	if (!lsp_open_target(request, &target))
		return NULL;
	ide_list_links(target.program, request->arena, target.tree, &links);
	cJSON *list = cJSON_CreateArray();
	for (size_t i = 0; i < links.count; i++) {
		const struct document *document = workspace_find_path(&request->lsp->workspace, links.items[i].path);
		struct text uri = {0};
		uri_from_path(&uri, links.items[i].path);
		cJSON *item = cJSON_CreateObject();
		cJSON_AddItemToObject(item, "range", lsp_file_range(request->lsp, target.file, links.items[i].span));
		cJSON_AddStringToObject(item, "target", document ? document->uri : uri.bytes);
		cJSON_AddStringToObject(item, "tooltip", links.items[i].path);
		cJSON_AddItemToArray(list, item);
		text_free(&uri);
	}
	return list;
}

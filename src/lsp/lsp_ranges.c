/* Folding and selection ranges, and links. */
#include "lsp/lsp.h"

#include "base/uri.h"
#include "ide/ide_links.h"
#include "ide/ide_ranges.h"

#include <string.h>

/* --- folding --- */

/* Whether nothing but blanks and brackets that close stands before an offset on its line: that line is worth seeing when
 * what is above it is folded. */
static bool is_line_of_end(const struct source_file *file, uint32_t offset)
{
	for (uint32_t at = file->lines[source_line_index(file, offset)]; at < offset; at++)
		if (!strchr(" \t)]}", file->text[at]))
			return false;
	return true;
}

static const char *const fold_kinds[] = {
	[FOLD_CODE] = NULL, [FOLD_COMMENT] = "comment", [FOLD_IMPORTS] = "imports", [FOLD_REGION] = "region",
};

static cJSON *fold_json(const struct lsp *lsp, const struct source_file *file, const struct ide_fold *fold, uint32_t last_line)
{
	struct lsp_point start = lsp_point(lsp, file, fold->span.start), end = lsp_point(lsp, file, fold->span.end);
	cJSON *item = cJSON_CreateObject();
	cJSON_AddNumberToObject(item, "startLine", start.line);
	if (!lsp->client.folds_lines)
		cJSON_AddNumberToObject(item, "startCharacter", start.character);
	cJSON_AddNumberToObject(item, "endLine", lsp->client.folds_lines ? last_line : end.line);
	if (!lsp->client.folds_lines)
		cJSON_AddNumberToObject(item, "endCharacter", end.character);
	if (fold_kinds[fold->kind])
		cJSON_AddStringToObject(item, "kind", fold_kinds[fold->kind]);
	return item;
}

cJSON *lsp_folding_ranges(struct lsp_request *request)
{
	struct lsp_spot spot;
	struct ide_folds folds = {0};
	if (!lsp_open_spot(request, &spot))
		return NULL;
	ide_list_folds(request->arena, spot.tree, &folds);
	cJSON *list = cJSON_CreateArray();
	uint32_t last_start = UINT32_MAX;
	for (size_t i = 0; i < folds.count; i++) {
		const struct ide_fold *fold = &folds.items[i];
		uint32_t start = source_line_index(spot.file, fold->span.start), end = source_line_index(spot.file, fold->span.end);
		end -= fold->kind == FOLD_CODE && is_line_of_end(spot.file, fold->span.end);
		/* a client that folds lines has one fold on a line: the outermost */
		if (request->lsp->client.folds_lines && (start == last_start || start >= end))
			continue;
		last_start = start;
		cJSON_AddItemToArray(list, fold_json(request->lsp, spot.file, fold, end));
	}
	return list;
}

/* --- selection --- */

/* A range whose parents are those around it. */
static cJSON *selection_json(struct lsp_request *request, const struct lsp_spot *spot, uint32_t offset)
{
	struct ide_spans spans = {0};
	cJSON *outer = NULL;
	ide_list_selections(request->arena, spot->tree, offset, &spans);
	for (size_t i = spans.count; i--;) {
		cJSON *item = cJSON_CreateObject();
		cJSON_AddItemToObject(item, "range", lsp_range(request->lsp, spot->file, spans.items[i]));
		if (outer)
			cJSON_AddItemToObject(item, "parent", outer);
		outer = item;
	}
	return outer;
}

cJSON *lsp_selection_ranges(struct lsp_request *request)
{
	struct lsp_spot spot;
	const cJSON *position, *positions = cJSON_GetObjectItemCaseSensitive(request->params, "positions");
	if (!lsp_open_spot(request, &spot))
		return NULL;
	if (!cJSON_IsArray(positions))
		return lsp_fail(request, LSP_INVALID_PARAMS, "the request has no positions");
	cJSON *list = cJSON_CreateArray();
	cJSON_ArrayForEach(position, positions) {
		uint32_t offset;
		if (!lsp_offset(request->lsp, spot.file->text, spot.file->length, position, &offset)) {
			cJSON_Delete(list);
			return lsp_fail(request, LSP_INVALID_PARAMS, "a position is none");
		}
		cJSON_AddItemToArray(list, selection_json(request, &spot, offset));
	}
	return list;
}

/* --- links --- */

cJSON *lsp_document_links(struct lsp_request *request)
{
	struct lsp_spot spot;
	struct ide_links links = {0};
	if (!lsp_open_spot(request, &spot))
		return NULL;
	ide_list_links(spot.program, request->arena, spot.tree, &links);
	cJSON *list = cJSON_CreateArray();
	for (size_t i = 0; i < links.count; i++) {
		const struct document *document = workspace_find_path(&request->lsp->workspace, links.items[i].path);
		struct text uri = {0};
		uri_from_path(&uri, links.items[i].path);
		cJSON *item = cJSON_CreateObject();
		cJSON_AddItemToObject(item, "range", lsp_range(request->lsp, spot.file, links.items[i].span));
		cJSON_AddStringToObject(item, "target", document ? document->uri : uri.bytes);
		cJSON_AddStringToObject(item, "tooltip", links.items[i].path);
		cJSON_AddItemToArray(list, item);
		text_free(&uri);
	}
	return list;
}

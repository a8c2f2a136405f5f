/* Positions of the protocol and byte offsets. */
#include "base/uri.h"
#include "base/utf8.h"
#include "ide/library.h"
#include "lsp/lsp.h"

#include <string.h>

uint32_t lsp_units(const struct lsp *lsp, size_t bytes)
{
	return lsp->encoding == LSP_UTF8 ? (uint32_t)bytes : bytes == 4 ? 2 : 1;
}

static bool get_number(const cJSON *object, const char *key, uint32_t *number)
{
	const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, key);
	if (!cJSON_IsNumber(item) || !(item->valuedouble >= 0))
		return false;
	*number = item->valuedouble < 4294967295.0 ? (uint32_t)item->valuedouble : UINT32_MAX;
	return true;
}

bool lsp_offset(const struct lsp *lsp, const char *text, size_t length, const cJSON *position, uint32_t *offset)
{
	uint32_t line, character;
	if (!get_number(position, "line", &line) || !get_number(position, "character", &character))
		return false;
	const char *at = text, *end = text + length;
	while (line && at) {
		at = memchr(at, '\n', (size_t)(end - at));
		at = at ? at + 1 : NULL;
		line--;
	}
	if (!at) {
		*offset = (uint32_t)length;
		return true;
	}
	while (at < end && *at != '\n' && !(*at == '\r' && at + 1 < end && at[1] == '\n')) {
		uint32_t code_point;
		size_t bytes = utf8_decode(at, &code_point);
		if (lsp_units(lsp, bytes) > character)
			break;
		character -= lsp_units(lsp, bytes);
		at += bytes;
	}
	*offset = (uint32_t)(at - text);
	return true;
}

bool lsp_span(const struct lsp *lsp, const char *text, size_t length, const cJSON *range, struct span *span)
{
	return lsp_offset(lsp, text, length, cJSON_GetObjectItemCaseSensitive(range, "start"), &span->start) &&
	       lsp_offset(lsp, text, length, cJSON_GetObjectItemCaseSensitive(range, "end"), &span->end);
}

struct lsp_point lsp_point(const struct lsp *lsp, const struct source_file *file, uint32_t offset)
{
	if (offset > file->length)
		offset = file->length;
	uint32_t line = source_line_index(file, offset), character = 0, code_point;
	for (uint32_t at = file->lines[line]; at < offset;) {
		size_t bytes = utf8_decode(file->text + at, &code_point);
		character += lsp_units(lsp, bytes);
		at += (uint32_t)bytes;
	}
	return (struct lsp_point){file->lines_before + line, character};
}

cJSON *lsp_position(const struct lsp *lsp, const struct source_file *file, uint32_t offset)
{
	struct lsp_point point = lsp_point(lsp, file, offset);
	cJSON *position = cJSON_CreateObject();
	cJSON_AddNumberToObject(position, "line", point.line);
	cJSON_AddNumberToObject(position, "character", point.character);
	return position;
}

cJSON *lsp_range(const struct lsp *lsp, const struct source_file *file, struct span span)
{
	cJSON *range = cJSON_CreateObject();
	cJSON_AddItemToObject(range, "start", lsp_position(lsp, file, span.start));
	cJSON_AddItemToObject(range, "end", lsp_position(lsp, file, span.end));
	return range;
}

const char *lsp_uri(struct lsp *lsp, struct arena *arena, const struct source_file *file)
{
	const struct document *document = workspace_find_path(&lsp->workspace, file->name);
	if (document)
		return document->uri;
	const char *path = *file->name == '/' ? file->name : library_path(arena, lsp->cache_folder, file->name);
	if (!path)
		return NULL;
	struct text uri = {0};
	uri_from_path(&uri, path);
	path = arena_copy(arena, uri.bytes, uri.length);
	text_free(&uri);
	return path;
}

cJSON *lsp_location(struct lsp *lsp, const struct source_file *file, struct span span)
{
	struct arena arena = {0};
	const char *uri = lsp_uri(lsp, &arena, file);
	cJSON *location = uri ? cJSON_CreateObject() : NULL;
	if (location) {
		cJSON_AddStringToObject(location, "uri", uri);
		cJSON_AddItemToObject(location, "range", lsp_range(lsp, file, span));
	}
	arena_free(&arena);
	return location;
}

cJSON *lsp_text_edit(const struct lsp *lsp, const struct source_file *file, struct span span, const char *text)
{
	cJSON *edit = cJSON_CreateObject();
	cJSON_AddItemToObject(edit, "range", lsp_range(lsp, file, span));
	cJSON_AddStringToObject(edit, "newText", text);
	return edit;
}

cJSON *lsp_edits_of(const struct lsp *lsp, cJSON *edit, const char *uri)
{
	const struct document *document = workspace_find(&lsp->workspace, uri);
	const char *key = lsp->client.takes_document_changes ? "documentChanges" : "changes";
	cJSON *files = cJSON_GetObjectItemCaseSensitive(edit, key);
	if (!lsp->client.takes_document_changes)
		return cJSON_AddArrayToObject(files ? files : cJSON_AddObjectToObject(edit, key), uri);
	cJSON *file = cJSON_CreateObject(), *identity = cJSON_AddObjectToObject(file, "textDocument");
	cJSON_AddItemToArray(files ? files : cJSON_AddArrayToObject(edit, key), file);
	cJSON_AddStringToObject(identity, "uri", uri);
	cJSON_AddItemToObject(identity, "version", document ? cJSON_CreateNumber(document->version) : cJSON_CreateNull());
	return cJSON_AddArrayToObject(file, "edits");
}

struct document *lsp_document(struct lsp_request *request)
{
	const cJSON *item = cJSON_GetObjectItemCaseSensitive(request->params, "textDocument");
	const char *uri = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(item, "uri"));
	if (!uri) {
		lsp_fail(request, LSP_INVALID_PARAMS, "the request names no document");
		return NULL;
	}
	struct document *document = workspace_find(&request->lsp->workspace, uri);
	if (!document)
		lsp_fail(request, LSP_INVALID_PARAMS, "the document is not open");
	return document;
}

bool lsp_open_spot(struct lsp_request *request, struct lsp_spot *spot)
{
	*spot = (struct lsp_spot){.document = lsp_document(request)};
	if (!spot->document)
		return false;
	spot->snapshot = workspace_snapshot(&request->lsp->workspace, spot->document);
	spot->program = spot->snapshot->program;
	spot->tree = spot->program->tree;
	spot->file = spot->tree->file;
	return true;
}

bool lsp_find_spot(struct lsp_request *request, struct lsp_spot *spot)
{
	if (!lsp_open_spot(request, spot))
		return false;
	const cJSON *position = cJSON_GetObjectItemCaseSensitive(request->params, "position");
	if (!lsp_offset(request->lsp, spot->file->text, spot->file->length, position, &spot->offset)) {
		lsp_fail(request, LSP_INVALID_PARAMS, "the request has no position");
		return false;
	}
	spot->node = node_at(spot->tree, spot->offset);
	return true;
}

bool lsp_open_spot_range(struct lsp_request *request, struct lsp_spot *spot, struct span *span)
{
	if (!lsp_open_spot(request, spot))
		return false;
	const cJSON *range = cJSON_GetObjectItemCaseSensitive(request->params, "range");
	if (lsp_span(request->lsp, spot->file->text, spot->file->length, range, span) && span->start <= span->end)
		return true;
	lsp_fail(request, LSP_INVALID_PARAMS, "the request has no range");
	return false;
}

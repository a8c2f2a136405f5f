#include "lsp/lsp_places.h"

#include "base/json_tree.h"
#include "base/uri.h"
#include "base/utf8.h"
#include "ide/library.h"

#include <string.h>

uint32_t lsp_count_units(const struct lsp *lsp, size_t bytes)
{
	return lsp->encoding == LSP_UTF8 ? (uint32_t)bytes : bytes == 4 ? 2 : 1;
}

/* --- from the protocol --- */

/* Numbers that are too large become UINT32_MAX. */
static bool get_number(const cJSON *object, const char *key, uint32_t *number)
{
	const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, key);
	if (!cJSON_IsNumber(item) || !(item->valuedouble >= 0))
		return false;
	*number = item->valuedouble < 4294967295.0 ? (uint32_t)item->valuedouble : UINT32_MAX;
	return true;
}

bool lsp_read_position(const struct lsp *lsp, const char *text, size_t length, const cJSON *position, uint32_t *offset)
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
		if (lsp_count_units(lsp, bytes) > character)
			break;
		character -= lsp_count_units(lsp, bytes);
		at += bytes;
	}
	*offset = (uint32_t)(at - text);
	return true;
}

bool lsp_read_range(const struct lsp *lsp, const char *text, size_t length, const cJSON *range, struct span *span)
{
	return lsp_read_position(lsp, text, length, cJSON_GetObjectItemCaseSensitive(range, "start"), &span->start) &&
	       lsp_read_position(lsp, text, length, cJSON_GetObjectItemCaseSensitive(range, "end"), &span->end);
}

const char *lsp_read_uri(struct arena *arena, const char *uri)
{
	struct text path = {0};
	const char *copy = uri && uri_to_path(&path, uri) ? arena_copy(arena, path.bytes, path.length) : NULL;
	text_free(&path);
	return copy;
}

struct document *lsp_find_document(struct lsp_request *request)
{
	const char *uri = json_text(cJSON_GetObjectItemCaseSensitive(request->params, "textDocument"), "uri");
	if (!uri) {
		lsp_fail(request, LSP_INVALID_PARAMS, "the request names no document");
		return NULL;
	}
	struct document *document = workspace_find(&request->lsp->workspace, uri);
	if (!document)
		lsp_fail(request, LSP_INVALID_PARAMS, "the document is not open");
	return document;
}

static void compile_target(struct lsp *lsp, struct lsp_target *target)
{
	target->snapshot = workspace_snapshot(&lsp->workspace, target->document);
	target->program = target->snapshot->program;
	target->tree = target->program->tree;
	target->file = target->tree->file;
}

bool lsp_open_target(struct lsp_request *request, struct lsp_target *target)
{
	*target = (struct lsp_target){.document = lsp_find_document(request)};
	if (target->document)
		compile_target(request->lsp, target);
	return target->document;
}

bool lsp_open_target_position(struct lsp_request *request, struct lsp_target *target)
{
	if (!lsp_open_target(request, target))
		return false;
	const cJSON *position = cJSON_GetObjectItemCaseSensitive(request->params, "position");
	if (!lsp_read_position(request->lsp, target->file->text, target->file->length, position, &target->offset)) {
		lsp_fail(request, LSP_INVALID_PARAMS, "the request has no position");
		return false;
	}
	target->node = node_at(target->tree, target->offset);
	return true;
}

bool lsp_open_target_range(struct lsp_request *request, struct lsp_target *target, struct span *span)
{
	if (!lsp_open_target(request, target))
		return false;
	const cJSON *range = cJSON_GetObjectItemCaseSensitive(request->params, "range");
	if (lsp_read_range(request->lsp, target->file->text, target->file->length, range, span) && span->start <= span->end)
		return true;
	lsp_fail(request, LSP_INVALID_PARAMS, "the request has no range");
	return false;
}

bool lsp_open_target_uri(struct lsp *lsp, const char *uri, struct lsp_target *target)
{
	*target = (struct lsp_target){.document = workspace_find(&lsp->workspace, uri)};
	if (target->document)
		compile_target(lsp, target);
	return target->document;
}

/* --- to the protocol --- */

const char *lsp_file_uri(struct lsp *lsp, struct arena *arena, const struct source_file *file)
{
	const struct document *document = workspace_find_path(&lsp->workspace, file->name);
	if (document)
		return document->uri;
	const char *path = *file->name == '/' ? file->name : library_path(arena, lsp->cache_folder, file->name);
	if (!path)
		return NULL;
	struct text uri = {0};
	uri_from_path(&uri, path);
	const char *copy = arena_copy(arena, uri.bytes, uri.length);
	text_free(&uri);
	return copy;
}

struct lsp_position lsp_find_position(const struct lsp *lsp, const struct source_file *file, uint32_t offset)
{
	if (offset > file->length)
		offset = file->length;
	uint32_t line = source_line_index(file, offset), character = 0, code_point;
	for (uint32_t at = file->lines[line]; at < offset;) {
		size_t bytes = utf8_decode(file->text + at, &code_point);
		character += lsp_count_units(lsp, bytes);
		at += (uint32_t)bytes;
	}
	return (struct lsp_position){file->lines_before + line, character};
}

struct lsp_range lsp_find_range(const struct lsp *lsp, const struct source_file *file, struct span span)
{
	return (struct lsp_range){lsp_find_position(lsp, file, span.start), lsp_find_position(lsp, file, span.end)};
}

cJSON *lsp_make_position(struct lsp_position position)
{
	cJSON *json = cJSON_CreateObject();
	cJSON_AddNumberToObject(json, "line", position.line);
	cJSON_AddNumberToObject(json, "character", position.character);
	return json;
}

cJSON *lsp_make_range(struct lsp_range range)
{
	cJSON *json = cJSON_CreateObject();
	cJSON_AddItemToObject(json, "start", lsp_make_position(range.start));
	cJSON_AddItemToObject(json, "end", lsp_make_position(range.end));
	return json;
}

cJSON *lsp_make_location(const char *uri, struct lsp_range range)
{
	cJSON *location = cJSON_CreateObject();
	cJSON_AddStringToObject(location, "uri", uri);
	cJSON_AddItemToObject(location, "range", lsp_make_range(range));
	return location;
}

cJSON *lsp_make_text_edit(struct lsp_range range, const char *text)
{
	cJSON *edit = cJSON_CreateObject();
	cJSON_AddItemToObject(edit, "range", lsp_make_range(range));
	cJSON_AddStringToObject(edit, "newText", text);
	return edit;
}

cJSON *lsp_file_position(const struct lsp *lsp, const struct source_file *file, uint32_t offset)
{
	return lsp_make_position(lsp_find_position(lsp, file, offset));
}

cJSON *lsp_file_range(const struct lsp *lsp, const struct source_file *file, struct span span)
{
	return lsp_make_range(lsp_find_range(lsp, file, span));
}

cJSON *lsp_file_location(struct lsp *lsp, const struct source_file *file, struct span span)
{
	struct arena arena = {0};
	const char *uri = lsp_file_uri(lsp, &arena, file);
	cJSON *location = uri ? lsp_make_location(uri, lsp_find_range(lsp, file, span)) : NULL;
	arena_free(&arena);
	return location;
}

cJSON *lsp_file_text_edit(const struct lsp *lsp, const struct source_file *file, struct span span, const char *text)
{
	return lsp_make_text_edit(lsp_find_range(lsp, file, span), text);
}

cJSON *lsp_add_edited_file(const struct lsp *lsp, cJSON *edit, const char *uri)
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

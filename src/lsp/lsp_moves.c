/* Files that get another name or place: the imports that lead to them, and their own, follow. */
#include "lsp/lsp.h"

#include "base/json_tree.h"
#include "base/uri.h"
#include "host/file.h"

#include <string.h>

struct move {
	const char *from, *to;
};

typedef VEC(struct move) move_vec;

static const char *path_of(struct arena *arena, const cJSON *file, const char *key)
{
	const char *uri = json_text(file, key), *path = NULL;
	struct text text = {0};
	if (uri && uri_to_path(&text, uri))
		path = arena_copy(arena, text.bytes, text.length);
	text_free(&text);
	return path;
}

static move_vec read_moves(struct lsp_request *request)
{
	move_vec moves = {0};
	const cJSON *file;
	cJSON_ArrayForEach(file, cJSON_GetObjectItemCaseSensitive(request->params, "files")) {
		struct move move = {path_of(request->arena, file, "oldUri"), path_of(request->arena, file, "newUri")};
		if (move.from && move.to)
			vec_push(request->arena, &moves, move);
	}
	return moves;
}

/* Where a file will be, itself or with the folder that holds it. */
static const char *moved(struct arena *arena, const move_vec *moves, const char *path)
{
	for (size_t i = 0; i < moves->count; i++) {
		size_t length = strlen(moves->items[i].from);
		if (strncmp(path, moves->items[i].from, length) == 0 && (path[length] == '/' || !path[length]))
			return arena_printf(arena, "%s%s", moves->items[i].to, path + length);
	}
	return path;
}

/* The path of an import in one file that leads to another. */
static const char *relative(struct arena *arena, const char *from, const char *to)
{
	size_t common = 0;
	for (size_t i = 0; from[i] == to[i] && from[i]; i++)
		if (from[i] == '/')
			common = i + 1;
	const char *path = "";
	for (const char *at = strchr(from + common, '/'); at; at = strchr(at + 1, '/'))
		path = arena_printf(arena, "%s../", path);
	return arena_printf(arena, "%s%s", *path ? path : "./", to + common);
}

/* Adds the edits of a file whose imports lead elsewhere, or that will be elsewhere. */
static void follow(struct lsp_request *request, const move_vec *moves, const char *path, cJSON *edit)
{
	struct arena *arena = request->arena;
	const struct snapshot *snapshot = workspace_snapshot_at(&request->lsp->workspace, path);
	if (!snapshot)
		return;
	const struct source_file *file = snapshot->program->tree->file;
	const struct module_file *root = snapshot->program->files.items[0];
	cJSON *edits = NULL;
	for (size_t i = 0; i < root->imports.count; i++) {
		const struct node *node = root->imports.items[i].node;
		const struct module_file *target = root->imports.items[i].file;
		if (!target || !target->path || !node->word || *node->word->text != '.')
			continue;
		const char *now = relative(arena, path, target->path);
		const char *then = relative(arena, moved(arena, moves, path), moved(arena, moves, target->path));
		if (strcmp(now, then) == 0)
			continue;
		edits = edits ? edits : lsp_edits_of(request->lsp, edit, lsp_uri(request->lsp, arena, file));
		cJSON_AddItemToArray(edits, lsp_text_edit(request->lsp, file, node_name_span(node), arena_printf(arena, "\"%s\"", then)));
	}
}

static bool may_import(const struct workspace *workspace, const char *path)
{
	const struct document *document = workspace_find_path(workspace, path);
	struct text text = {0};
	if (document)
		return strstr(text_string(&document->text), "import") != NULL;
	bool is_found = file_read(path, SOURCE_MAX_BYTES, &text) && strstr(text_string(&text), "import");
	text_free(&text);
	return is_found;
}

cJSON *lsp_will_rename_files(struct lsp_request *request)
{
	struct workspace *workspace = &request->lsp->workspace;
	const move_vec moves = read_moves(request);
	struct path_list paths = {0};
	cJSON *edit = cJSON_CreateObject();
	if (moves.count)
		workspace_list_files(workspace, request->arena, &paths);
	for (size_t i = 0; i < paths.count && !lsp_is_cancelled(request); i++)
		if (may_import(workspace, paths.items[i]))
			follow(request, &moves, paths.items[i], edit);
	if (edit->child && !request->message)
		return edit;
	cJSON_Delete(edit);
	return NULL;
}

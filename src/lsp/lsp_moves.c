/* Edits of relative imports when files are renamed or moved: of those that name these files, and of those in these files. */
#include "lsp/lsp_methods.h"

#include "base/json_tree.h"
#include "host/file.h"
#include "lsp/lsp_places.h"

#include <string.h>

/* The absolute paths of a file or folder before and after a move. */
struct move {
	const char *from, *to;
};

typedef VEC(struct move) move_vec;

static move_vec read_moves(struct lsp_request *request)
{
	move_vec moves = {0};
	const cJSON *file;
	cJSON_ArrayForEach(file, cJSON_GetObjectItemCaseSensitive(request->params, "files")) {
		struct move move = {lsp_read_uri(request->arena, json_text(file, "oldUri")),
		                    lsp_read_uri(request->arena, json_text(file, "newUri"))};
		if (move.from && move.to)
			vec_push(request->arena, &moves, move);
	}
	return moves;
}

/* The new path of a file, which may move with a folder that contains it; the old path if the file does not move. */
static const char *find_new_path(struct arena *arena, const move_vec *moves, const char *path)
{
	for (size_t i = 0; i < moves->count; i++) {
		size_t length = strlen(moves->items[i].from);
		if (strncmp(path, moves->items[i].from, length) == 0 && (path[length] == '/' || !path[length]))
			return arena_printf(arena, "%s%s", moves->items[i].to, path + length);
	}
	return path;
}

/* The relative path by which a file imports another. */
static const char *make_import_path(struct arena *arena, const char *from, const char *to)
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

/* Adds edits for the relative imports in a file whose paths will change. */
static void add_import_edits(struct lsp_request *request, const move_vec *moves, const char *path, cJSON *edit)
{
	struct arena *arena = request->arena;
	const struct snapshot *snapshot = workspace_snapshot_at(&request->lsp->workspace, path);
	if (!snapshot)
		return;
	const struct source_file *file = snapshot->program->tree->file;
	const struct module_file *root = snapshot->program->files.items[0];
	const char *new_path = find_new_path(arena, moves, path);
	cJSON *edits = NULL;
	for (size_t i = 0; i < root->imports.count; i++) {
		const struct node *node = root->imports.items[i].node;
		const struct module_file *target = root->imports.items[i].file;
		if (!target || !target->path || !node->word || *node->word->text != '.')
			continue;
		const char *old_import = make_import_path(arena, path, target->path);
		const char *new_import = make_import_path(arena, new_path, find_new_path(arena, moves, target->path));
		if (strcmp(old_import, new_import) == 0)
			continue;
		if (!edits)
			edits = lsp_add_edited_file(request->lsp, edit, lsp_file_uri(request->lsp, arena, file));
		const char *quoted = arena_printf(arena, "\"%s\"", new_import);
		cJSON_AddItemToArray(edits, lsp_file_text_edit(request->lsp, file, node_name_span(node), quoted));
	}
}

/* Whether a file may have imports, judged by its text without compiling it. */
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
			add_import_edits(request, &moves, paths.items[i], edit);
	if (edit->child && !request->message)
		return edit;
	cJSON_Delete(edit);
	return NULL;
}

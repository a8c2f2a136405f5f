#include "lsp/lsp_refer.h"

#include "host/file.h"
#include "lsp/lsp_methods.h"

#include <stdlib.h>
#include <string.h>

bool lsp_find_name(struct lsp_request *request, struct lsp_target *target, struct ide_name *name)
{
	return lsp_open_target_position(request, target) && ide_find_name(target->program, target->tree, target->offset, name);
}

struct ide_subject lsp_make_subject(struct lsp_request *request, const struct program *program, const struct node *declaration)
{
	struct ide_place place = ide_place(program, declaration);
	const char *name = declaration->word ? declaration->word->text : "";
	place.path = arena_copy(request->arena, place.path, strlen(place.path));
	return (struct ide_subject){arena_copy(request->arena, name, strlen(name)), place};
}

/* Whether a file may refer to the subject and so must be compiled, judged by its text, in the editor or else on the disk. */
static bool may_refer(const struct workspace *workspace, const struct ide_subject *subject, const char *path)
{
	const struct document *document = workspace_find_path(workspace, path);
	struct text text = {0};
	if (document)
		return ide_may_refer(subject, path, text_string(&document->text));
	bool may = file_read(path, SOURCE_MAX_BYTES, &text) && ide_may_refer(subject, path, text_string(&text));
	text_free(&text);
	return may;
}

static bool visit_program(struct lsp_request *request, const struct ide_subject *subject, const char *path,
                          lsp_program_visitor *visit, void *context)
{
	struct workspace *workspace = &request->lsp->workspace;
	const struct snapshot *snapshot = may_refer(workspace, subject, path) ? workspace_snapshot_at(workspace, path) : NULL;
	struct ide_references references = {0};
	if (!snapshot)
		return true;
	ide_list_references(snapshot->program, request->arena, subject, NULL, &references);
	return !references.count || visit(context, snapshot->program, &references);
}

bool lsp_visit_programs(struct lsp_request *request, const struct ide_subject *subject, lsp_program_visitor *visit, void *context)
{
	struct path_list paths = {0};
	bool continues = true;
	lsp_begin_progress(request, "Searching references");
	workspace_list_files(&request->lsp->workspace, request->arena, &paths);
	for (size_t i = 0; i < paths.count && continues; i++) {
		lsp_report_progress(request, paths.items[i], (unsigned)(i * 100 / paths.count));
		continues = !lsp_is_cancelled(request) && visit_program(request, subject, paths.items[i], visit, context);
	}
	lsp_end_progress(request);
	return continues;
}

/* --- lists of references --- */

void lsp_add_reference(struct lsp_request *request, struct lsp_reference_list *list, const struct program *program,
                       const struct ide_reference *reference)
{
	struct lsp *lsp = request->lsp;
	const struct lsp_reference *last = list->count ? &list->items[list->count - 1] : NULL;
	const char *path = ide_place(program, reference->node).path;
	const struct source_file *file = reference->tree->file;
	struct lsp_reference added = {.offset = reference->span.start};
	bool is_same_file = last && strcmp(last->path, path) == 0;
	added.path = is_same_file ? last->path : arena_copy(request->arena, path, strlen(path));
	added.uri = is_same_file ? last->uri : lsp_file_uri(lsp, request->arena, file);
	added.range = lsp_find_range(lsp, file, reference->span);
	if (added.uri)
		vec_push(request->arena, list, added);
}

static int compare_references(const void *a, const void *b)
{
	const struct lsp_reference *left = a, *right = b;
	int order = strcmp(left->path, right->path);
	return order ? order : (left->offset > right->offset) - (left->offset < right->offset);
}

void lsp_sort_references(struct lsp_reference_list *list)
{
	size_t kept = 0;
	if (list->count)
		qsort(list->items, list->count, sizeof *list->items, compare_references);
	for (size_t i = 0; i < list->count; i++)
		if (!kept || compare_references(&list->items[kept - 1], &list->items[i]) != 0)
			list->items[kept++] = list->items[i];
	list->count = kept;
}

/* --- the methods --- */

struct lsp_reference_search {
	struct lsp_request *request;
	struct lsp_reference_list found;
	bool wants_declaration;
};

static bool add_program_references(void *context, struct program *program, const struct ide_references *references)
{
	struct lsp_reference_search *search = context;
	for (size_t i = 0; i < references->count; i++)
		if (search->wants_declaration || !references->items[i].is_declaration)
			lsp_add_reference(search->request, &search->found, program, &references->items[i]);
	return true;
}

/* Adds a declaration that is in the standard library: the library is not among the files of any program. */
static void add_library_declaration(struct lsp_reference_search *search, const struct program *program, const struct node *declaration)
{
	const struct tree *tree = program_tree(program, declaration);
	const struct ide_reference reference = {.tree = tree, .node = declaration, .span = ide_declaration_span(program, declaration)};
	if (search->wants_declaration && ide_is_library(program, declaration))
		lsp_add_reference(search->request, &search->found, program, &reference);
}

cJSON *lsp_references(struct lsp_request *request)
{
	struct lsp_target target;
	struct ide_name name;
	struct lsp_reference_search search = {.request = request};
	const cJSON *context = cJSON_GetObjectItemCaseSensitive(request->params, "context");
	search.wants_declaration = cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(context, "includeDeclaration"));
	if (!lsp_find_name(request, &target, &name) || !name.declaration)
		return NULL;
	const struct ide_subject subject = lsp_make_subject(request, target.program, name.declaration);
	add_library_declaration(&search, target.program, name.declaration);
	if (!lsp_visit_programs(request, &subject, add_program_references, &search))
		return NULL;
	lsp_sort_references(&search.found);
	cJSON *locations = cJSON_CreateArray();
	for (size_t i = 0; i < search.found.count; i++)
		cJSON_AddItemToArray(locations, lsp_make_location(search.found.items[i].uri, search.found.items[i].range));
	return locations;
}

cJSON *lsp_highlight(struct lsp_request *request)
{
	enum { READ = 2, WRITE = 3 };
	struct lsp_target target;
	struct ide_name name;
	struct ide_references references = {0};
	if (!lsp_find_name(request, &target, &name) || !name.declaration)
		return NULL;
	const struct ide_subject subject = lsp_make_subject(request, target.program, name.declaration);
	ide_list_references(target.program, request->arena, &subject, target.tree, &references);
	cJSON *highlights = cJSON_CreateArray();
	for (size_t i = 0; i < references.count; i++) {
		cJSON *highlight = cJSON_CreateObject();
		cJSON_AddItemToObject(highlight, "range", lsp_file_range(request->lsp, target.file, references.items[i].span));
		cJSON_AddNumberToObject(highlight, "kind", references.items[i].is_written ? WRITE : READ);
		cJSON_AddItemToArray(highlights, highlight);
	}
	return highlights;
}

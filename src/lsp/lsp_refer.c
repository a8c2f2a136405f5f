/* References, and what is the same in a document. */
#include "lsp/lsp_refer.h"

#include "host/file.h"

#include <stdlib.h>
#include <string.h>

bool lsp_find_name(struct lsp_request *request, struct lsp_spot *spot, struct ide_name *name)
{
	return lsp_find_spot(request, spot) && ide_find_name(spot->program, spot->tree, spot->offset, name);
}

struct ide_subject lsp_subject(struct lsp_request *request, const struct program *program, const struct node *declaration)
{
	struct ide_place place = ide_place(program, declaration);
	const char *name = declaration->word ? declaration->word->text : "";
	place.path = arena_copy(request->arena, place.path, strlen(place.path));
	return (struct ide_subject){arena_copy(request->arena, name, strlen(name)), place};
}

/* Whether the text of a file, as the editor or the disk has it, makes it worth compiling. */
static bool is_promising(const struct workspace *workspace, const struct ide_subject *subject, const char *path)
{
	const struct document *document = workspace_find_path(workspace, path);
	struct text text = {0};
	if (document)
		return ide_may_refer(subject, path, text_string(&document->text));
	bool is_promising = file_read(path, SOURCE_MAX_BYTES, &text) && ide_may_refer(subject, path, text_string(&text));
	text_free(&text);
	return is_promising;
}

static bool visit_program(struct lsp_request *request, const struct ide_subject *subject, const char *path,
                          lsp_visit_program *visit, void *context)
{
	struct workspace *workspace = &request->lsp->workspace;
	const struct snapshot *snapshot = is_promising(workspace, subject, path) ? workspace_snapshot_at(workspace, path) : NULL;
	struct ide_references references = {0};
	if (!snapshot)
		return true;
	ide_list_references(snapshot->program, request->arena, subject, NULL, &references);
	return !references.count || visit(context, snapshot->program, &references);
}

bool lsp_each_program(struct lsp_request *request, const struct ide_subject *subject, lsp_visit_program *visit, void *context)
{
	struct path_list paths = {0};
	bool goes_on = true;
	lsp_begin(request, "Searching references");
	workspace_list_files(&request->lsp->workspace, request->arena, &paths);
	for (size_t i = 0; i < paths.count && goes_on; i++) {
		lsp_progress(request, paths.items[i], (unsigned)(i * 100 / paths.count));
		goes_on = !lsp_is_cancelled(request) && visit_program(request, subject, paths.items[i], visit, context);
	}
	lsp_end(request);
	return goes_on;
}

/* --- places --- */

void lsp_add_place(struct lsp_request *request, struct lsp_places *places, const struct program *program,
                   const struct ide_reference *reference)
{
	struct lsp *lsp = request->lsp;
	const struct lsp_reference *last = places->count ? &places->items[places->count - 1] : NULL;
	const char *path = ide_place(program, reference->node).path;
	const struct source_file *file = reference->tree->file;
	struct lsp_reference place = {.offset = reference->span.start};
	bool is_same_file = last && strcmp(last->path, path) == 0;
	place.path = is_same_file ? last->path : arena_copy(request->arena, path, strlen(path));
	place.uri = is_same_file ? last->uri : lsp_uri(lsp, request->arena, file);
	place.start = lsp_point(lsp, file, reference->span.start);
	place.end = lsp_point(lsp, file, reference->span.end);
	if (place.uri)
		vec_push(request->arena, places, place);
}

static int compare_places(const void *a, const void *b)
{
	const struct lsp_reference *left = a, *right = b;
	int order = strcmp(left->path, right->path);
	return order ? order : (left->offset > right->offset) - (left->offset < right->offset);
}

void lsp_sort_places(struct lsp_places *places)
{
	size_t kept = 0;
	if (places->count)
		qsort(places->items, places->count, sizeof *places->items, compare_places);
	for (size_t i = 0; i < places->count; i++)
		if (!kept || compare_places(&places->items[kept - 1], &places->items[i]) != 0)
			places->items[kept++] = places->items[i];
	places->count = kept;
}

static cJSON *point(struct lsp_point point)
{
	cJSON *position = cJSON_CreateObject();
	cJSON_AddNumberToObject(position, "line", point.line);
	cJSON_AddNumberToObject(position, "character", point.character);
	return position;
}

cJSON *lsp_place_range(const struct lsp_reference *place)
{
	cJSON *range = cJSON_CreateObject();
	cJSON_AddItemToObject(range, "start", point(place->start));
	cJSON_AddItemToObject(range, "end", point(place->end));
	return range;
}

/* --- the methods --- */

struct gathering {
	struct lsp_request *request;
	struct lsp_places places;
	bool takes_declaration;
};

static bool gather(void *context, struct program *program, const struct ide_references *references)
{
	struct gathering *gathering = context;
	for (size_t i = 0; i < references->count; i++)
		if (gathering->takes_declaration || !references->items[i].is_declaration)
			lsp_add_place(gathering->request, &gathering->places, program, &references->items[i]);
	return true;
}

/* The declaration in the library, where no program has it among its files. */
static void add_library_place(struct gathering *gathering, const struct program *program, const struct node *declaration)
{
	const struct tree *tree = program_tree(program, declaration);
	const struct ide_reference reference = {.tree = tree, .node = declaration, .span = ide_declaration_span(program, declaration)};
	if (gathering->takes_declaration && ide_is_library(program, declaration))
		lsp_add_place(gathering->request, &gathering->places, program, &reference);
}

cJSON *lsp_references(struct lsp_request *request)
{
	struct lsp_spot spot;
	struct ide_name name;
	struct gathering gathering = {.request = request};
	const cJSON *wanted = cJSON_GetObjectItemCaseSensitive(request->params, "context");
	gathering.takes_declaration = cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(wanted, "includeDeclaration"));
	if (!lsp_find_name(request, &spot, &name) || !name.declaration)
		return NULL;
	const struct ide_subject subject = lsp_subject(request, spot.program, name.declaration);
	add_library_place(&gathering, spot.program, name.declaration);
	if (!lsp_each_program(request, &subject, gather, &gathering))
		return NULL;
	lsp_sort_places(&gathering.places);
	cJSON *locations = cJSON_CreateArray();
	for (size_t i = 0; i < gathering.places.count; i++) {
		cJSON *location = cJSON_CreateObject();
		cJSON_AddStringToObject(location, "uri", gathering.places.items[i].uri);
		cJSON_AddItemToObject(location, "range", lsp_place_range(&gathering.places.items[i]));
		cJSON_AddItemToArray(locations, location);
	}
	return locations;
}

cJSON *lsp_highlight(struct lsp_request *request)
{
	enum { READ = 2, WRITE = 3 };
	struct lsp_spot spot;
	struct ide_name name;
	struct ide_references references = {0};
	if (!lsp_find_name(request, &spot, &name) || !name.declaration)
		return NULL;
	const struct ide_subject subject = lsp_subject(request, spot.program, name.declaration);
	ide_list_references(spot.program, request->arena, &subject, spot.tree, &references);
	cJSON *highlights = cJSON_CreateArray();
	for (size_t i = 0; i < references.count; i++) {
		cJSON *highlight = cJSON_CreateObject();
		cJSON_AddItemToObject(highlight, "range", lsp_range(request->lsp, spot.file, references.items[i].span));
		cJSON_AddNumberToObject(highlight, "kind", references.items[i].is_written ? WRITE : READ);
		cJSON_AddItemToArray(highlights, highlight);
	}
	return highlights;
}

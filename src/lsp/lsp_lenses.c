/* Code lenses: how often a declaration is used, and what a step waits for.
 *
 * The list says only where they are. What they say is found when one of them is about to be shown, for the whole document
 * at once: in its own program, and in those of the open documents that import it. That is kept until anything changes. */
#include "lsp/lsp.h"

#include "base/json_tree.h"
#include "ide/ide_lenses.h"

#include <stdlib.h>
#include <string.h>

/* --- where they are --- */

static void add_lens(struct lsp_request *request, cJSON *list, const struct lsp_spot *spot, const struct node *node, const char *about)
{
	cJSON *item = cJSON_CreateObject(), *data;
	cJSON_AddItemToObject(item, "range", lsp_range(request->lsp, spot->file, node_name_span(node)));
	data = cJSON_AddObjectToObject(item, "data");
	cJSON_AddStringToObject(data, "uri", spot->document->uri);
	cJSON_AddNumberToObject(data, "offset", node->name_start);
	cJSON_AddStringToObject(data, "about", about);
	cJSON_AddItemToArray(list, item);
}

cJSON *lsp_code_lenses(struct lsp_request *request)
{
	struct lsp_spot spot;
	struct ide_lenses lenses = {0};
	if (!lsp_open_spot(request, &spot))
		return NULL;
	if (request->lsp->settings.shows_lenses)
		ide_list_lenses(request->arena, spot.tree, &lenses);
	cJSON *list = cJSON_CreateArray();
	for (size_t i = 0; i < lenses.count; i++) {
		add_lens(request, list, &spot, lenses.items[i], "uses");
		if (ide_has_dependencies(lenses.items[i]))
			add_lens(request, list, &spot, lenses.items[i], "dependencies");
	}
	return list;
}

/* --- where declarations are used --- */

struct used_at {
	uint32_t declaration; /* where the name is that is declared */
	size_t index;         /* in the order in which they were found */
	const char *uri;
	struct lsp_point start, end;
};

struct lsp_index {
	struct arena arena;
	const char *uri;      /* of the document with the declarations */
	uint64_t revision;    /* the last one of all documents, */
	size_t document_count; /* and how many these were */
	VEC(struct used_at) uses; /* by declaration */
	VEC(const char *) files;  /* whose names are in the list, as paths */
};

void lsp_free_index(struct lsp *lsp)
{
	if (lsp->index)
		arena_free(&lsp->index->arena);
	free(lsp->index);
	lsp->index = NULL;
}

static bool is_indexed(void *context, const char *path)
{
	struct lsp_index *index = context;
	for (size_t i = 0; i < index->files.count; i++)
		if (strcmp(index->files.items[i], path) == 0)
			return true;
	vec_push(&index->arena, &index->files, arena_copy(&index->arena, path, strlen(path)));
	return false;
}

static void index_program(struct lsp_request *request, struct lsp_index *index, struct program *program, const char *path)
{
	struct lsp *lsp = request->lsp;
	struct ide_file_references uses = {0};
	const struct tree *tree = NULL;
	const char *uri = NULL;
	ide_list_file_references(program, request->arena, path, is_indexed, index, &uses);
	for (size_t i = 0; i < uses.count; i++) {
		const struct ide_file_reference *use = &uses.items[i];
		if (use->tree != tree)
			uri = lsp_uri(lsp, &index->arena, use->tree->file);
		tree = use->tree;
		vec_push(&index->arena, &index->uses,
		         ((struct used_at){use->declaration->name_start, index->uses.count, uri,
		                           lsp_point(lsp, tree->file, use->span.start), lsp_point(lsp, tree->file, use->span.end)}));
	}
}

static int by_declaration(const void *a, const void *b)
{
	const struct used_at *left = a, *right = b;
	if (left->declaration != right->declaration)
		return left->declaration < right->declaration ? -1 : 1;
	return left->index < right->index ? -1 : 1;
}

static bool reads(const struct document *document, const char *path)
{
	for (size_t i = 0; i < document->inputs.count; i++)
		if (strcmp(document->inputs.items[i], path) == 0)
			return true;
	return false;
}

/* The index of a document as all of them are now. */
static const struct lsp_index *find_index(struct lsp_request *request, struct document *document)
{
	struct lsp *lsp = request->lsp;
	uint64_t revision = 0;
	size_t count = 0;
	for (const struct document *other = lsp->workspace.documents; other; other = other->next, count++)
		revision = other->revision > revision ? other->revision : revision;
	if (lsp->index && strcmp(lsp->index->uri, document->uri) == 0 && lsp->index->revision == revision && lsp->index->document_count == count)
		return lsp->index;
	lsp_free_index(lsp);
	struct lsp_index *index = calloc(1, sizeof *index);
	if (!index)
		arena_exhausted();
	lsp->index = index;
	index->uri = arena_copy(&index->arena, document->uri, strlen(document->uri));
	index->revision = revision;
	index->document_count = count;
	index_program(request, index, workspace_snapshot(&lsp->workspace, document)->program, document->path);
	for (struct document *other = lsp->workspace.documents; other; other = other->next)
		if (other != document && reads(other, document->path))
			index_program(request, index, workspace_snapshot(&lsp->workspace, other)->program, document->path);
	if (index->uses.count)
		qsort(index->uses.items, index->uses.count, sizeof *index->uses.items, by_declaration);
	return index;
}

/* --- what they say --- */

static cJSON *point_json(struct lsp_point point)
{
	cJSON *json = cJSON_CreateObject();
	cJSON_AddNumberToObject(json, "line", point.line);
	cJSON_AddNumberToObject(json, "character", point.character);
	return json;
}

static void add_use(cJSON *locations, const struct used_at *use)
{
	cJSON *location = cJSON_CreateObject(), *range;
	cJSON_AddStringToObject(location, "uri", use->uri);
	range = cJSON_AddObjectToObject(location, "range");
	cJSON_AddItemToObject(range, "start", point_json(use->start));
	cJSON_AddItemToObject(range, "end", point_json(use->end));
	cJSON_AddItemToArray(locations, location);
}

static void say_uses(struct lsp_request *request, const struct lsp_spot *spot, struct text *title, cJSON *locations)
{
	const struct lsp_index *index = find_index(request, spot->document);
	size_t low = 0, high = index->uses.count, count = 0;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (index->uses.items[middle].declaration < spot->offset)
			low = middle + 1;
		else
			high = middle;
	}
	for (; low < index->uses.count && index->uses.items[low].declaration == spot->offset; low++, count++)
		if (index->uses.items[low].uri)
			add_use(locations, &index->uses.items[low]);
	if (count)
		text_printf(title, "%zu reference%s", count, count == 1 ? "" : "s");
	else
		text_puts(title, "no references");
}

static void say_dependencies(struct lsp_request *request, const struct lsp_spot *spot, const struct node *step, struct text *title,
                             cJSON *locations)
{
	enum { SHOWN = 3 };
	struct ide_dependencies dependencies = {0};
	ide_list_dependencies(spot->program, request->arena, step, &dependencies);
	for (size_t i = 0; i < dependencies.count; i++) {
		const struct ide_dependency *item = &dependencies.items[i];
		if (i < SHOWN)
			text_printf(title, "%s%s", i ? ", " : "after ", item->name);
		bool is_new = item->at && (!i || item->at != item[-1].at);
		cJSON *location = is_new ? lsp_location(request->lsp, program_file(spot->program, item->at), node_span(item->at)) : NULL;
		if (location)
			cJSON_AddItemToArray(locations, location);
	}
	if (dependencies.count > SHOWN)
		text_printf(title, " and %zu more", dependencies.count - SHOWN);
	if (!dependencies.count)
		text_puts(title, program_has_errors(spot->program) ? "no dependencies known" : "starts at once");
}

/* The declaration that a lens is about, if it is still there; NULL after a failure. */
static const struct node *find_declaration(struct lsp_request *request, struct lsp_spot *spot)
{
	const cJSON *data = cJSON_GetObjectItemCaseSensitive(request->params, "data");
	const cJSON *offset = cJSON_GetObjectItemCaseSensitive(data, "offset");
	const char *uri = json_text(data, "uri");
	if (!uri || !cJSON_IsNumber(offset) || !(offset->valuedouble >= 0 && offset->valuedouble <= UINT32_MAX)) {
		lsp_fail(request, LSP_INVALID_PARAMS, "this is no lens of ours");
		return NULL;
	}
	*spot = (struct lsp_spot){.document = workspace_find(&request->lsp->workspace, uri), .offset = (uint32_t)offset->valuedouble};
	if (spot->document) {
		spot->snapshot = workspace_snapshot(&request->lsp->workspace, spot->document);
		spot->program = spot->snapshot->program;
		spot->tree = spot->program->tree;
		spot->file = spot->tree->file;
		for (const struct node *node = node_at(spot->tree, spot->offset); node; node = node->parent)
			if (node->name_start == spot->offset && node->name_end > node->name_start)
				return node;
	}
	lsp_fail(request, LSP_CONTENT_MODIFIED, "the declaration is not there any more");
	return NULL;
}

cJSON *lsp_resolve_lens(struct lsp_request *request)
{
	struct lsp_spot spot;
	const struct node *declaration = find_declaration(request, &spot);
	if (!declaration)
		return NULL;
	const char *about = json_text(cJSON_GetObjectItemCaseSensitive(request->params, "data"), "about");
	struct text title = {0};
	cJSON *item = cJSON_Duplicate(request->params, true), *command = cJSON_CreateObject(), *locations = cJSON_CreateArray();
	cJSON *position = lsp_position(request->lsp, spot.file, spot.offset);
	if (about && strcmp(about, "dependencies") == 0)
		say_dependencies(request, &spot, declaration, &title, locations);
	else
		say_uses(request, &spot, &title, locations); /* which may compile: the spot is not looked at any more */
	cJSON_AddStringToObject(command, "title", title.bytes);
	cJSON_AddStringToObject(command, "command", "sagepipec.showReferences");
	cJSON *arguments = cJSON_AddArrayToObject(command, "arguments");
	cJSON_AddItemToArray(arguments, cJSON_CreateString(spot.document->uri));
	cJSON_AddItemToArray(arguments, position);
	cJSON_AddItemToArray(arguments, locations);
	cJSON_DeleteItemFromObjectCaseSensitive(item, "command");
	cJSON_AddItemToObject(item, "command", command);
	text_free(&title);
	return item;
}

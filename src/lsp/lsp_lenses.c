/* Code lenses: how often a declaration is referenced, and which steps a step depends on.
 *
 * The list of lenses holds only their places. The client resolves a lens when it becomes visible, and only then is its title made.
 * The first lens that is resolved builds an index of all references to the document's declarations, in its own program and in
 * those of the open documents that import it. The index is kept until any document changes. */
#include "lsp/lsp_lenses.h"

#include "base/json_tree.h"
#include "ide/ide_lenses.h"
#include "lsp/lsp_methods.h"
#include "lsp/lsp_places.h"

#include <stdlib.h>
#include <string.h>

/* --- the list --- */

static void add_lens(struct lsp_request *request, cJSON *list, const struct lsp_target *target, const struct node *node, const char *about)
{
	cJSON *item = cJSON_CreateObject(), *data;
	cJSON_AddItemToObject(item, "range", lsp_file_range(request->lsp, target->file, node_name_span(node)));
	data = cJSON_AddObjectToObject(item, "data");
	cJSON_AddStringToObject(data, "uri", target->document->uri);
	cJSON_AddNumberToObject(data, "offset", node->name_start);
	cJSON_AddStringToObject(data, "about", about);
	cJSON_AddItemToArray(list, item);
}

cJSON *lsp_code_lenses(struct lsp_request *request)
{
	struct lsp_target target;
	struct ide_lenses lenses = {0};
	if (!lsp_open_target(request, &target))
		return NULL;
	if (request->lsp->settings.shows_lenses)
		ide_list_lenses(request->arena, target.tree, &lenses);
	cJSON *list = cJSON_CreateArray();
	for (size_t i = 0; i < lenses.count; i++) {
		add_lens(request, list, &target, lenses.items[i], "uses");
		if (ide_has_dependencies(lenses.items[i]))
			add_lens(request, list, &target, lenses.items[i], "dependencies");
	}
	return list;
}

/* --- the index of references --- */

struct lens_reference {
	uint32_t declaration; /* the offset of the declared name */
	size_t index;         /* in the order in which they were found */
	const char *uri;      /* NULL: the file has none (lsp_file_uri) */
	struct lsp_range range;
};

struct lsp_reference_index {
	struct arena arena;
	const char *uri;       /* of the document with the declarations */
	uint64_t revision;     /* the newest revision among all documents, and the number of documents, when the index was built: */
	size_t document_count; /* it is valid while both stay the same */
	VEC(struct lens_reference) references; /* sorted by declaration */
	VEC(const char *) files; /* the paths of the files searched so far */
};

void lsp_free_reference_index(struct lsp *lsp)
{
	if (lsp->reference_index)
		arena_free(&lsp->reference_index->arena);
	free(lsp->reference_index);
	lsp->reference_index = NULL;
}

/* Whether a file was already searched. If not, adds it to the searched files. */
static bool is_already_indexed(void *context, const char *path)
{
	struct lsp_reference_index *index = context;
	for (size_t i = 0; i < index->files.count; i++)
		if (strcmp(index->files.items[i], path) == 0)
			return true;
	vec_push(&index->arena, &index->files, arena_copy(&index->arena, path, strlen(path)));
	return false;
}

/* Adds the references in a program to the declarations of the document at `path`. */
static void index_program(struct lsp_request *request, struct lsp_reference_index *index, struct program *program, const char *path)
{
	struct lsp *lsp = request->lsp;
	struct ide_file_references found = {0};
	const struct tree *tree = NULL;
	const char *uri = NULL;
	ide_list_file_references(program, request->arena, path, is_already_indexed, index, &found);
	for (size_t i = 0; i < found.count; i++) {
		const struct ide_file_reference *item = &found.items[i];
		if (item->tree != tree)
			uri = lsp_file_uri(lsp, &index->arena, item->tree->file);
		tree = item->tree;
		const struct lens_reference reference = {item->declaration->name_start, index->references.count, uri,
		                                         lsp_find_range(lsp, tree->file, item->span)};
		vec_push(&index->arena, &index->references, reference);
	}
}

static int compare_references(const void *a, const void *b)
{
	const struct lens_reference *left = a, *right = b;
	if (left->declaration != right->declaration)
		return left->declaration < right->declaration ? -1 : 1;
	return left->index < right->index ? -1 : 1;
}

static bool is_input_of(const char *path, const struct document *document)
{
	for (size_t i = 0; i < document->inputs.count; i++)
		if (strcmp(document->inputs.items[i], path) == 0)
			return true;
	return false;
}

/* The index of a document: the last one if it is still valid, or a new one. */
static const struct lsp_reference_index *get_index(struct lsp_request *request, struct document *document)
{
	struct lsp *lsp = request->lsp;
	uint64_t revision = 0;
	size_t count = 0;
	for (const struct document *other = lsp->workspace.documents; other; other = other->next, count++)
		revision = other->revision > revision ? other->revision : revision;
	struct lsp_reference_index *index = lsp->reference_index;
	if (index && strcmp(index->uri, document->uri) == 0 && index->revision == revision && index->document_count == count)
		return index;
	lsp_free_reference_index(lsp);
	index = calloc(1, sizeof *index);
	if (!index)
		arena_exhausted();
	lsp->reference_index = index;
	index->uri = arena_copy(&index->arena, document->uri, strlen(document->uri));
	index->revision = revision;
	index->document_count = count;
	index_program(request, index, workspace_snapshot(&lsp->workspace, document)->program, document->path);
	for (struct document *other = lsp->workspace.documents; other; other = other->next)
		if (other != document && is_input_of(document->path, other))
			index_program(request, index, workspace_snapshot(&lsp->workspace, other)->program, document->path);
	if (index->references.count)
		qsort(index->references.items, index->references.count, sizeof *index->references.items, compare_references);
	return index;
}

/* --- titles --- */

static void describe_references(struct lsp_request *request, const struct lsp_target *target, struct text *title, cJSON *locations)
{
	const struct lsp_reference_index *index = get_index(request, target->document);
	const struct lens_reference *references = index->references.items;
	size_t low = 0, high = index->references.count, count = 0;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (references[middle].declaration < target->offset)
			low = middle + 1;
		else
			high = middle;
	}
	for (; low < index->references.count && references[low].declaration == target->offset; low++, count++)
		if (references[low].uri)
			cJSON_AddItemToArray(locations, lsp_make_location(references[low].uri, references[low].range));
	if (count)
		text_printf(title, "%zu reference%s", count, count == 1 ? "" : "s");
	else
		text_puts(title, "no references");
}

static void describe_dependencies(struct lsp_request *request, const struct lsp_target *target, const struct node *step,
                                  struct text *title, cJSON *locations)
{
	enum { SHOWN = 3 };
	struct ide_dependencies dependencies = {0};
	ide_list_dependencies(target->program, request->arena, step, &dependencies);
	for (size_t i = 0; i < dependencies.count; i++) {
		const struct ide_dependency *item = &dependencies.items[i];
		if (i < SHOWN)
			text_printf(title, "%s%s", i ? ", " : "after ", item->name);
		if (!item->at || (i && item->at == item[-1].at))
			continue;
		cJSON *location = lsp_file_location(request->lsp, program_file(target->program, item->at), node_span(item->at));
		if (location)
			cJSON_AddItemToArray(locations, location);
	}
	if (dependencies.count > SHOWN)
		text_printf(title, " and %zu more", dependencies.count - SHOWN);
	if (!dependencies.count)
		text_puts(title, program_has_errors(target->program) ? "no dependencies known" : "no dependencies");
}

/* The declaration that a lens is about; NULL after a failure, also if it no longer exists. */
static const struct node *find_declaration(struct lsp_request *request, struct lsp_target *target)
{
	const cJSON *data = cJSON_GetObjectItemCaseSensitive(request->params, "data");
	const cJSON *offset = cJSON_GetObjectItemCaseSensitive(data, "offset");
	const char *uri = json_text(data, "uri");
	if (!uri || !cJSON_IsNumber(offset) || !(offset->valuedouble >= 0 && offset->valuedouble <= UINT32_MAX)) {
		lsp_fail(request, LSP_INVALID_PARAMS, "this code lens is not from this server");
		return NULL;
	}
	if (lsp_open_target_uri(request->lsp, uri, target)) {
		target->offset = (uint32_t)offset->valuedouble;
		for (const struct node *node = node_at(target->tree, target->offset); node; node = node->parent)
			if (node->name_start == target->offset && node->name_end > node->name_start)
				return node;
	}
	lsp_fail(request, LSP_CONTENT_MODIFIED, "the declaration no longer exists");
	return NULL;
}

cJSON *lsp_resolve_lens(struct lsp_request *request)
{
	struct lsp_target target;
	const struct node *declaration = find_declaration(request, &target);
	if (!declaration)
		return NULL;
	const char *about = json_text(cJSON_GetObjectItemCaseSensitive(request->params, "data"), "about");
	struct text title = {0};
	cJSON *item = cJSON_Duplicate(request->params, true), *command = cJSON_CreateObject(), *locations = cJSON_CreateArray();
	cJSON *position = lsp_file_position(request->lsp, target.file, target.offset);
	if (about && strcmp(about, "dependencies") == 0)
		describe_dependencies(request, &target, declaration, &title, locations);
	else
		describe_references(request, &target, &title, locations); /* compiles: the target's program may be invalid afterwards */
	cJSON_AddStringToObject(command, "title", title.bytes);
	cJSON_AddStringToObject(command, "command", "sagepipec.showReferences");
	cJSON *arguments = cJSON_AddArrayToObject(command, "arguments");
	cJSON_AddItemToArray(arguments, cJSON_CreateString(target.document->uri));
	cJSON_AddItemToArray(arguments, position);
	cJSON_AddItemToArray(arguments, locations);
	cJSON_DeleteItemFromObjectCaseSensitive(item, "command");
	cJSON_AddItemToObject(item, "command", command);
	text_free(&title);
	return item;
}

/* Renaming: one edit of the workspace. A step or parameter without an `as` gets another name in the definition, too. */
#include "base/json_tree.h"
#include "ide/ide_rename.h"
#include "lsp/lsp_refer.h"

#include <string.h>

/* The name to change; false after a failure, which says why it does not. */
static bool find_renamable(struct lsp_request *request, struct lsp_spot *spot, struct ide_name *name)
{
	if (!lsp_find_name(request, spot, name)) {
		if (!request->message)
			lsp_fail(request, LSP_REQUEST_FAILED, "there is no name here");
		return false;
	}
	const char *refusal = ide_rename_refusal(spot->program, request->arena, name);
	if (refusal)
		lsp_fail(request, LSP_REQUEST_FAILED, refusal);
	return !refusal;
}

static const char *span_text(struct arena *arena, const struct source_file *file, struct span span)
{
	return arena_copy(arena, file->text + span.start, span.end - span.start);
}

cJSON *lsp_prepare_rename(struct lsp_request *request)
{
	struct lsp_spot spot;
	struct ide_name name;
	if (!find_renamable(request, &spot, &name))
		return NULL;
	cJSON *result = cJSON_CreateObject();
	cJSON_AddItemToObject(result, "range", lsp_range(request->lsp, spot.file, name.span));
	cJSON_AddStringToObject(result, "placeholder", span_text(request->arena, spot.file, name.span));
	return result;
}

struct renaming {
	struct lsp_request *request;
	const char *old, *text;
	struct lsp_places places;
};

static bool rename_in(void *context, struct program *program, const struct ide_references *references)
{
	struct renaming *renaming = context;
	struct lsp_request *request = renaming->request;
	const char *collision = ide_rename_collision(program, request->arena, references, renaming->old, renaming->text);
	if (collision) {
		lsp_fail(request, LSP_REQUEST_FAILED, collision);
		return false;
	}
	for (size_t i = 0; i < references->count; i++)
		if (ide_is_renamed(&references->items[i], renaming->old))
			lsp_add_place(request, &renaming->places, program, &references->items[i]);
	return true;
}

static cJSON *edit_of(const struct lsp *lsp, const struct lsp_places *places, const char *text)
{
	cJSON *edit = cJSON_CreateObject(), *edits = NULL;
	for (size_t i = 0; i < places->count; i++) {
		const struct lsp_reference *place = &places->items[i];
		if (!i || strcmp(places->items[i - 1].path, place->path) != 0)
			edits = lsp_edits_of(lsp, edit, place->uri);
		cJSON *change = cJSON_CreateObject();
		cJSON_AddItemToObject(change, "range", lsp_place_range(place));
		cJSON_AddStringToObject(change, "newText", text);
		cJSON_AddItemToArray(edits, change);
	}
	return edit;
}

cJSON *lsp_rename(struct lsp_request *request)
{
	struct lsp_spot spot;
	struct ide_name name;
	struct renaming renaming = {.request = request, .text = json_text(request->params, "newName")};
	if (!renaming.text)
		return lsp_fail(request, LSP_INVALID_PARAMS, "the request gives no new name");
	if (!find_renamable(request, &spot, &name))
		return NULL;
	const char *flaw = ide_rename_flaw(request->arena, renaming.text);
	if (flaw)
		return lsp_fail(request, LSP_REQUEST_FAILED, flaw);
	renaming.old = span_text(request->arena, spot.file, name.span);
	const struct ide_subject subject = lsp_subject(request, spot.program, name.declaration);
	if (!lsp_each_program(request, &subject, rename_in, &renaming))
		return NULL;
	lsp_sort_places(&renaming.places);
	return edit_of(request->lsp, &renaming.places, renaming.text);
}

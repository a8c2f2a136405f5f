/* Renaming, as one WorkspaceEdit. Renaming a step or parameter without an `as` also changes its name in the pipeline definition. */
#include "lsp/lsp_methods.h"

#include "base/json_tree.h"
#include "ide/ide_rename.h"
#include "lsp/lsp_refer.h"

#include <string.h>

/* Finds the name to change. False after a failure, whose message says why the name cannot be changed. */
static bool find_renamable_name(struct lsp_request *request, struct lsp_target *target, struct ide_name *name)
{
	if (!lsp_find_name(request, target, name)) {
		if (!request->message)
			lsp_fail(request, LSP_REQUEST_FAILED, "there is no name to rename here");
		return false;
	}
	const char *refusal = ide_rename_refusal(target->program, request->arena, name);
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
	struct lsp_target target;
	struct ide_name name;
	if (!find_renamable_name(request, &target, &name))
		return NULL;
	cJSON *result = cJSON_CreateObject();
	cJSON_AddItemToObject(result, "range", lsp_file_range(request->lsp, target.file, name.span));
	cJSON_AddStringToObject(result, "placeholder", span_text(request->arena, target.file, name.span));
	return result;
}

struct renaming {
	struct lsp_request *request;
	const char *old_name, *new_name;
	struct lsp_reference_list references;
};

static bool rename_in_program(void *context, struct program *program, const struct ide_references *references)
{
	struct renaming *renaming = context;
	struct lsp_request *request = renaming->request;
	const char *collision = ide_rename_collision(program, request->arena, references, renaming->old_name, renaming->new_name);
	if (collision) {
		lsp_fail(request, LSP_REQUEST_FAILED, collision);
		return false;
	}
	for (size_t i = 0; i < references->count; i++)
		if (ide_is_renamed(&references->items[i], renaming->old_name))
			lsp_add_reference(request, &renaming->references, program, &references->items[i]);
	return true;
}

/* A WorkspaceEdit that replaces sorted references by a name. */
static cJSON *make_edit(const struct lsp *lsp, const struct lsp_reference_list *references, const char *name)
{
	cJSON *edit = cJSON_CreateObject(), *edits = NULL;
	for (size_t i = 0; i < references->count; i++) {
		const struct lsp_reference *reference = &references->items[i];
		if (!i || strcmp(references->items[i - 1].path, reference->path) != 0)
			edits = lsp_add_edited_file(lsp, edit, reference->uri);
		cJSON_AddItemToArray(edits, lsp_make_text_edit(reference->range, name));
	}
	return edit;
}

cJSON *lsp_rename(struct lsp_request *request)
{
	struct lsp_target target;
	struct ide_name name;
	struct renaming renaming = {.request = request, .new_name = json_text(request->params, "newName")};
	if (!renaming.new_name)
		return lsp_fail(request, LSP_INVALID_PARAMS, "the request gives no new name");
	if (!find_renamable_name(request, &target, &name))
		return NULL;
	const char *flaw = ide_rename_flaw(request->arena, renaming.new_name);
	if (flaw)
		return lsp_fail(request, LSP_REQUEST_FAILED, flaw);
	renaming.old_name = span_text(request->arena, target.file, name.span);
	const struct ide_subject subject = lsp_make_subject(request, target.program, name.declaration);
	if (!lsp_visit_programs(request, &subject, rename_in_program, &renaming))
		return NULL;
	lsp_sort_references(&renaming.references);
	return make_edit(request->lsp, &renaming.references, renaming.new_name);
}

/* Code actions: quick fixes, refactorings, and all safe fixes at once. */
#include "lsp/lsp_methods.h"

#include "base/json_tree.h"
#include "base/uri.h"
#include "ide/actions/ide_actions.h"
#include "lsp/lsp_diagnostics.h"
#include "lsp/lsp_places.h"

#include <string.h>

/* CodeActionKind of the protocol. */
static const char *const kinds[] = {
	[IDE_FIX] = "quickfix", [IDE_EXTRACT] = "refactor.extract", [IDE_INLINE] = "refactor.inline", [IDE_REWRITE] = "refactor.rewrite"
};

static const char fix_all_kind[] = "source.fixAll.sagepipec";

/* --- what the client asks for --- */

/* Whether a kind is the wanted one or a sub-kind of it; every kind is below "". */
static bool is_below(const char *kind, const char *wanted)
{
	size_t length = strlen(wanted);
	return !length || (strncmp(kind, wanted, length) == 0 && (!kind[length] || kind[length] == '.'));
}

static bool is_wanted(const cJSON *context, const char *kind)
{
	const cJSON *item, *only = cJSON_GetObjectItemCaseSensitive(context, "only");
	if (!cJSON_IsArray(only))
		return true;
	cJSON_ArrayForEach(item, only)
		if (cJSON_IsString(item) && is_below(kind, item->valuestring))
			return true;
	return false;
}

/* Whether the user asked for actions, and did not merely move the cursor. */
static bool is_invoked(const cJSON *context)
{
	enum { AUTOMATIC = 2 };
	const cJSON *trigger = cJSON_GetObjectItemCaseSensitive(context, "triggerKind");
	return !cJSON_IsNumber(trigger) || trigger->valueint != AUTOMATIC;
}

/* Whether a diagnostic touches the range, or the client lists it. */
static bool is_relevant(const struct lsp *lsp, const cJSON *context, const struct diag *diag, struct span range)
{
	const cJSON *item, *list = cJSON_GetObjectItemCaseSensitive(context, "diagnostics");
	if (diag->span.start <= range.end && diag->span.end >= range.start)
		return true;
	cJSON_ArrayForEach(item, list) {
		const char *code = json_text(item, "code");
		struct span span;
		if (code && strcmp(code, diag_code_name(diag->code)) == 0 &&
		    lsp_read_range(lsp, diag->file->text, diag->file->length, cJSON_GetObjectItemCaseSensitive(item, "range"), &span) &&
		    span.start == diag->span.start && span.end == diag->span.end)
			return true;
	}
	return false;
}

/* --- edits --- */

/* A WorkspaceEdit that creates an empty file. */
static cJSON *make_file_creation(const char *path)
{
	struct text uri = {0};
	cJSON *edit = cJSON_CreateObject(), *operation = cJSON_CreateObject();
	uri_from_path(&uri, path);
	cJSON_AddStringToObject(operation, "kind", "create");
	cJSON_AddStringToObject(operation, "uri", uri.bytes);
	cJSON_AddBoolToObject(cJSON_AddObjectToObject(operation, "options"), "ignoreIfExists", true);
	cJSON_AddItemToArray(cJSON_AddArrayToObject(edit, "documentChanges"), operation);
	text_free(&uri);
	return edit;
}

static cJSON *start_action(const char *title, const char *kind)
{
	cJSON *item = cJSON_CreateObject();
	cJSON_AddStringToObject(item, "title", title);
	cJSON_AddStringToObject(item, "kind", kind);
	return item;
}

static cJSON *make_action(struct lsp *lsp, const struct lsp_target *target, const struct ide_action *action)
{
	cJSON *item = start_action(action->title, kinds[action->kind]);
	if (action->diag)
		cJSON_AddItemToArray(cJSON_AddArrayToObject(item, "diagnostics"), lsp_make_diagnostic(lsp, action->diag));
	if (action->is_preferred)
		cJSON_AddBoolToObject(item, "isPreferred", true);
	if (action->new_file) {
		cJSON_AddItemToObject(item, "edit", make_file_creation(action->new_file));
		return item;
	}
	cJSON *edits = lsp_add_edited_file(lsp, cJSON_AddObjectToObject(item, "edit"), target->document->uri);
	for (size_t i = 0; i < action->edits.count; i++) {
		struct lsp_range range = lsp_find_range(lsp, target->file, action->edits.items[i].span);
		cJSON_AddItemToArray(edits, lsp_make_text_edit(range, action->edits.items[i].text));
	}
	return item;
}

/* --- all safe fixes --- */

/* One edit that turns the document's text into the new one. It covers whole lines, without the common lines at both ends. */
static cJSON *make_fix_all_edit(const struct lsp *lsp, struct arena *arena, const struct document *document,
                                const struct text *new)
{
	const struct text *old = &document->text;
	const struct source_file *file = source_new(arena, document->path, text_string(old), old->length);
	size_t start = 0, end = 0, shorter = old->length < new->length ? old->length : new->length;
	while (start < shorter && old->bytes[start] == new->bytes[start])
		start++;
	while (start > 0 && old->bytes[start - 1] != '\n')
		start--;
	while (end < shorter - start && old->bytes[old->length - 1 - end] == new->bytes[new->length - 1 - end])
		end++;
	while (end > 0 && old->bytes[old->length - end - 1] != '\n')
		end--;
	const char *text = arena_copy(arena, new->bytes + start, new->length - end - start);
	return lsp_file_text_edit(lsp, file, span_of((uint32_t)start, (uint32_t)(old->length - end)), text);
}

static void add_fix_all(struct lsp_request *request, struct document *document, cJSON *list)
{
	struct text fixed = {0};
	if (workspace_fix(&request->lsp->workspace, document, &fixed)) {
		cJSON *item = start_action("Apply all safe fixes", fix_all_kind);
		cJSON *edits = lsp_add_edited_file(request->lsp, cJSON_AddObjectToObject(item, "edit"), document->uri);
		cJSON_AddItemToArray(edits, make_fix_all_edit(request->lsp, request->arena, document, &fixed));
		cJSON_AddItemToArray(list, item);
	}
	text_free(&fixed);
}

/* --- the answer --- */

static void list_actions(struct lsp_request *request, const struct lsp_target *target, const cJSON *context, struct ide_actions *actions)
{
	for (const struct diag *diag = target->snapshot->diags->first; diag && is_wanted(context, kinds[IDE_FIX]); diag = diag->next)
		if (diag->file == target->file && is_relevant(request->lsp, context, diag, actions->range))
			ide_list_fixes(actions, diag);
	if (is_invoked(context) || actions->range.start != actions->range.end)
		ide_list_rewrites(actions);
}

cJSON *lsp_code_actions(struct lsp_request *request)
{
	struct lsp_target target;
	struct span range;
	struct lsp *lsp = request->lsp;
	if (!lsp_open_target_range(request, &target, &range))
		return NULL;
	struct ide_actions actions = {.arena = request->arena, .program = target.program, .tree = target.tree, .range = range};
	const cJSON *context = cJSON_GetObjectItemCaseSensitive(request->params, "context");
	list_actions(request, &target, context, &actions);
	cJSON *list = cJSON_CreateArray();
	for (const struct ide_action *action = actions.first; action; action = action->next)
		if (is_wanted(context, kinds[action->kind]) && (!action->new_file || lsp->client.takes_resource_operations))
			cJSON_AddItemToArray(list, make_action(lsp, &target, action));
	if (is_wanted(context, fix_all_kind) && is_invoked(context))
		add_fix_all(request, target.document, list); /* last, as it compiles: the target is invalid afterwards */
	return list;
}

/* The call hierarchy of steps: a step calls the steps that it depends on. */
#include "lsp/lsp_methods.h"

#include "base/json_tree.h"
#include "ide/ide_hierarchy.h"
#include "lsp/lsp_places.h"

/* A CallHierarchyItem. Its `data` identifies the step in later requests: the program in which the hierarchy was opened, and the
 * step's place. NULL for a file without a URI. */
static cJSON *make_item(struct lsp_request *request, const struct program *program, const struct node *step)
{
	enum { OBJECT = 19 };
	struct lsp *lsp = request->lsp;
	const struct source_file *file = program_file(program, step);
	const struct ide_place place = ide_place(program, step);
	const char *uri = lsp_file_uri(lsp, request->arena, file), *detail = ide_step_detail(program, request->arena, step);
	if (!uri)
		return NULL;
	cJSON *item = cJSON_CreateObject(), *data;
	cJSON_AddStringToObject(item, "name", step->word->text);
	cJSON_AddNumberToObject(item, "kind", OBJECT);
	if (*detail)
		cJSON_AddStringToObject(item, "detail", detail);
	cJSON_AddStringToObject(item, "uri", uri);
	cJSON_AddItemToObject(item, "range", lsp_file_range(lsp, file, node_span(step)));
	cJSON_AddItemToObject(item, "selectionRange", lsp_file_range(lsp, file, ide_declaration_span(program, step)));
	data = cJSON_AddObjectToObject(item, "data");
	cJSON_AddStringToObject(data, "program", program->tree->file->name);
	cJSON_AddStringToObject(data, "path", place.path);
	cJSON_AddNumberToObject(data, "offset", place.offset);
	return item;
}

cJSON *lsp_prepare_hierarchy(struct lsp_request *request)
{
	struct lsp_target target;
	const struct node *step = NULL;
	if (lsp_open_target_position(request, &target))
		step = ide_find_step(target.program, target.tree, target.offset);
	cJSON *item = step ? make_item(request, target.program, step) : NULL;
	if (!item)
		return NULL;
	cJSON *items = cJSON_CreateArray();
	cJSON_AddItemToArray(items, item);
	return items;
}

/* The step of the request's item, and its program; NULL if the step no longer exists, or after a failure. */
static const struct node *find_item_step(struct lsp_request *request, const struct program **program)
{
	const cJSON *item = cJSON_GetObjectItemCaseSensitive(request->params, "item");
	const cJSON *data = cJSON_GetObjectItemCaseSensitive(item, "data");
	const cJSON *offset = cJSON_GetObjectItemCaseSensitive(data, "offset");
	const char *root = json_text(data, "program"), *path = json_text(data, "path");
	if (!root || !path || !cJSON_IsNumber(offset) || !(offset->valuedouble >= 0 && offset->valuedouble < UINT32_MAX)) {
		lsp_fail(request, LSP_INVALID_PARAMS, "the request has no item of this server");
		return NULL;
	}
	const struct snapshot *snapshot = workspace_snapshot_at(&request->lsp->workspace, root);
	*program = snapshot ? snapshot->program : NULL;
	return snapshot ? ide_step_at(*program, (struct ide_place){path, (uint32_t)offset->valuedouble}) : NULL;
}

/* The Ranges of the references that make these calls, in the caller's file. References in other files, with an empty span, are left
 * out. */
static cJSON *make_call_ranges(struct lsp_request *request, const struct program *program, const struct node *caller,
                               const struct ide_call *calls, size_t count)
{
	cJSON *ranges = cJSON_CreateArray();
	for (size_t i = 0; i < count; i++)
		if (calls[i].at.end > calls[i].at.start)
			cJSON_AddItemToArray(ranges, lsp_file_range(request->lsp, program_file(program, caller), calls[i].at));
	return ranges;
}

static cJSON *list_calls(struct lsp_request *request, bool is_upstream)
{
	const struct program *program = NULL;
	const struct node *step = find_item_step(request, &program);
	struct ide_calls calls = {0};
	if (!step)
		return NULL;
	ide_list_calls(program, request->arena, step, is_upstream, &calls);
	cJSON *result = cJSON_CreateArray();
	for (size_t i = 0, end; i < calls.count; i = end) {
		const struct node *other = calls.items[i].step;
		for (end = i; end < calls.count && calls.items[end].step == other;)
			end++;
		const struct node *caller = is_upstream ? step : other;
		cJSON *item = other->word ? make_item(request, program, other) : NULL;
		if (!item)
			continue;
		cJSON *call = cJSON_CreateObject();
		cJSON_AddItemToObject(call, is_upstream ? "to" : "from", item);
		cJSON_AddItemToObject(call, "fromRanges", make_call_ranges(request, program, caller, calls.items + i, end - i));
		cJSON_AddItemToArray(result, call);
	}
	return result;
}

cJSON *lsp_incoming_calls(struct lsp_request *request)
{
	return list_calls(request, false);
}

cJSON *lsp_outgoing_calls(struct lsp_request *request)
{
	return list_calls(request, true);
}

/* textDocument/completion, completionItem/resolve and textDocument/signatureHelp. */
#include "base/json.h"
#include "base/json_tree.h"
#include "base/utf8.h"
#include "ide/complete/complete.h"
#include "lsp/lsp.h"

#include <string.h>

/* --- completion --- */

/* CompletionItemKind of the protocol. */
static const int item_kinds[] = {
	[COMPLETION_WORD] = 14,    [COMPLETION_FIELD] = 5,    [COMPLETION_CONSTANT] = 20, [COMPLETION_NAME] = 6,
	[COMPLETION_PARAM] = 6,    [COMPLETION_STEP] = 9,     [COMPLETION_FUNCTION] = 3,  [COMPLETION_KIND] = 7,
	[COMPLETION_TYPE] = 22,    [COMPLETION_MEMBER] = 10,  [COMPLETION_FILE] = 17,     [COMPLETION_FOLDER] = 19,
};

static char trigger_of(const struct lsp_request *request)
{
	const cJSON *context = cJSON_GetObjectItemCaseSensitive(request->params, "context");
	const char *character = json_text(context, "triggerCharacter");
	return character ? *character : '\0';
}

static void complete_spot(struct lsp_request *request, const struct lsp_spot *spot, char trigger, struct completions *completions)
{
	struct completion_options options = {.takes_snippets = request->lsp->client.takes_snippets, .trigger = trigger};
	complete_at(request->arena, spot->program, spot->tree, spot->offset, options, completions);
	if (lsp_point(request->lsp, spot->file, completions->span.start).line !=
	    lsp_point(request->lsp, spot->file, completions->span.end).line)
		completions->span.end = spot->offset;
}

static void put_string(struct text *out, const char *key, const char *value)
{
	text_printf(out, ",\"%s\":", key);
	json_add_string(out, value, strlen(value));
}

/* What resolve finds the item by: where it was asked for. */
static char *data_of(struct lsp_request *request, const struct lsp_spot *spot)
{
	cJSON *data = cJSON_CreateObject();
	cJSON_AddStringToObject(data, "uri", spot->document->uri);
	cJSON_AddItemToObject(data, "position", lsp_position(request->lsp, spot->file, spot->offset));
	struct text text = {0};
	json_put_tree(&text, data);
	cJSON_Delete(data);
	char *copy = arena_copy(request->arena, text.bytes, text.length);
	text_free(&text);
	return copy;
}

static void put_item(struct text *out, const struct completion *item, size_t place, const char *range, const char *data)
{
	text_puts(out, place ? ",{\"label\":" : "{\"label\":");
	json_add_string(out, item->label, strlen(item->label));
	text_printf(out, ",\"kind\":%d", item_kinds[item->kind]);
	if (item->detail)
		put_string(out, "detail", item->detail);
	text_printf(out, ",\"sortText\":\"%04zu\"", place);
	if (item->filter)
		put_string(out, "filterText", item->filter);
	if (item->is_snippet)
		text_puts(out, ",\"insertTextFormat\":2");
	text_printf(out, ",\"textEdit\":{\"range\":%s", range);
	put_string(out, "newText", item->insert);
	text_puts(out, "}");
	if (item->kind != COMPLETION_CONSTANT && item->kind != COMPLETION_FILE && item->kind != COMPLETION_FOLDER)
		text_printf(out, ",\"data\":%s", data);
	text_putc(out, '}');
}

cJSON *lsp_complete(struct lsp_request *request)
{
	struct lsp_spot spot;
	struct completions completions;
	if (!lsp_find_spot(request, &spot))
		return NULL;
	complete_spot(request, &spot, trigger_of(request), &completions);
	if (!completions.count && !completions.is_incomplete)
		return NULL;
	struct text items = {0}, range = {0};
	cJSON *tree = lsp_range(request->lsp, spot.file, completions.span);
	json_put_tree(&range, tree);
	cJSON_Delete(tree);
	const char *data = data_of(request, &spot);
	text_putc(&items, '[');
	for (size_t i = 0; i < completions.count; i++)
		put_item(&items, &completions.items[i], i, range.bytes, data);
	text_putc(&items, ']');
	cJSON *result = cJSON_CreateObject();
	cJSON_AddBoolToObject(result, "isIncomplete", completions.is_incomplete);
	cJSON_AddItemToObject(result, "items", cJSON_CreateRaw(items.bytes));
	text_free(&items);
	text_free(&range);
	return result;
}

static void add_documentation(const struct lsp *lsp, cJSON *to, const char *text)
{
	if (!text || !*text)
		return;
	cJSON *documentation = cJSON_AddObjectToObject(to, "documentation");
	cJSON_AddStringToObject(documentation, "kind", lsp->client.completes_markdown ? "markdown" : "plaintext");
	cJSON_AddStringToObject(documentation, "value", text);
}

/* Completes once more where the item comes from, and takes the one of its label. */
static void resolve_item(struct lsp_request *request, const cJSON *data, cJSON *item)
{
	struct lsp *lsp = request->lsp;
	const char *uri = json_text(data, "uri"), *label = json_text(item, "label");
	struct lsp_spot spot = {.document = uri ? workspace_find(&lsp->workspace, uri) : NULL};
	if (!spot.document || !label)
		return;
	spot.program = workspace_snapshot(&lsp->workspace, spot.document)->program;
	spot.tree = spot.program->tree;
	spot.file = spot.tree->file;
	const cJSON *position = cJSON_GetObjectItemCaseSensitive(data, "position");
	if (!lsp_offset(lsp, spot.file->text, spot.file->length, position, &spot.offset))
		return;
	struct completions completions;
	size_t i = 0;
	complete_spot(request, &spot, '\0', &completions);
	while (i < completions.count && strcmp(completions.items[i].label, label) != 0)
		i++;
	if (i < completions.count)
		add_documentation(lsp, item, complete_document(request->arena, spot.program, &completions.items[i], lsp->client.completes_markdown));
}

cJSON *lsp_resolve_completion(struct lsp_request *request)
{
	if (!json_text(request->params, "label"))
		return lsp_fail(request, LSP_INVALID_PARAMS, "the request has no item");
	cJSON *item = cJSON_Duplicate(request->params, true);
	const cJSON *data = cJSON_GetObjectItemCaseSensitive(request->params, "data");
	if (cJSON_IsObject(data))
		resolve_item(request, data, item);
	return item;
}

/* --- signatures --- */

static unsigned count_units(const char *text, uint32_t length)
{
	unsigned units = 0;
	uint32_t code_point;
	for (uint32_t at = 0; at < length; at += (uint32_t)utf8_decode(text + at, &code_point))
		units += 1 + (text[at] & 0xF8) / 0xF0;
	return units;
}

static void add_parameter_label(const struct lsp *lsp, cJSON *to, const char *label, struct span span)
{
	if (lsp->client.takes_label_offsets) {
		int offsets[] = {(int)count_units(label, span.start), (int)count_units(label, span.end)};
		cJSON_AddItemToObject(to, "label", cJSON_CreateIntArray(offsets, 2));
		return;
	}
	struct text text = {0};
	text_add(&text, label + span.start, span.end - span.start);
	cJSON_AddStringToObject(to, "label", text_string(&text));
	text_free(&text);
}

static cJSON *signature_json(struct lsp_request *request, struct program *program, const struct signature *signature)
{
	const struct lsp *lsp = request->lsp;
	cJSON *json = cJSON_CreateObject(), *parameters;
	cJSON_AddStringToObject(json, "label", signature->label);
	add_documentation(lsp, json, complete_document_callee(request->arena, program, signature));
	parameters = cJSON_AddArrayToObject(json, "parameters");
	for (size_t i = 0; i < signature->count; i++) {
		const struct signature_parameter *p = &signature->parameters[i];
		cJSON *parameter = cJSON_CreateObject();
		add_parameter_label(lsp, parameter, signature->label, p->span);
		if (p->node)
			add_documentation(lsp, parameter, complete_document_parameter(request->arena, program, p->node, lsp->client.completes_markdown));
		cJSON_AddItemToArray(parameters, parameter);
	}
	return json;
}

cJSON *lsp_help_signature(struct lsp_request *request)
{
	struct lsp_spot spot;
	struct signature signature;
	if (!lsp_find_spot(request, &spot))
		return NULL;
	complete_signature(request->arena, spot.program, spot.tree, spot.offset, &signature);
	if (!signature.label)
		return NULL;
	cJSON *result = cJSON_CreateObject(), *signatures = cJSON_AddArrayToObject(result, "signatures");
	cJSON_AddItemToArray(signatures, signature_json(request, spot.program, &signature));
	cJSON_AddNumberToObject(result, "activeSignature", 0);
	cJSON_AddNumberToObject(result, "activeParameter", (double)signature.active);
	return result;
}

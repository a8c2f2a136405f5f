/* textDocument/completion, completionItem/resolve and textDocument/signatureHelp. */
#include "lsp/lsp_methods.h"

#include "base/json.h"
#include "base/json_tree.h"
#include "base/utf8.h"
#include "ide/complete/complete.h"
#include "lsp/lsp_json.h"
#include "lsp/lsp_places.h"

#include <string.h>

/* --- completion --- */

/* CompletionItemKind of the protocol. */
static const int item_kinds[] = {
	[COMPLETION_WORD] = 14,    [COMPLETION_FIELD] = 5,    [COMPLETION_CONSTANT] = 20, [COMPLETION_NAME] = 6,
	[COMPLETION_PARAM] = 6,    [COMPLETION_STEP] = 9,     [COMPLETION_FUNCTION] = 3,  [COMPLETION_KIND] = 7,
	[COMPLETION_TYPE] = 22,    [COMPLETION_MEMBER] = 10,  [COMPLETION_FILE] = 17,     [COMPLETION_FOLDER] = 19,
};

/* The character that triggered the completion, or NUL. */
static char trigger_character(const struct lsp_request *request)
{
	const cJSON *context = cJSON_GetObjectItemCaseSensitive(request->params, "context");
	const char *character = json_text(context, "triggerCharacter");
	return character ? *character : '\0';
}

/* Completes at the cursor. If the span to replace covers several lines, it is cut at the cursor: the protocol allows one line. */
static void list_completions(struct lsp_request *request, const struct lsp_target *target, char trigger, struct completions *completions)
{
	struct completion_options options = {.takes_snippets = request->lsp->client.takes_snippets, .trigger = trigger};
	complete_at(request->arena, target->program, target->tree, target->offset, options, completions);
	struct lsp_range range = lsp_find_range(request->lsp, target->file, completions->span);
	if (range.start.line != range.end.line)
		completions->span.end = target->offset;
}

/* The `data` of an item: the place of the request, by which completionItem/resolve finds the item again. */
static char *make_data(struct lsp_request *request, const struct lsp_target *target)
{
	cJSON *data = cJSON_CreateObject();
	cJSON_AddStringToObject(data, "uri", target->document->uri);
	cJSON_AddItemToObject(data, "position", lsp_file_position(request->lsp, target->file, target->offset));
	struct text text = {0};
	json_put_tree(&text, data);
	cJSON_Delete(data);
	char *copy = arena_copy(request->arena, text.bytes, text.length);
	text_free(&text);
	return copy;
}

static void put_item(struct text *out, const struct completion *item, size_t index, struct lsp_range range, const char *data)
{
	text_puts(out, index ? ",{\"label\":" : "{\"label\":");
	json_add_string(out, item->label, strlen(item->label));
	text_printf(out, ",\"kind\":%d", item_kinds[item->kind]);
	if (item->detail)
		lsp_put_string(out, "detail", item->detail);
	text_printf(out, ",\"sortText\":\"%04zu\"", index);
	if (item->filter)
		lsp_put_string(out, "filterText", item->filter);
	if (item->is_snippet)
		text_puts(out, ",\"insertTextFormat\":2");
	text_puts(out, ",\"textEdit\":{\"range\":");
	lsp_put_range(out, range);
	lsp_put_string(out, "newText", item->insert);
	text_puts(out, "}");
	if (item->kind != COMPLETION_CONSTANT && item->kind != COMPLETION_FILE && item->kind != COMPLETION_FOLDER)
		text_printf(out, ",\"data\":%s", data);
	text_putc(out, '}');
}

cJSON *lsp_complete(struct lsp_request *request)
{
	struct lsp_target target;
	struct completions completions;
	if (!lsp_open_target_position(request, &target))
		return NULL;
	list_completions(request, &target, trigger_character(request), &completions);
	if (!completions.count && !completions.is_incomplete)
		return NULL;
	struct text items = {0};
	const struct lsp_range range = lsp_find_range(request->lsp, target.file, completions.span);
	const char *data = make_data(request, &target);
	text_putc(&items, '[');
	for (size_t i = 0; i < completions.count; i++)
		put_item(&items, &completions.items[i], i, range, data);
	text_putc(&items, ']');
	cJSON *result = cJSON_CreateObject();
	cJSON_AddBoolToObject(result, "isIncomplete", completions.is_incomplete);
	cJSON_AddItemToObject(result, "items", lsp_take_json(&items));
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

/* Adds the documentation of an item: repeats the completion at the item's place, and looks for the item's label in the result. */
static void resolve_item(struct lsp_request *request, const cJSON *data, cJSON *item)
{
	struct lsp *lsp = request->lsp;
	const char *uri = json_text(data, "uri"), *label = json_text(item, "label");
	struct lsp_target target;
	if (!uri || !label || !lsp_open_target_uri(lsp, uri, &target))
		return;
	const cJSON *position = cJSON_GetObjectItemCaseSensitive(data, "position");
	if (!lsp_read_position(lsp, target.file->text, target.file->length, position, &target.offset))
		return;
	struct completions completions;
	size_t i = 0;
	list_completions(request, &target, '\0', &completions);
	while (i < completions.count && strcmp(completions.items[i].label, label) != 0)
		i++;
	bool is_markdown = lsp->client.completes_markdown;
	if (i < completions.count)
		add_documentation(lsp, item, complete_document(request->arena, target.program, &completions.items[i], is_markdown));
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

/* The offsets in a label are in UTF-16 units, whatever the encoding of positions. */
static int count_utf16_units(const char *text, uint32_t length)
{
	int units = 0;
	uint32_t code_point;
	for (uint32_t at = 0; at < length;) {
		size_t bytes = utf8_decode(text + at, &code_point);
		units += bytes == 4 ? 2 : 1;
		at += (uint32_t)bytes;
	}
	return units;
}

static void add_parameter_label(const struct lsp *lsp, cJSON *to, const char *label, struct span span)
{
	if (lsp->client.takes_label_offsets) {
		int offsets[] = {count_utf16_units(label, span.start), count_utf16_units(label, span.end)};
		cJSON_AddItemToObject(to, "label", cJSON_CreateIntArray(offsets, 2));
		return;
	}
	struct text text = {0};
	text_add(&text, label + span.start, span.end - span.start);
	cJSON_AddStringToObject(to, "label", text_string(&text));
	text_free(&text);
}

static cJSON *make_signature(struct lsp_request *request, struct program *program, const struct signature *signature)
{
	const struct lsp *lsp = request->lsp;
	bool is_markdown = lsp->client.completes_markdown;
	cJSON *json = cJSON_CreateObject(), *parameters;
	cJSON_AddStringToObject(json, "label", signature->label);
	add_documentation(lsp, json, complete_document_callee(request->arena, program, signature));
	parameters = cJSON_AddArrayToObject(json, "parameters");
	for (size_t i = 0; i < signature->count; i++) {
		const struct signature_parameter *p = &signature->parameters[i];
		cJSON *parameter = cJSON_CreateObject();
		add_parameter_label(lsp, parameter, signature->label, p->span);
		if (p->node)
			add_documentation(lsp, parameter, complete_document_parameter(request->arena, program, p->node, is_markdown));
		cJSON_AddItemToArray(parameters, parameter);
	}
	return json;
}

cJSON *lsp_signature_help(struct lsp_request *request)
{
	struct lsp_target target;
	struct signature signature;
	if (!lsp_open_target_position(request, &target))
		return NULL;
	complete_signature(request->arena, target.program, target.tree, target.offset, &signature);
	if (!signature.label)
		return NULL;
	cJSON *result = cJSON_CreateObject(), *signatures = cJSON_AddArrayToObject(result, "signatures");
	cJSON_AddItemToArray(signatures, make_signature(request, target.program, &signature));
	cJSON_AddNumberToObject(result, "activeSignature", 0);
	cJSON_AddNumberToObject(result, "activeParameter", (double)signature.active);
	return result;
}

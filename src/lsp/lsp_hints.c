/* Inlay hints. */
#include "lsp/lsp.h"

#include "ide/ide_hints.h"

enum { TYPE_HINT = 1, PARAMETER_HINT = 2 };

/* InlayHintKind, which has none for most of ours, and on which side there is a blank. */
static const struct {
	int kind;
	bool is_padded_left, is_padded_right;
} looks[HINT_KIND_COUNT] = {
	[HINT_TYPE] = {TYPE_HINT, false, false}, [HINT_PARAMETER] = {PARAMETER_HINT, false, true}, [HINT_NAMES] = {0, true, false},
	[HINT_VALUE] = {0, true, false},         [HINT_DEFERRED] = {0, true, false},
};

static cJSON *hint_json(const struct lsp *lsp, const struct source_file *file, const struct ide_hint *hint)
{
	cJSON *item = cJSON_CreateObject();
	cJSON_AddItemToObject(item, "position", lsp_position(lsp, file, hint->offset));
	cJSON_AddStringToObject(item, "label", hint->label);
	if (looks[hint->kind].kind)
		cJSON_AddNumberToObject(item, "kind", looks[hint->kind].kind);
	if (hint->tooltip)
		cJSON_AddStringToObject(item, "tooltip", hint->tooltip);
	if (looks[hint->kind].is_padded_left)
		cJSON_AddBoolToObject(item, "paddingLeft", true);
	if (looks[hint->kind].is_padded_right)
		cJSON_AddBoolToObject(item, "paddingRight", true);
	return item;
}

static unsigned wanted_kinds(const struct lsp_settings *settings)
{
	return (settings->hints_types ? 1u << HINT_TYPE : 0) |
	       (settings->hints_names ? 1u << HINT_NAMES | 1u << HINT_PARAMETER : 0) |
	       (settings->hints_uris ? 1u << HINT_VALUE : 0) | (settings->hints_deferred ? 1u << HINT_DEFERRED : 0);
}

cJSON *lsp_inlay_hints(struct lsp_request *request)
{
	struct lsp_spot spot;
	struct span span;
	struct ide_hints hints = {0};
	if (!lsp_open_spot_range(request, &spot, &span))
		return NULL;
	ide_list_hints(spot.program, request->arena, spot.tree, span, wanted_kinds(&request->lsp->settings), &hints);
	cJSON *list = cJSON_CreateArray();
	for (size_t i = 0; i < hints.count; i++)
		cJSON_AddItemToArray(list, hint_json(request->lsp, spot.file, &hints.items[i]));
	return list;
}

/* Inlay hints. */
#include "lsp/lsp_methods.h"

#include "ide/ide_hints.h"
#include "lsp/lsp_places.h"

enum { TYPE_HINT = 1, PARAMETER_HINT = 2 };

/* How each kind of hint is shown: its InlayHintKind, 0 if the protocol has none, and on which side it needs a space. */
static const struct {
	int kind;
	bool is_padded_left, is_padded_right;
} styles[HINT_KIND_COUNT] = {
	[HINT_TYPE] = {TYPE_HINT, false, false}, [HINT_PARAMETER] = {PARAMETER_HINT, false, true}, [HINT_NAMES] = {0, true, false},
	[HINT_VALUE] = {0, true, false},         [HINT_DEFERRED] = {0, true, false},
};

static cJSON *make_hint(const struct lsp *lsp, const struct source_file *file, const struct ide_hint *hint)
{
	cJSON *item = cJSON_CreateObject();
	cJSON_AddItemToObject(item, "position", lsp_file_position(lsp, file, hint->offset));
	cJSON_AddStringToObject(item, "label", hint->label);
	if (styles[hint->kind].kind)
		cJSON_AddNumberToObject(item, "kind", styles[hint->kind].kind);
	if (hint->tooltip)
		cJSON_AddStringToObject(item, "tooltip", hint->tooltip);
	if (styles[hint->kind].is_padded_left)
		cJSON_AddBoolToObject(item, "paddingLeft", true);
	if (styles[hint->kind].is_padded_right)
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
	struct lsp_target target;
	struct span span;
	struct ide_hints hints = {0};
	if (!lsp_open_target_range(request, &target, &span))
		return NULL;
	ide_list_hints(target.program, request->arena, target.tree, span, wanted_kinds(&request->lsp->settings), &hints);
	cJSON *list = cJSON_CreateArray();
	for (size_t i = 0; i < hints.count; i++)
		cJSON_AddItemToArray(list, make_hint(request->lsp, target.file, &hints.items[i]));
	return list;
}

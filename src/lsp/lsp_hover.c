/* Hover. */
#include "ide/hover/ide_hover.h"
#include "lsp/lsp.h"

cJSON *lsp_hover(struct lsp_request *request)
{
	struct lsp_spot spot;
	struct ide_hover hover;
	bool is_markdown = request->lsp->client.reads_markdown_hover;
	if (!lsp_find_spot(request, &spot) ||
	    !ide_hover(spot.program, request->arena, spot.tree, spot.offset, is_markdown, &hover))
		return NULL;
	cJSON *result = cJSON_CreateObject(), *contents = cJSON_AddObjectToObject(result, "contents");
	cJSON_AddStringToObject(contents, "kind", is_markdown ? "markdown" : "plaintext");
	cJSON_AddStringToObject(contents, "value", hover.text);
	cJSON_AddItemToObject(result, "range", lsp_range(request->lsp, spot.file, hover.span));
	return result;
}

/* Hover. */
#include "lsp/lsp_methods.h"

#include "ide/hover/ide_hover.h"
#include "lsp/lsp_places.h"

cJSON *lsp_hover(struct lsp_request *request)
{
	struct lsp_target target;
	struct ide_hover hover;
	bool is_markdown = request->lsp->client.reads_markdown_hover;
	if (!lsp_open_target_position(request, &target) ||
	    !ide_hover(target.program, request->arena, target.tree, target.offset, is_markdown, &hover))
		return NULL;
	cJSON *result = cJSON_CreateObject(), *contents = cJSON_AddObjectToObject(result, "contents");
	cJSON_AddStringToObject(contents, "kind", is_markdown ? "markdown" : "plaintext");
	cJSON_AddStringToObject(contents, "value", hover.text);
	cJSON_AddItemToObject(result, "range", lsp_file_range(request->lsp, target.file, hover.span));
	return result;
}

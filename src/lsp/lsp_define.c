/* Definition, declaration and type definition. */
#include "ide/ide_define.h"
#include "lsp/lsp.h"

static cJSON *whole_file_range(void)
{
	return cJSON_Parse("{\"start\":{\"line\":0,\"character\":0},\"end\":{\"line\":0,\"character\":0}}");
}

static cJSON *target_range(const struct lsp *lsp, const struct ide_target *target, struct span span)
{
	return target->file ? lsp_range(lsp, target->file, span) : whole_file_range();
}

/* A list of one Location or LocationLink: null when there is no such place, or no file that an editor could open. */
static cJSON *answer(struct lsp_request *request, enum ide_wanted wanted, bool takes_link)
{
	struct lsp *lsp = request->lsp;
	struct lsp_spot spot;
	struct ide_target target;
	struct span origin;
	if (!lsp_find_spot(request, &spot) ||
	    !ide_define(spot.program, request->arena, spot.tree, spot.offset, wanted, &target, &origin))
		return NULL;
	const struct source_file by_path = {.name = target.path};
	const char *uri = lsp_uri(lsp, request->arena, target.file ? target.file : &by_path);
	if (!uri)
		return NULL;
	cJSON *places = cJSON_CreateArray(), *place = cJSON_CreateObject();
	cJSON_AddItemToArray(places, place);
	cJSON_AddStringToObject(place, takes_link ? "targetUri" : "uri", uri);
	if (takes_link) {
		cJSON_AddItemToObject(place, "originSelectionRange", lsp_range(lsp, spot.file, origin));
		cJSON_AddItemToObject(place, "targetRange", target_range(lsp, &target, target.whole));
	}
	cJSON_AddItemToObject(place, takes_link ? "targetSelectionRange" : "range", target_range(lsp, &target, target.name));
	return places;
}

cJSON *lsp_definition(struct lsp_request *request)
{
	return answer(request, IDE_DECLARATION, request->lsp->client.links_definitions);
}

cJSON *lsp_declaration(struct lsp_request *request)
{
	return answer(request, IDE_DECLARATION, request->lsp->client.links_declarations);
}

cJSON *lsp_type_definition(struct lsp_request *request)
{
	return answer(request, IDE_TYPE, request->lsp->client.links_types);
}

/* Definition, declaration and type definition. */
#include "lsp/lsp_methods.h"

#include "ide/ide_define.h"
#include "lsp/lsp_places.h"

/* The range for a target that is a whole file: the empty range at its start. */
static cJSON *make_file_start_range(void)
{
	return cJSON_Parse("{\"start\":{\"line\":0,\"character\":0},\"end\":{\"line\":0,\"character\":0}}");
}

static cJSON *definition_range(const struct lsp *lsp, const struct ide_target *definition, struct span span)
{
	return definition->file ? lsp_file_range(lsp, definition->file, span) : make_file_start_range();
}

/* A list of one Location or LocationLink; NULL if there is no definition, or no file that an editor can open. */
static cJSON *find_definition(struct lsp_request *request, enum ide_wanted wanted, bool takes_link)
{
	struct lsp *lsp = request->lsp;
	struct lsp_target target;
	struct ide_target definition;
	struct span origin;
	if (!lsp_open_target_position(request, &target) ||
	    !ide_define(target.program, request->arena, target.tree, target.offset, wanted, &definition, &origin))
		return NULL;
	const struct source_file by_path = {.name = definition.path};
	const char *uri = lsp_file_uri(lsp, request->arena, definition.file ? definition.file : &by_path);
	if (!uri)
		return NULL;
	cJSON *locations = cJSON_CreateArray(), *location = cJSON_CreateObject();
	cJSON_AddItemToArray(locations, location);
	cJSON_AddStringToObject(location, takes_link ? "targetUri" : "uri", uri);
	if (takes_link) {
		cJSON_AddItemToObject(location, "originSelectionRange", lsp_file_range(lsp, target.file, origin));
		cJSON_AddItemToObject(location, "targetRange", definition_range(lsp, &definition, definition.whole));
	}
	cJSON_AddItemToObject(location, takes_link ? "targetSelectionRange" : "range", definition_range(lsp, &definition, definition.name));
	return locations;
}

cJSON *lsp_definition(struct lsp_request *request)
{
	return find_definition(request, IDE_DECLARATION, request->lsp->client.links_definitions);
}

cJSON *lsp_declaration(struct lsp_request *request)
{
	return find_definition(request, IDE_DECLARATION, request->lsp->client.links_declarations);
}

cJSON *lsp_type_definition(struct lsp_request *request)
{
	return find_definition(request, IDE_TYPE, request->lsp->client.links_types);
}

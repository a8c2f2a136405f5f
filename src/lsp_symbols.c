/* Symbols of a document and of the workspace. */
#include "file.h"
#include "ide_symbols.h"
#include "json_tree.h"
#include "lsp.h"
#include "parse.h"
#include "uri.h"

/* SymbolKind of the protocol, by what declares the symbol. */
static int symbol_kind(const struct node *node)
{
	static const uint8_t kinds[NODE_KIND_COUNT] = {
		[N_PIPELINE] = 4 /* Package */,      [N_PARAM] = 7 /* Property */,  [N_CONFIG] = 14 /* Constant */,
		[N_LET] = 13 /* Variable */,         [N_STEP] = 19 /* Object */,    [N_CONDITION] = 19,
		[N_ARM] = 3 /* Namespace */,         [N_KIND] = 5 /* Class */,      [N_COMPONENT] = 2 /* Module */,
		[N_USE] = 19,                        [N_EXPORT] = 7,                [N_DEFAULTS] = 3,
		[N_FUNCTION] = 12 /* Function */,    [N_SCHEDULE] = 24 /* Event */, [N_SHAPE] = 23 /* Struct */,
		[N_ENUM] = 10 /* Enum */,            [N_TYPE] = 11 /* Interface */, [N_STRING] = 22 /* EnumMember */,
		[N_MEMBER_DECL] = 8 /* Field */,     [N_OUTPUT] = 8,                [N_PROPERTY_FILE] = 1 /* File */,
	};
	return kinds[node->kind];
}

static cJSON *document_symbol(const struct lsp *lsp, const struct source_file *file, const struct ide_symbol *symbol)
{
	cJSON *json = cJSON_CreateObject();
	cJSON_AddStringToObject(json, "name", symbol->name);
	if (*symbol->detail)
		cJSON_AddStringToObject(json, "detail", symbol->detail);
	cJSON_AddNumberToObject(json, "kind", symbol_kind(symbol->node));
	cJSON_AddItemToObject(json, "range", lsp_range(lsp, file, node_span(symbol->node)));
	cJSON_AddItemToObject(json, "selectionRange", lsp_range(lsp, file, symbol->name_span));
	cJSON *children = symbol->first ? cJSON_AddArrayToObject(json, "children") : NULL;
	for (const struct ide_symbol *child = symbol->first; child; child = child->next)
		cJSON_AddItemToArray(children, document_symbol(lsp, file, child));
	return json;
}

/* SymbolInformation: flat, for the workspace and for clients that know no better. */
static cJSON *flat_symbol(const struct lsp *lsp, const char *uri, const struct source_file *file, const struct ide_symbol *symbol)
{
	cJSON *json = cJSON_CreateObject(), *location;
	cJSON_AddStringToObject(json, "name", symbol->name);
	cJSON_AddNumberToObject(json, "kind", symbol_kind(symbol->node));
	location = cJSON_AddObjectToObject(json, "location");
	cJSON_AddStringToObject(location, "uri", uri);
	cJSON_AddItemToObject(location, "range", lsp_range(lsp, file, node_span(symbol->node)));
	if (symbol->outer)
		cJSON_AddStringToObject(json, "containerName", symbol->outer->name);
	return json;
}

cJSON *lsp_document_symbols(struct lsp_request *request)
{
	struct lsp *lsp = request->lsp;
	struct lsp_spot spot;
	if (!lsp_open_spot(request, &spot))
		return NULL;
	struct ide_symbol *symbol = ide_symbols(request->arena, spot.tree);
	cJSON *symbols = cJSON_CreateArray();
	while (symbol) {
		bool is_tree = lsp->client.takes_hierarchical_symbols;
		cJSON_AddItemToArray(symbols, is_tree ? document_symbol(lsp, spot.file, symbol)
		                                      : flat_symbol(lsp, spot.document->uri, spot.file, symbol));
		symbol = is_tree ? symbol->next : ide_symbol_next(symbol);
	}
	return symbols;
}

/* --- the workspace --- */

/* Nobody looks through more. */
enum { MAX_SYMBOLS = 1000 };

static bool is_found(const struct ide_symbol *symbol, const char *query)
{
	return symbol->node->kind != N_ARM && symbol->node->kind != N_DEFAULTS && ide_symbol_fits(symbol->name, query);
}

static void add_symbols(const struct lsp *lsp, cJSON *symbols, int *count, const char *uri, const struct tree *tree,
                        struct arena *arena, const char *query)
{
	for (struct ide_symbol *symbol = ide_symbols(arena, tree); symbol && *count < MAX_SYMBOLS; symbol = ide_symbol_next(symbol)) {
		if (!is_found(symbol, query))
			continue;
		cJSON_AddItemToArray(symbols, flat_symbol(lsp, uri, tree->file, symbol));
		++*count;
	}
}

/* Parses a file, with words of its own: those of the workspace's world would stay. */
static void search_file(struct lsp *lsp, const char *path, const char *query, cJSON *symbols, int *count)
{
	struct arena arena = {0};
	struct names names;
	struct diags diags = {.arena = &arena};
	struct text text = {0};
	const struct document *document = workspace_find_path(&lsp->workspace, path);
	bool is_read = document || file_read(path, SOURCE_MAX_BYTES, &text);
	if (is_read) {
		const struct text *source = document ? &document->text : &text;
		const struct source_file *file = source_new(&arena, path, text_string(source), source->length);
		names_init(&names, &arena);
		add_symbols(lsp, symbols, count, lsp_uri(lsp, &arena, file), parse_file(&arena, &names, &diags, file), &arena, query);
	}
	text_free(&text);
	arena_free(&arena);
}

cJSON *lsp_workspace_symbols(struct lsp_request *request)
{
	const char *query = json_text(request->params, "query");
	struct path_list paths = {0};
	int count = 0;
	if (!query)
		return lsp_fail(request, LSP_INVALID_PARAMS, "the request has no query");
	cJSON *symbols = cJSON_CreateArray();
	workspace_list_files(&request->lsp->workspace, request->arena, &paths);
	lsp_begin(request, "Searching symbols");
	for (size_t i = 0; i < paths.count && count < MAX_SYMBOLS && !lsp_is_cancelled(request); i++) {
		lsp_progress(request, paths.items[i], (unsigned)(i * 100 / paths.count));
		search_file(request->lsp, paths.items[i], query, symbols, &count);
	}
	lsp_end(request);
	return symbols;
}

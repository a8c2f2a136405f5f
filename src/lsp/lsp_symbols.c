/* Symbols of a document and of the workspace, as JSON written as text: a workspace may have many. */
#include "lsp/lsp_methods.h"

#include "base/json.h"
#include "base/json_tree.h"
#include "host/file.h"
#include "ide/ide_symbols.h"
#include "ide/ide_text.h"
#include "lsp/lsp_json.h"
#include "lsp/lsp_places.h"
#include "syntax/parse.h"

#include <string.h>

/* SymbolKind of the protocol, by the kind of the declaration. */
static int symbol_kind(const struct node *node)
{
	static const uint8_t kinds[NODE_KIND_COUNT] = {
		[N_PIPELINE] = 4 /* Package */,      [N_PARAM] = 7 /* Property */,  [N_CONFIG] = 14 /* Constant */,
		[N_LET] = 13 /* Variable */,         [N_STEP] = 19 /* Object */,    [N_CONDITION] = 19, [N_FOREACH] = 19,
		[N_ARM] = 3 /* Namespace */,         [N_KIND] = 5 /* Class */,      [N_COMPONENT] = 2 /* Module */,
		[N_USE] = 19,                        [N_EXPORT] = 7,                [N_DEFAULTS] = 3,
		[N_FUNCTION] = 12 /* Function */,    [N_SCHEDULE] = 24 /* Event */, [N_SHAPE] = 23 /* Struct */,
		[N_ENUM] = 10 /* Enum */,            [N_TYPE] = 11 /* Interface */, [N_STRING] = 22 /* EnumMember */,
		[N_MEMBER_DECL] = 8 /* Field */,     [N_OUTPUT] = 8,                [N_PROPERTY_FILE] = 1 /* File */,
	};
	return kinds[node->kind];
}

static void put_document_symbol(struct text *out, const struct lsp *lsp, const struct source_file *file, const struct ide_symbol *symbol)
{
	text_printf(out, "{\"kind\":%d", symbol_kind(symbol->node));
	lsp_put_string(out, "name", symbol->name);
	if (*symbol->detail)
		lsp_put_string(out, "detail", symbol->detail);
	text_puts(out, ",\"range\":");
	lsp_put_range(out, lsp_find_range(lsp, file, node_span(symbol->node)));
	text_puts(out, ",\"selectionRange\":");
	lsp_put_range(out, lsp_find_range(lsp, file, symbol->name_span));
	for (const struct ide_symbol *child = symbol->first; child; child = child->next) {
		text_puts(out, child == symbol->first ? ",\"children\":[" : ",");
		put_document_symbol(out, lsp, file, child);
	}
	text_puts(out, symbol->first ? "]}" : "}");
}

/* A SymbolInformation, which has no children: for workspace symbols, and for clients that do not support DocumentSymbol. */
static void put_flat_symbol(struct text *out, const struct lsp *lsp, const char *uri, const struct source_file *file,
                            const struct ide_symbol *symbol)
{
	text_printf(out, "{\"kind\":%d", symbol_kind(symbol->node));
	lsp_put_string(out, "name", symbol->name);
	if (symbol->outer)
		lsp_put_string(out, "containerName", symbol->outer->name);
	text_puts(out, ",\"location\":{\"uri\":");
	json_add_string(out, uri, strlen(uri));
	text_puts(out, ",\"range\":");
	lsp_put_range(out, lsp_find_range(lsp, file, node_span(symbol->node)));
	text_puts(out, "}}");
}

/* A JSON list of these items, whose text is freed. */
static cJSON *take_list(struct text *items)
{
	struct text list = {0};
	text_printf(&list, "[%s]", text_string(items));
	text_free(items);
	return lsp_take_json(&list);
}

cJSON *lsp_document_symbols(struct lsp_request *request)
{
	const struct lsp *lsp = request->lsp;
	const bool is_tree = lsp->client.takes_hierarchical_symbols;
	struct text items = {0};
	struct lsp_target target;
	if (!lsp_open_target(request, &target))
		return NULL;
	struct ide_symbol *symbol = ide_symbols(request->arena, target.tree);
	for (; symbol; symbol = is_tree ? symbol->next : ide_symbol_next(symbol)) {
		if (items.length)
			text_putc(&items, ',');
		if (is_tree)
			put_document_symbol(&items, lsp, target.file, symbol);
		else
			put_flat_symbol(&items, lsp, target.document->uri, target.file, symbol);
	}
	return take_list(&items);
}

/* --- the workspace --- */

/* More symbols than a user looks through. */
enum { MAX_SYMBOLS = 1000 };

static bool is_match(const struct ide_symbol *symbol, const char *query)
{
	return symbol->node->kind != N_ARM && symbol->node->kind != N_DEFAULTS && ide_name_fits(symbol->name, query);
}

struct symbol_search {
	struct lsp *lsp;
	const char *query;
	struct text items;
	unsigned count;
};

static void search_tree(struct symbol_search *search, struct arena *arena, const struct tree *tree)
{
	const char *uri = lsp_file_uri(search->lsp, arena, tree->file);
	struct ide_symbol *symbol = ide_symbols(arena, tree);
	for (; symbol && search->count < MAX_SYMBOLS; symbol = ide_symbol_next(symbol)) {
		if (!is_match(symbol, search->query))
			continue;
		if (search->count++)
			text_putc(&search->items, ',');
		put_flat_symbol(&search->items, search->lsp, uri, tree->file, symbol);
	}
}

/* Parses a file with its own name table, which is freed here. Names in the workspace's table would never be freed. */
static void search_file(struct symbol_search *search, const char *path)
{
	struct arena arena = {0};
	struct names names;
	struct diags diags = {.arena = &arena};
	struct text text = {0};
	const struct document *document = workspace_find_path(&search->lsp->workspace, path);
	bool is_read = document || file_read(path, SOURCE_MAX_BYTES, &text);
	if (is_read) {
		const struct text *source = document ? &document->text : &text;
		const struct source_file *file = source_new(&arena, path, text_string(source), source->length);
		names_init(&names, &arena);
		search_tree(search, &arena, parse_file(&arena, &names, &diags, file));
	}
	text_free(&text);
	arena_free(&arena);
}

cJSON *lsp_workspace_symbols(struct lsp_request *request)
{
	struct symbol_search search = {.lsp = request->lsp, .query = json_text(request->params, "query")};
	struct path_list paths = {0};
	if (!search.query)
		return lsp_fail(request, LSP_INVALID_PARAMS, "the request has no query");
	workspace_list_files(&request->lsp->workspace, request->arena, &paths);
	lsp_begin_progress(request, "Searching symbols");
	for (size_t i = 0; i < paths.count && search.count < MAX_SYMBOLS && !lsp_is_cancelled(request); i++) {
		lsp_report_progress(request, paths.items[i], (unsigned)(i * 100 / paths.count));
		search_file(&search, paths.items[i]);
	}
	lsp_end_progress(request);
	return take_list(&search.items);
}

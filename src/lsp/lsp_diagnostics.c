/* Diagnostics, pushed to clients that do not pull them. */
#include "lsp/lsp.h"

#include "base/embedded.h"
#include "base/json_tree.h"
#include "ide/library.h"

#include <string.h>

enum { TAG_UNNECESSARY = 1, TAG_DEPRECATED = 2 };

/* DiagnosticTag of a code, or 0. */
static int tag_of(enum diag_code code)
{
	if ((code >= SP4001 && code <= SP4005) || code == SP4011 || code == SP4013)
		return TAG_UNNECESSARY;
	return code == SP4062 ? TAG_DEPRECATED : 0;
}

/* The line of a code's section in the reference, from 1. */
static unsigned find_section(const char *code)
{
	struct text heading = {0};
	text_printf(&heading, "\n### %s ", code);
	const char *end = strstr(embedded_diagnostics.text, heading.bytes);
	unsigned line = 2;
	for (const char *at = embedded_diagnostics.text; end && at < end; at++)
		line += *at == '\n';
	text_free(&heading);
	return line;
}

static void add_description(struct lsp *lsp, cJSON *item, enum diag_code code)
{
	unsigned *line = &lsp->reference_lines[code];
	if (!lsp->reference)
		return;
	if (!*line)
		*line = find_section(diag_code_name(code));
	struct text href = {0};
	text_printf(&href, "%s#L%u", lsp->reference, *line);
	cJSON_AddStringToObject(cJSON_AddObjectToObject(item, "codeDescription"), "href", href.bytes);
	text_free(&href);
}

static void add_related(struct lsp *lsp, cJSON *list, const struct source_file *file, struct span span, const char *message)
{
	cJSON *location = lsp_location(lsp, file, span), *related = location ? cJSON_CreateObject() : NULL;
	if (!related)
		return;
	cJSON_AddItemToObject(related, "location", location);
	cJSON_AddStringToObject(related, "message", message);
	cJSON_AddItemToArray(list, related);
}

/* The message as one reads it: title, what stands beside the underline, and the help. */
static void put_message(struct text *out, const struct diag *diag)
{
	text_puts(out, diag->message);
	if (diag->label)
		text_printf(out, "\n%s", diag->label);
	if (diag->help)
		text_printf(out, "\nhelp: %s", diag->help);
}

static cJSON *start_item(struct lsp *lsp, const struct source_file *file, struct span span, const struct diag *diag, const char *message)
{
	static const int severities[] = {[SEVERITY_ERROR] = 1, [SEVERITY_WARNING] = 2, [SEVERITY_NOTE] = 3};
	cJSON *item = cJSON_CreateObject();
	cJSON_AddItemToObject(item, "range", lsp_range(lsp, file, span));
	cJSON_AddNumberToObject(item, "severity", severities[diag->severity]);
	cJSON_AddStringToObject(item, "code", diag_code_name(diag->code));
	add_description(lsp, item, diag->code);
	cJSON_AddStringToObject(item, "source", "sagepipec");
	cJSON_AddStringToObject(item, "message", message);
	return item;
}

cJSON *lsp_diagnostic(struct lsp *lsp, const struct diag *diag)
{
	struct text message = {0};
	put_message(&message, diag);
	cJSON *item = start_item(lsp, diag->file, diag->span, diag, message.bytes);
	text_free(&message);
	int tag = tag_of(diag->code);
	if (tag)
		cJSON_AddItemToArray(cJSON_AddArrayToObject(item, "tags"), cJSON_CreateNumber(tag));
	if (diag->related) {
		cJSON *list = cJSON_AddArrayToObject(item, "relatedInformation");
		for (const struct diag_related *related = diag->related; related; related = related->next)
			add_related(lsp, list, related->file, related->span, related->message);
	}
	return item;
}

/* --- mistakes in other files --- */

static bool leads_to(const struct module_file *file, const struct source_file *wanted, unsigned depth)
{
	enum { MAX_DEPTH = 100 };
	if (!file || depth > MAX_DEPTH)
		return false;
	if (file->tree->file == wanted)
		return true;
	for (size_t i = 0; i < file->imports.count; i++)
		if (leads_to(file->imports.items[i].file, wanted, depth + 1))
			return true;
	return false;
}

/* Where a mistake in another file is told: at the import that leads there; for a file of values, at the beginning. */
static struct span span_for(const struct program *program, const struct source_file *file)
{
	const struct module_file *root = program->files.items[0];
	for (size_t i = 0; i < root->imports.count; i++)
		if (leads_to(root->imports.items[i].file, file, 0))
			return node_name_span(root->imports.items[i].node);
	return span_of(0, 0);
}

/* A mistake in a file that the program reads: each such file once, by its first error. */
static void add_foreign(struct lsp *lsp, cJSON *list, const struct program *program, const struct diags *diags)
{
	const struct source_file *own = program->tree->file, *told = own;
	for (const struct diag *diag = diags->first; diag; diag = diag->next) {
		if (diag->file == own || diag->file == told || diag->severity != SEVERITY_ERROR)
			continue;
		told = diag->file; /* the list goes by files */
		struct text message = {0};
		const char *name = strrchr(told->name, '/');
		text_printf(&message, "%s has a mistake: %s", name ? name + 1 : told->name, diag->message);
		cJSON *item = start_item(lsp, own, span_for(program, told), diag, message.bytes);
		add_related(lsp, cJSON_AddArrayToObject(item, "relatedInformation"), told, diag->span, diag->message);
		cJSON_AddItemToArray(list, item);
		text_free(&message);
	}
}

static cJSON *list_diagnostics(struct lsp *lsp, struct document *document)
{
	const struct snapshot *snapshot = workspace_snapshot(&lsp->workspace, document);
	const struct source_file *own = snapshot->program->tree->file;
	cJSON *list = cJSON_CreateArray();
	if (library_has(lsp->cache_folder, document->path)) /* it is no program, and not for its reader to mend */
		return list;
	for (const struct diag *diag = snapshot->diags->first; diag; diag = diag->next)
		if (diag->file == own)
			cJSON_AddItemToArray(list, lsp_diagnostic(lsp, diag));
	add_foreign(lsp, list, snapshot->program, snapshot->diags);
	if (lsp->workspace.failures.length) {
		lsp->workspace.failures.bytes[lsp->workspace.failures.length - 1] = '\0'; /* the last line end */
		lsp_show(lsp, 2, lsp->workspace.failures.bytes);
		text_free(&lsp->workspace.failures);
	}
	return list;
}

/* --- push --- */

static void publish(struct lsp *lsp, const char *uri, const int *version, cJSON *list)
{
	cJSON *params = cJSON_CreateObject();
	cJSON_AddStringToObject(params, "uri", uri);
	if (version)
		cJSON_AddNumberToObject(params, "version", *version);
	cJSON_AddItemToObject(params, "diagnostics", list);
	lsp_notify(lsp, "textDocument/publishDiagnostics", params);
}

bool lsp_tell_due(struct lsp *lsp)
{
	struct document *document = lsp->workspace.documents;
	while (document && !document->is_due)
		document = document->next;
	if (!document) {
		bool was_stale = lsp->has_stale_views;
		lsp->has_stale_views = false;
		if (was_stale) /* when nothing else is to be done: not at every key */
			lsp_refresh(lsp);
		return was_stale;
	}
	document->is_due = false;
	if (!lsp->client.pulls_diagnostics)
		publish(lsp, document->uri, &document->version, list_diagnostics(lsp, document));
	return true;
}

void lsp_clear_diagnostics(struct lsp *lsp, const char *uri)
{
	if (!lsp->client.pulls_diagnostics)
		publish(lsp, uri, NULL, cJSON_CreateArray());
}

/* --- pull --- */

cJSON *lsp_pull_diagnostics(struct lsp_request *request)
{
	struct document *document = lsp_document(request);
	if (!document)
		return NULL;
	const char *id = arena_printf(request->arena, "%llu", (unsigned long long)document->revision);
	const char *previous = json_text(request->params, "previousResultId");
	bool is_known = previous && strcmp(previous, id) == 0;
	cJSON *report = cJSON_CreateObject();
	cJSON_AddStringToObject(report, "kind", is_known ? "unchanged" : "full");
	cJSON_AddStringToObject(report, "resultId", id);
	if (!is_known)
		cJSON_AddItemToObject(report, "items", list_diagnostics(request->lsp, document));
	return report;
}

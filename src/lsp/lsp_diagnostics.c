#include "lsp/lsp_diagnostics.h"

#include "base/embedded.h"
#include "base/json_tree.h"
#include "ide/library.h"
#include "lsp/lsp_methods.h"
#include "lsp/lsp_places.h"

#include <string.h>

/* DiagnosticTag of the protocol. */
enum { TAG_UNNECESSARY = 1, TAG_DEPRECATED = 2 };

/* The tag of a code, or 0. */
static int tag_of(enum diag_code code)
{
	if ((code >= SP4001 && code <= SP4005) || code == SP4011 || code == SP4013 || code == SP4014)
		return TAG_UNNECESSARY;
	return code == SP4062 ? TAG_DEPRECATED : 0;
}

/* The number of the line, from 1, where a code's section in doc/diagnostics.md begins. */
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

/* Links the code to its section in doc/diagnostics.md, if the file is on the disk. */
static void add_code_description(struct lsp *lsp, cJSON *item, enum diag_code code)
{
	unsigned *line = &lsp->reference_lines[code];
	if (!lsp->reference_uri)
		return;
	if (!*line)
		*line = find_section(diag_code_name(code));
	struct text href = {0};
	text_printf(&href, "%s#L%u", lsp->reference_uri, *line);
	cJSON_AddStringToObject(cJSON_AddObjectToObject(item, "codeDescription"), "href", href.bytes);
	text_free(&href);
}

static void add_related(struct lsp *lsp, cJSON *list, const struct source_file *file, struct span span, const char *message)
{
	cJSON *location = lsp_file_location(lsp, file, span), *related = location ? cJSON_CreateObject() : NULL;
	if (!related)
		return;
	cJSON_AddItemToObject(related, "location", location);
	cJSON_AddStringToObject(related, "message", message);
	cJSON_AddItemToArray(list, related);
}

/* The whole text of a diagnostic: its message, the label of its underline, and its help. */
static void put_message(struct text *out, const struct diag *diag)
{
	text_puts(out, diag->message);
	if (diag->label)
		text_printf(out, "\n%s", diag->label);
	if (diag->help)
		text_printf(out, "\nhelp: %s", diag->help);
}

static cJSON *start_diagnostic(struct lsp *lsp, const struct source_file *file, struct span span, const struct diag *diag,
                               const char *message)
{
	static const int severities[] = {[SEVERITY_ERROR] = 1, [SEVERITY_WARNING] = 2, [SEVERITY_NOTE] = 3};
	cJSON *item = cJSON_CreateObject();
	cJSON_AddItemToObject(item, "range", lsp_file_range(lsp, file, span));
	cJSON_AddNumberToObject(item, "severity", severities[diag->severity]);
	cJSON_AddStringToObject(item, "code", diag_code_name(diag->code));
	add_code_description(lsp, item, diag->code);
	cJSON_AddStringToObject(item, "source", "sagepipec");
	cJSON_AddStringToObject(item, "message", message);
	return item;
}

cJSON *lsp_make_diagnostic(struct lsp *lsp, const struct diag *diag)
{
	struct text message = {0};
	put_message(&message, diag);
	cJSON *item = start_diagnostic(lsp, diag->file, diag->span, diag, message.bytes);
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

/* --- errors in other files --- */

/* Whether a file is the wanted one, or imports it, directly or through other files. */
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

/* Where an error in another file is shown: at the import that leads to the file or, if none does (a file of `config` values), at the
 * start of the program. */
static struct span find_import_span(const struct program *program, const struct source_file *file)
{
	const struct module_file *root = program->files.items[0];
	for (size_t i = 0; i < root->imports.count; i++)
		if (leads_to(root->imports.items[i].file, file, 0))
			return node_name_span(root->imports.items[i].node);
	return span_of(0, 0);
}

/* Adds the first error in each other file that the program reads. */
static void add_errors_of_other_files(struct lsp *lsp, cJSON *list, const struct program *program, const struct diags *diags)
{
	const struct source_file *own = program->tree->file, *last = own;
	for (const struct diag *diag = diags->first; diag; diag = diag->next) {
		if (diag->file == own || diag->file == last || diag->severity != SEVERITY_ERROR)
			continue;
		last = diag->file; /* the list is sorted by file */
		struct text message = {0};
		const char *name = strrchr(last->name, '/');
		text_printf(&message, "%s has an error: %s", name ? name + 1 : last->name, diag->message);
		cJSON *item = start_diagnostic(lsp, own, find_import_span(program, last), diag, message.bytes);
		add_related(lsp, cJSON_AddArrayToObject(item, "relatedInformation"), last, diag->span, diag->message);
		cJSON_AddItemToArray(list, item);
		text_free(&message);
	}
}

/* Shows which lint configurations could not be read. */
static void show_failures(struct lsp *lsp)
{
	struct text *failures = &lsp->workspace.failures;
	if (!failures->length)
		return;
	failures->bytes[failures->length - 1] = '\0'; /* the last newline */
	lsp_show(lsp, LSP_WARNING, failures->bytes);
	text_free(failures);
}

static cJSON *list_diagnostics(struct lsp *lsp, struct document *document)
{
	const struct snapshot *snapshot = workspace_snapshot(&lsp->workspace, document);
	const struct source_file *own = snapshot->program->tree->file;
	cJSON *list = cJSON_CreateArray();
	if (library_has(lsp->cache_folder, document->path)) /* a file of the standard library is no program, and the user cannot fix it */
		return list;
	for (const struct diag *diag = snapshot->diags->first; diag; diag = diag->next)
		if (diag->file == own)
			cJSON_AddItemToArray(list, lsp_make_diagnostic(lsp, diag));
	add_errors_of_other_files(lsp, list, snapshot->program, snapshot->diags);
	show_failures(lsp);
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

bool lsp_send_due_update(struct lsp *lsp)
{
	struct document *document = lsp->workspace.documents;
	while (document && !document->is_due)
		document = document->next;
	if (!document) {
		bool was_stale = lsp->has_stale_views;
		lsp->has_stale_views = false;
		if (was_stale) /* only when nothing else is due, so not after every keystroke */
			lsp_refresh_views(lsp);
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
	struct document *document = lsp_find_document(request);
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

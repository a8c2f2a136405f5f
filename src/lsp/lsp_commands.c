/* Commands that show a text: the compiled program, its difference from what is deployed, and its graph. */
#include "lsp/lsp_methods.h"

#include "base/json_tree.h"
#include "draw/draw.h"
#include "emit/emit.h"
#include "emit/emit_files.h"
#include "emit/policy.h"
#include "emit/wrap.h"
#include "lsp/lsp_child.h"
#include "lsp/lsp_places.h"

#include <string.h>

/* --- arguments --- */

static const char *argument(const struct lsp_request *request, int index)
{
	const cJSON *list = cJSON_GetObjectItemCaseSensitive(request->params, "arguments");
	return cJSON_GetStringValue(cJSON_GetArrayItem(list, index));
}

/* The path of the program that the first argument names, in the request's arena; NULL after a failure. */
static const char *program_path(struct lsp_request *request)
{
	const char *uri = argument(request, 0), *path = NULL;
	const struct document *document = uri ? workspace_find(&request->lsp->workspace, uri) : NULL;
	if (document)
		path = arena_copy(request->arena, document->path, strlen(document->path));
	else
		path = lsp_read_uri(request->arena, uri);
	if (!path)
		lsp_fail(request, LSP_INVALID_PARAMS, "the first argument is no URI of a program");
	return path;
}

/* Compiles the program; NULL after a failure, as when it has errors. */
static struct program *open_program(struct lsp_request *request)
{
	const char *path = program_path(request);
	const struct snapshot *snapshot = path ? workspace_snapshot_at(&request->lsp->workspace, path) : NULL;
	if (path && !snapshot)
		lsp_fail(request, LSP_REQUEST_FAILED, arena_printf(request->arena, "cannot read %s", path));
	if (!snapshot)
		return NULL;
	for (const struct diag *diag = snapshot->diags->first; diag; diag = diag->next) {
		if (diag->severity != SEVERITY_ERROR)
			continue;
		const char *slash = strrchr(diag->file->name, '/'), *name = slash ? slash + 1 : diag->file->name;
		unsigned line = (unsigned)source_place(diag->file, diag->span.start).line;
		lsp_fail(request, LSP_REQUEST_FAILED,
		         arena_printf(request->arena, "%s:%u: %s [%s]", name, line, diag->message, diag_code_name(diag->code)));
		return NULL;
	}
	return snapshot->program;
}

/* Frees the text. */
static cJSON *answer_text(struct text *text, const char *language)
{
	cJSON *result = cJSON_CreateObject();
	cJSON_AddStringToObject(result, "text", text_string(text));
	cJSON_AddStringToObject(result, "languageId", language);
	text_free(text);
	return result;
}

/* --- compile --- */

static void write_definition(struct text *out, struct program *program)
{
	emit_definition(out, program);
}

static void write_request(struct text *out, struct program *program)
{
	emit_request(out, program);
}

static void write_manifest(struct text *out, struct program *program)
{
	emit_manifest(out, program);
}

static void write_policy(struct text *out, struct program *program)
{
	policy_write(out, program);
}

static const struct form {
	const char *name;
	void (*write)(struct text *out, struct program *program);
} forms[] = {
	{"definition", write_definition},         {"request", write_request},         {"manifest", write_manifest},
	{"cloudformation", wrap_cloudformation},  {"terraform", wrap_terraform},      {"iam-policy", write_policy},
};

static cJSON *compile(struct lsp_request *request)
{
	const char *wanted = argument(request, 1);
	const struct form *form = NULL;
	struct text out = {0};
	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
		if (strcmp(forms[i].name, wanted ? wanted : "definition") == 0)
			form = &forms[i];
	if (!form)
		return lsp_fail(request, LSP_INVALID_PARAMS, "the second argument is definition, request, manifest, cloudformation, terraform or iam-policy");
	struct program *program = open_program(request);
	if (!program)
		return NULL;
	if (program_is_shared(program))
		return lsp_fail(request, LSP_REQUEST_FAILED, "the file has no pipeline: it is for others to import");
	form->write(&out, program);
	const struct diag *diag = program->diags->first;
	while (diag && diag->severity != SEVERITY_ERROR)
		diag = diag->next;
	if (!diag)
		return answer_text(&out, "json");
	text_free(&out);
	return lsp_fail(request, LSP_REQUEST_FAILED, arena_printf(request->arena, "%s [%s]", diag->message, diag_code_name(diag->code)));
}

/* --- graph --- */

static void write_plain(struct text *out, const struct program *program)
{
	draw_text(out, program, &(struct draw_options){.color = false, .width = 0});
}

static const struct picture {
	const char *name, *language;
	void (*write)(struct text *out, const struct program *program); /* NULL: SVG, which may fail */
} pictures[] = {
	{"text", "plaintext", write_plain}, {"dot", "dot", draw_dot}, {"mermaid", "mermaid", draw_mermaid}, {"svg", "xml", NULL},
};

static cJSON *graph(struct lsp_request *request)
{
	const char *wanted = argument(request, 1);
	const struct picture *picture = NULL;
	struct text out = {0}, complaint = {0};
	for (size_t i = 0; i < sizeof pictures / sizeof *pictures; i++)
		if (strcmp(pictures[i].name, wanted ? wanted : "text") == 0)
			picture = &pictures[i];
	if (!picture)
		return lsp_fail(request, LSP_INVALID_PARAMS, "the second argument is text, dot, mermaid or svg");
	const struct program *program = open_program(request);
	if (!program)
		return NULL;
	if (!draw_has_steps(program))
		return lsp_fail(request, LSP_REQUEST_FAILED, "the program has no steps: there is nothing to draw");
	if (picture->write)
		picture->write(&out, program);
	else if (!draw_svg(&out, program, &complaint))
		lsp_fail(request, LSP_REQUEST_FAILED, arena_printf(request->arena, "cannot draw SVG: %s", text_string(&complaint)));
	text_free(&complaint);
	if (!request->message)
		return answer_text(&out, picture->language);
	text_free(&out);
	return NULL;
}

/* --- diff --- */

typedef VEC(const char *) argument_vec;

static void add_pair(struct arena *arena, argument_vec *arguments, const char *option, const char *value)
{
	if (!value)
		return;
	vec_push(arena, arguments, option);
	vec_push(arena, arguments, value);
}

/* Adds the options that give a child process the server's settings. */
static void add_options(struct lsp_request *request, argument_vec *arguments)
{
	struct arena *arena = request->arena;
	const struct program_options *options = &request->lsp->workspace.options;
	add_pair(arena, arguments, "--region", options->region);
	add_pair(arena, arguments, "--account", options->account);
	add_pair(arena, arguments, "--assets", options->assets);
	add_pair(arena, arguments, "--profile", request->lsp->profile);
	for (size_t i = 0; i < options->config_file_count; i++)
		add_pair(arena, arguments, "--config", options->config_files[i].name);
	for (size_t i = 0; i < options->setting_count; i++)
		add_pair(arena, arguments, "--set", arena_printf(arena, "%s=%s", options->settings[i].name, options->settings[i].value));
	for (size_t i = 0; i < options->import_folder_count; i++)
		add_pair(arena, arguments, "-I", options->import_folders[i]);
}

/* The path that the program is compared with; NULL for what is deployed. A relative one is resolved against the program's folder. */
static const char *other_path(struct lsp_request *request, const char *path)
{
	const char *other = argument(request, 1), *other_file = lsp_read_uri(request->arena, other), *slash = strrchr(path, '/');
	if (other_file || !other || *other == '/' || !slash)
		return other_file ? other_file : other;
	return arena_printf(request->arena, "%.*s/%s", (int)(slash - path), path, other);
}

/* The error message of a child process, without the program's name. */
static const char *child_error(struct lsp_request *request, const struct text *err)
{
	static const char name[] = "sagepipec: ";
	const char *text = text_string(err);
	size_t length = err->length;
	while (length && text[length - 1] == '\n')
		length--;
	size_t skipped = strncmp(text, name, sizeof name - 1) == 0 ? sizeof name - 1 : 0;
	return length > skipped ? arena_copy(request->arena, text + skipped, length - skipped) : "the command failed";
}

static cJSON *diff(struct lsp_request *request)
{
	const char *path = program_path(request);
	if (!path)
		return NULL;
	const struct document *document = workspace_find_path(&request->lsp->workspace, path);
	const struct text nothing = {0};
	struct lsp_child child;
	argument_vec arguments = {0};
	cJSON *result = NULL;
	add_pair(request->arena, &arguments, "--diff", document ? "-" : path);
	add_pair(request->arena, &arguments, "--stdin-filename", document ? path : NULL);
	add_pair(request->arena, &arguments, "--against", other_path(request, path));
	add_pair(request->arena, &arguments, "--message-format", "gcc");
	add_options(request, &arguments);
	vec_push(request->arena, &arguments, NULL);
	lsp_begin_progress(request, "Comparing");
	bool is_done = lsp_run_child(request, arguments.items, document ? &document->text : &nothing, &child);
	lsp_end_progress(request);
	if (is_done && (child.status == STATUS_DONE || child.status == STATUS_DIFFERENT))
		result = answer_text(&child.out, "plaintext");
	else if (is_done)
		lsp_fail(request, LSP_REQUEST_FAILED, child_error(request, &child.err));
	text_free(&child.out);
	text_free(&child.err);
	return result;
}

/* --- dispatch --- */

static const struct {
	const char *name;
	lsp_answer *answer;
} commands[] = {
	{"sagepipec.compile", compile}, {"sagepipec.diff", diff}, {"sagepipec.graph", graph},
};

cJSON *lsp_execute_command(struct lsp_request *request)
{
	const char *name = json_text(request->params, "command");
	for (size_t i = 0; name && i < sizeof commands / sizeof *commands; i++)
		if (strcmp(commands[i].name, name) == 0)
			return commands[i].answer(request);
	return lsp_fail(request, LSP_INVALID_PARAMS, "there is no such command");
}

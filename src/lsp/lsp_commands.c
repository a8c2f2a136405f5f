/* Commands that show a text: the compiled program, its difference from what is deployed, and its graph. */
#include "lsp/lsp_methods.h"

#include "base/json_tree.h"
#include "draw/draw_forms.h"
#include "emit/emit_forms.h"
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
		lsp_fail(request, LSP_INVALID_PARAMS, "the first argument must be the URI of a program");
	return path;
}

/* Compiles the program; NULL after a failure, also if it has errors. */
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

/* The result of a command: a text, which is freed, and the ID of its language for the editor. */
static cJSON *answer_text(struct text *text, const char *language)
{
	cJSON *result = cJSON_CreateObject();
	cJSON_AddStringToObject(result, "text", text_string(text));
	cJSON_AddStringToObject(result, "languageId", language);
	text_free(text);
	return result;
}

/* --- compile --- */

/* The name of the form with this index among those that are offered to editors; NULL after the last. */
static const char *offered_form_name(size_t index)
{
	for (size_t i = 0; emit_form_name(i); i++)
		if (emit_forms[i].language && !index--)
			return emit_forms[i].name;
	return NULL;
}

/* Fails a request because its second argument is not one of these choices. */
static cJSON *fail_choice(struct lsp_request *request, const char *(*choice)(size_t index))
{
	struct text message = {0};
	text_puts(&message, "the second argument must be ");
	text_put_choices(&message, choice, "");
	lsp_fail(request, LSP_INVALID_PARAMS, arena_copy(request->arena, message.bytes, message.length));
	text_free(&message);
	return NULL;
}

static cJSON *compile(struct lsp_request *request)
{
	const char *wanted = argument(request, 1);
	const struct emit_form *form = wanted ? emit_find_form(wanted) : emit_forms;
	struct text out = {0};
	if (!form || !form->language)
		return fail_choice(request, offered_form_name);
	struct program *program = open_program(request);
	if (!program)
		return NULL;
	if (program_is_shared(program))
		return lsp_fail(request, LSP_REQUEST_FAILED, "the file has no pipeline: it can only be imported");
	form->write(&out, program, NULL);
	const struct diag *diag = program->diags->first;
	while (diag && diag->severity != SEVERITY_ERROR)
		diag = diag->next;
	if (!diag)
		return answer_text(&out, form->language);
	text_free(&out);
	return lsp_fail(request, LSP_REQUEST_FAILED, arena_printf(request->arena, "%s [%s]", diag->message, diag_code_name(diag->code)));
}

/* --- graph --- */

static cJSON *graph(struct lsp_request *request)
{
	const char *wanted = argument(request, 1);
	const struct draw_form *form = wanted ? draw_find_form(wanted) : draw_forms;
	const struct draw_options plain = {.color = false, .width = 0};
	struct text out = {0}, complaint = {0};
	if (!form)
		return fail_choice(request, draw_form_name);
	const struct program *program = open_program(request);
	if (!program)
		return NULL;
	if (!draw_has_steps(program))
		return lsp_fail(request, LSP_REQUEST_FAILED, "the program has no steps: there is nothing to draw");
	if (!form->draw(&out, program, &plain, &complaint))
		lsp_fail(request, LSP_REQUEST_FAILED, arena_printf(request->arena, "cannot draw SVG: %s", text_string(&complaint)));
	text_free(&complaint);
	if (!request->message)
		return answer_text(&out, form->language);
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

/* The path of what the program is compared with; NULL for the deployed pipeline. A relative path is resolved against the program's
 * folder. */
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

#include "eval/program.h"

#include <assert.h>

bool program_has_errors(const struct program *program)
{
	return program->diags->errors > 0;
}

bool program_is_shared(const struct program *program)
{
	return program->options->may_be_shared && !program->pipeline.node && !program->scope->units.count &&
	       program->tree->root->first;
}

static const struct module_file *find_file(const struct program *program, const struct node *root)
{
	for (size_t i = 0; i < program->files.count; i++)
		if (program->files.items[i]->tree->root == root)
			return program->files.items[i];
	for (size_t i = 0; i < program->json_files.count; i++)
		if (program->json_files.items[i]->tree->root == root)
			return program->json_files.items[i];
	return NULL;
}

/* The file of a node that the parser made; NULL for nodes of JSON files, and for those that completion attaches to a tree. */
static const struct module_file *file_of(const struct program *program, const struct node *node)
{
	const struct module_file *file = find_file(program, node_root(node));
	return file && node->id < file->tree->node_count ? file : NULL;
}

const struct value *program_value(const struct program *program, const struct node *node)
{
	const struct module_file *file = program->node_values ? file_of(program, node) : NULL;
	return file ? program->node_values[file->first_value + node->id] : NULL;
}

void program_keep_value(struct program *program, const struct node *node, const struct value *value)
{
	const struct module_file *file = file_of(program, node);
	if (file)
		program->node_values[file->first_value + node->id] = value;
}

const struct type *program_expected(const struct program *program, const struct node *node)
{
	const struct module_file *file = program->node_types ? file_of(program, node) : NULL;
	return file ? program->node_types[file->first_value + node->id] : NULL;
}

static bool is_literal(const struct node *node)
{
	return node->kind >= N_STRING && node->kind <= N_OBJECT_FOR;
}

void program_keep_expected(struct program *program, const struct node *node, const struct type *type)
{
	const struct module_file *file = node && program->node_types && is_literal(node) ? file_of(program, node) : NULL;
	if (file)
		program->node_types[file->first_value + node->id] = type;
}

bool program_may_suggest(const struct program *program)
{
	enum { FIRST = 100 };
	return program->diags->count <= FIRST;
}

void program_add_input(struct program *program, const char *path)
{
	const struct word *word = names_word(&program->world->names, path);
	if (map_get(&program->input_set, word))
		return;
	map_put(program->arena, &program->input_set, word, program);
	vec_push(program->arena, &program->inputs, word);
}

const char *program_real_path(const struct program *program, const char *path)
{
	const struct reader *reader = program->options->reader;
	struct text real = {0};
	bool is_found = reader && reader->resolve(reader->context, path, &real);
	const char *copy = is_found ? arena_copy(program->arena, text_string(&real), real.length) : NULL;
	text_free(&real);
	return copy;
}

const struct tree *program_tree(const struct program *program, const struct node *node)
{
	const struct node *root = node_root(node);
	const struct module_file *file = find_file(program, root);
	const struct tree *tree = file ? file->tree : world_tree(program->world, root);
	assert(tree);
	return tree;
}

const struct source_file *program_file(const struct program *program, const struct node *node)
{
	return program_tree(program, node)->file;
}

struct module *program_module(struct program *program, const struct env *env)
{
	while (env && !env->module)
		env = env->outer;
	return env ? env->module : &program->root;
}

const char *program_step_name(const struct step *step)
{
	bool is_one_of_many = step->scope->instance || *step->scope->suffix;
	return (is_one_of_many && step->step_name ? step->step_name : step->name)->text;
}

const struct node *program_step_place(const struct step *step)
{
	return program_place(step->scope->origin, step->node);
}

struct span program_step_span(const struct step *step)
{
	const struct node *place = program_step_place(step);
	return place == step->node ? node_name_span(place) : node_span(place);
}

bool program_is_in_instance(const struct scope *scope, const struct instance *instance)
{
	const struct instance *around = scope->instance;
	while (around && around != instance)
		around = around->outer->instance;
	return around != NULL;
}

void program_relate_step(const struct program *program, struct diag *diag, const struct step *step, const char *what)
{
	const struct source_file *file = program_file(program, program_step_place(step));
	diag_related(diag, file, program_step_span(step), "`%s` %s", program_step_name(step), what);
}

struct diag *program_report(struct program *program, enum diag_code code, const struct node *node, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	const char *message = arena_vprintf(program->arena, format, args);
	va_end(args);
	return diag_report(program->diags, code, program_file(program, node), node_span(node), "%s", message);
}

/* Whether the related places of a call stack show a place already: it is in a called declaration, or contains a call. */
static bool is_shown(const struct node *place, const struct call_frame *frame)
{
	for (; frame; frame = frame->outer)
		if (node_is_within(place, frame->declaration) || node_is_within(frame->call, place))
			return true;
	return false;
}

struct diag *program_report_value(struct program *program, enum diag_code code, const struct value *value,
                                  const struct node *target, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	const char *message = arena_vprintf(program->arena, format, args);
	va_end(args);
	const struct node *at = value && value->at ? value->at : target;
	const struct call_frame *frame = value ? value->frame : NULL;
	struct diag *diag = diag_report(program->diags, code, program_file(program, at), node_span(at), "%s", message);
	/* Related places are never in the library: users do not see it, and its files may be freed before the report is printed. */
	bool is_ours = target && find_file(program, node_root(target)) != NULL;
	if (is_ours && !node_is_within(at, target) && target->kind == N_PARAMETER)
		diag_related(diag, program_file(program, target), node_span(target), "the argument `%s` is declared here",
		             target->word->text);
	else if (is_ours && !node_is_within(at, target) && target->kind == N_CONFIG)
		diag_related(diag, program_file(program, target), node_name_span(target), "`%s` is declared here", target->word->text);
	else if (is_ours && !node_is_within(at, target) && !is_shown(target, frame))
		diag_related(diag, program_file(program, target), node_span(target), "it is used here");
	for (; frame; frame = frame->outer)
		if (frame->call != at && find_file(program, node_root(frame->call)))
			diag_related(diag, program_file(program, frame->call), node_span(frame->call), "`%s` is used here",
			             frame->declaration->word->text);
	return diag;
}

/* Whether a text is not empty and needs no escapes between quotes. */
static bool is_plain(const char *text)
{
	for (const char *at = text; *at; at++)
		if (strchr("\"\\$", *at) || (unsigned char)*at < ' ')
			return false;
	return *text;
}

void program_offer_fix(const struct program *program, struct diag *diag, const struct node *node, const char *name)
{
	const struct node *at = node->kind == N_INDEX ? node_child(node, ROLE_RIGHT) : node;
	bool is_text = at && at->kind == N_STRING;
	if (!at || (node->kind == N_INDEX && !is_text) || !(is_text ? is_plain(name) : names_is_identifier(name, strlen(name))))
		return;
	struct span span = at->kind == N_NAME || is_text || !at->name_end ? node_span(at) : node_name_span(at);
	if (diag->file == program_file(program, at) && diag->span.start <= span.start && span.end <= diag->span.end)
		diag_edit(diag, span, is_text ? arena_printf(program->arena, "\"%s\"", name) : name);
}

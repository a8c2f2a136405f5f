/* What can be in a string: a text to choose, a path, or a name that is defined elsewhere in the program. */
#include "eval/assets/assets.h"
#include "eval/eval.h"
#include "eval/functions/functions.h"
#include "ide/bind.h"
#include "ide/complete/complete_parts.h"
#include "ide/ide_links.h"

/* --- arguments of calls --- */

/* The value of an expression in the body of a function, with the arguments of a call. */
static const struct value *value_in_call(struct complete *complete, const struct node *expression, const struct node *callee,
                                         const struct node *call)
{
	struct program *program = complete->program;
	const struct env *env = &bind_module(program, callee)->env;
	for (const struct node *p = node_child(callee, ROLE_PARAMETER); p; p = node_next(p)) {
		struct env *inner = arena_new(program->arena, struct env);
		const struct value *value = complete_argument_value(complete, call, p);
		*inner = (struct env){.outer = env, .name = p->word, .value = value ? value : &value_error};
		env = inner;
	}
	struct eval eval = {.program = program};
	return eval_expression(&eval, expression, env);
}

/* The first `x[parameter]` in an expression, or NULL. */
static const struct node *find_index(const struct node *node, const struct word *parameter)
{
	const struct node *right = node->kind == N_INDEX ? node_child(node, ROLE_RIGHT) : NULL;
	if (right && right->kind == N_NAME && right->word == parameter)
		return node;
	for (const struct node *child = node->first; child; child = child->next) {
		const struct node *found = find_index(child, parameter);
		if (found)
			return found;
	}
	return NULL;
}

/* If the function uses the argument as an index, adds the keys of the indexed value, which may depend on the other arguments, as in
 * `output_uri(Train, "`. */
static void add_index_keys(struct complete *complete, const struct node *call, const struct node *callee, const struct node *parameter)
{
	const struct node *body = callee->kind == N_FUNCTION ? node_child(callee, ROLE_VALUE) : NULL;
	const struct node *index = body && parameter->word ? find_index(body, parameter->word) : NULL;
	if (index)
		complete_keys(complete, value_in_call(complete, node_child(index, ROLE_LEFT), callee, call));
}

static void add_path_argument(struct complete *complete, const struct node *call)
{
	const struct ide_path_function *function = ide_find_path_function(node_child(call, ROLE_LEFT)->word);
	if (function)
		complete_paths(complete, project_folder_of(complete->arena, complete->place.tree->file->name), function->takes_files,
		               function->extension);
}

static void add_argument(struct complete *complete, const struct node *argument)
{
	const struct node *call = argument->parent, *callee = bind_callee(complete->program, call);
	const struct node *parameter = callee ? bind_parameter(complete->program, argument) : NULL;
	if (!callee && call->role != ROLE_KIND && argument == node_child(call, ROLE_ITEM))
		add_path_argument(complete, call);
	else if (parameter && complete_is_image(complete, callee))
		complete_image_argument(complete, call, callee, parameter);
	else if (parameter)
		add_index_keys(complete, call, callee, parameter);
}

/* --- strings of clauses --- */

/* Adds the names of a step's outputs. They are the names of the elements of a list in the step's arguments: the first list with named
 * elements on the path in the kind's `writes` clause. */
static void add_outputs(struct complete *complete, const struct step *step)
{
	const struct node *path = step->kind ? node_child(step->kind->writes, ROLE_ITEM) : NULL;
	const struct node *parts[16];
	size_t count = 0;
	for (; path && count < sizeof parts / sizeof *parts; path = node_child(path, ROLE_LEFT))
		parts[count++] = path;
	const struct value *value = step->arguments;
	const struct type *type = step->kind ? step->kind->arguments : NULL;
	while (count-- && value && value->kind == VALUE_OBJECT && type && type->kind == TYPE_SHAPE) {
		const struct field *field = value_field(value, parts[count]->word);
		struct member *member = type_find_member(type, parts[count]->word);
		value = field ? field->value : NULL;
		type = member ? type_of_member(member) : NULL;
	}
	bool has_names = value && value->kind == VALUE_LIST && type && type->kind == TYPE_LIST && type->by;
	for (uint32_t i = 0; has_names && i < value->count; i++) {
		const struct field *name = value->items[i]->kind == VALUE_OBJECT ? value_field(value->items[i], type->by) : NULL;
		if (name && name->value->kind == VALUE_STRING)
			complete_add_choice(complete, name->value->word->text, "output", i);
	}
}

/* Adds the outputs of the step around a node. */
static void add_own_outputs(struct complete *complete, const struct node *node)
{
	while (node && node->kind != N_STEP)
		node = node->parent;
	const struct value *step = node && node->word ? complete_place_declared(&complete->place, node) : NULL;
	if (step && step->kind == VALUE_STEP)
		add_outputs(complete, step->step);
}

static void add_imports(struct complete *complete)
{
	const struct program_options *options = complete->program->options;
	const char *text = complete->place.tree->file->text + complete->place.span.start;
	bool is_relative = *text == '.' || *text == '/' || complete->place.offset == complete->place.span.start;
	if (is_relative)
		complete_paths(complete, project_folder_of(complete->arena, complete->place.tree->file->name), true, ".pipe");
	for (size_t i = 0; !is_relative && i < options->import_folder_count; i++)
		complete_paths(complete, options->import_folders[i], true, ".pipe");
}

void complete_texts(struct complete *complete, const struct node *string)
{
	const struct node *parent = string->parent;
	const struct value *indexed;
	if (string->kind == N_IMPORT) {
		add_imports(complete);
		return;
	}
	if (string->kind != N_STRING || !parent || complete_choices(complete, string, bind_expected(complete->program, string)))
		return;
	switch (parent->kind) {
	case N_ARGUMENT:
		add_argument(complete, parent);
		break;
	case N_INDEX:
		indexed = string->role == ROLE_RIGHT ? complete_place_value(&complete->place, node_child(parent, ROLE_LEFT)) : NULL;
		if (indexed)
			complete_keys(complete, indexed);
		break;
	case N_PROPERTY_FILE:
		if (string->role == ROLE_FROM)
			add_own_outputs(complete, string);
		break;
	default:
		break;
	}
}

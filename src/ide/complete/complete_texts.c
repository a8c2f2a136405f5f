/* What may stand in a string, or as one: a text that a place chooses from, a path, a name that another text gave. */
#include "ide/complete/complete_parts.h"

#include "eval/assets/assets.h"
#include "eval/eval.h"
#include "eval/functions/functions.h"
#include "ide/bind.h"
#include "image/image_table.h"

/* --- choices --- */

static void add_choice(struct complete *complete, const char *text, const char *detail, uint32_t order)
{
	bool is_bare = complete->place.is_in_string;
	const char *quoted = is_bare ? text : complete_quoted(complete, text);
	complete_add(complete, (struct completion){
		.kind = COMPLETION_CONSTANT, .order = order, .label = quoted, .detail = detail, .insert = quoted, .filter = text});
}

static bool add_enum(struct complete *complete, const struct type *type)
{
	if (!type || type->kind != TYPE_ENUM)
		return false;
	for (uint32_t i = 0; i < type->count; i++)
		add_choice(complete, type->values[i]->text, type->name ? type->name->text : NULL, i);
	return true;
}

/* The constants of a list after `in`. */
static bool add_allowed(struct complete *complete, const struct value *allowed)
{
	for (uint32_t i = 0; allowed && allowed->kind == VALUE_LIST && i < allowed->count; i++) {
		struct text text = {0};
		if (!value_is_constant_scalar(allowed->items[i]))
			continue;
		value_print_scalar(&text, allowed->items[i]);
		const char *copy = arena_copy(complete->arena, text_string(&text), text.length);
		text_free(&text);
		if (allowed->items[i]->kind == VALUE_STRING)
			add_choice(complete, copy, NULL, i);
		else if (!complete->place.is_in_string)
			complete_add(complete, (struct completion){.kind = COMPLETION_CONSTANT, .order = i, .label = copy, .insert = copy});
	}
	return allowed && allowed->count;
}

static const struct symbol *symbol_named(struct complete *complete, const struct node *name)
{
	const struct node *declaration = name && name->kind == N_NAME ? bind_declaration(complete->program, name) : NULL;
	const struct symbol *symbol = declaration ? map_get(&bind_module(complete->program, name)->values, name->word) : NULL;
	return symbol && symbol->node == declaration ? symbol : NULL;
}

/* What the other side of a comparison may be. */
static bool add_compared(struct complete *complete, const struct node *other)
{
	const struct symbol *symbol = symbol_named(complete, other);
	const struct value *value = symbol && symbol->allowed ? NULL : complete_place_value(&complete->place, other);
	return add_allowed(complete, symbol ? symbol->allowed : NULL) ||
	       add_enum(complete, value && value->kind == VALUE_GET ? value->type : NULL);
}

static bool is_region(const struct node *node)
{
	return node->parent->kind == N_FIELD && names_is(node->parent->word, "Region") && node->parent->parent->parent &&
	       node->parent->parent->parent->kind == N_PIPELINE;
}

static bool add_regions(struct complete *complete)
{
	struct region_walk walk = {0};
	struct image_piece region;
	while (image_next_region(&walk, (struct image_piece){NULL, 0}, &region))
		add_choice(complete, arena_copy(complete->arena, region.at, region.length), NULL, 0);
	return true;
}

bool complete_choices(struct complete *complete, const struct node *node, const struct type *expected)
{
	const struct node *parent = node->parent;
	const struct symbol *symbol;
	if (add_enum(complete, expected))
		return true;
	switch (parent->kind) {
	case N_PARAM:
	case N_CONFIG:
		symbol = parent->word ? map_get(&bind_module(complete->program, node)->values, parent->word) : NULL;
		return node->role == ROLE_VALUE && add_allowed(complete, symbol ? symbol->allowed : NULL);
	case N_GIVEN:
		symbol = node->role == ROLE_VALUE ? symbol_named(complete, node_child(parent, ROLE_LEFT)) : NULL;
		return add_allowed(complete, symbol ? symbol->allowed : NULL);
	case N_BINARY:
		return (parent->op == OP_EQUAL || parent->op == OP_NOT_EQUAL) &&
		       add_compared(complete, node_child(parent, node->role == ROLE_LEFT ? ROLE_RIGHT : ROLE_LEFT));
	case N_LIST:
		return parent->parent && parent->parent->kind == N_BINARY && parent->parent->op == OP_IN &&
		       add_compared(complete, node_child(parent->parent, ROLE_LEFT));
	default:
		return is_region(node) && add_regions(complete);
	}
}

/* --- arguments of calls --- */

static const struct value *argument_for(struct complete *complete, const struct node *call, const struct node *parameter)
{
	for (const struct node *item = node_child(call, ROLE_ITEM); item; item = node_next(item))
		if (bind_parameter(complete->program, item) == parameter)
			return complete_place_value(&complete->place, node_child(item, ROLE_VALUE));
	return NULL;
}

/* What an expression of a function is in a call. */
static const struct value *value_in_call(struct complete *complete, const struct node *expression, const struct node *callee,
                                         const struct node *call)
{
	struct program *program = complete->program;
	const struct env *env = &bind_module(program, callee)->env;
	for (const struct node *p = node_child(callee, ROLE_PARAMETER); p; p = node_next(p)) {
		struct env *inner = arena_new(program->arena, struct env);
		const struct value *value = argument_for(complete, call, p);
		*inner = (struct env){.outer = env, .name = p->word, .value = value ? value : &value_error};
		env = inner;
	}
	struct eval eval = {.program = program};
	return eval_expression(&eval, expression, env);
}

/* The first `x[parameter]` in a function, or NULL. */
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

/* An argument by which a function picks an element out of something that another argument is: `output_uri(Train, "`. */
static void add_picked(struct complete *complete, const struct node *call, const struct node *callee, const struct node *parameter)
{
	const struct node *body = callee->kind == N_FUNCTION ? node_child(callee, ROLE_VALUE) : NULL;
	const struct node *index = body && parameter->word ? find_index(body, parameter->word) : NULL;
	if (index)
		complete_keys(complete, value_in_call(complete, node_child(index, ROLE_LEFT), callee, call));
}

static void add_path_argument(struct complete *complete, const struct node *call)
{
	static const struct {
		const char *function, *ending;
		bool takes_files;
	} readers[] = {
		{"archive", NULL, false}, {"file", NULL, true}, {"folder", NULL, false}, {"readjson", ".json", true},
		{"readtext", NULL, true}, {"zip", NULL, false},
	};
	const struct word *name = node_child(call, ROLE_LEFT)->word;
	for (size_t i = 0; i < sizeof readers / sizeof *readers; i++)
		if (names_is(name, readers[i].function))
			complete_paths(complete, assets_folder_of(complete->arena, complete->place.tree->file->name), readers[i].takes_files,
			               readers[i].ending);
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
		add_picked(complete, call, callee, parameter);
}

void complete_image_choice(struct complete *complete, const char *text, uint32_t order)
{
	add_choice(complete, text, NULL, order);
}

void complete_regions(struct complete *complete)
{
	add_regions(complete);
}

const struct word *complete_argument_text(struct complete *complete, const struct node *call, const struct node *parameter)
{
	const struct value *value = argument_for(complete, call, parameter);
	return value && value->kind == VALUE_STRING ? value->word : NULL;
}

/* --- strings of clauses --- */

/* The list with named elements on the way to where a kind's steps write files, in what a step asks for: its outputs. */
static void add_outputs(struct complete *complete, const struct step *step)
{
	const struct node *place = step->kind ? node_child(step->kind->writes, ROLE_ITEM) : NULL;
	const struct node *parts[16];
	size_t count = 0;
	for (; place && count < sizeof parts / sizeof *parts; place = node_child(place, ROLE_LEFT))
		parts[count++] = place;
	const struct value *value = step->arguments;
	const struct type *type = step->kind ? step->kind->arguments : NULL;
	while (count-- && value && value->kind == VALUE_OBJECT && type && type->kind == TYPE_SHAPE) {
		const struct field *field = value_field(value, parts[count]->word);
		struct member *member = type_find_member(type, parts[count]->word);
		value = field ? field->value : NULL;
		type = member ? type_of_member(member) : NULL;
	}
	for (uint32_t i = 0; value && value->kind == VALUE_LIST && type && type->kind == TYPE_LIST && type->by && i < value->count; i++) {
		const struct field *name = value->items[i]->kind == VALUE_OBJECT ? value_field(value->items[i], type->by) : NULL;
		if (name && name->value->kind == VALUE_STRING)
			add_choice(complete, name->value->word->text, "output", i);
	}
}

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
		complete_paths(complete, assets_folder_of(complete->arena, complete->place.tree->file->name), true, ".pipe");
	for (size_t i = 0; !is_relative && i < options->import_folder_count; i++)
		complete_paths(complete, options->import_folders[i], true, ".pipe");
}

void complete_texts(struct complete *complete, const struct node *string)
{
	const struct node *parent = string->parent;
	const struct value *of;
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
		of = string->role == ROLE_RIGHT ? complete_place_value(&complete->place, node_child(parent, ROLE_LEFT)) : NULL;
		if (of)
			complete_keys(complete, of);
		break;
	case N_PROPERTY_FILE:
		if (string->role == ROLE_FROM)
			add_own_outputs(complete, string);
		break;
	default:
		break;
	}
}

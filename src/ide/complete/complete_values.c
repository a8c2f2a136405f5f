/* What may stand where a value is wanted: what fits first. */
#include "ide/complete/complete_parts.h"

#include "eval/functions/functions.h"
#include "eval/module.h"
#include "ide/bind.h"

/* In the order in which they are offered. */
enum { FITS, NAMED, UNKNOWN, STEPS, CALLS, MISFITS };

static bool is_structure(const struct type *type)
{
	return type && (type->kind == TYPE_SHAPE || type->kind == TYPE_LIST || type->kind == TYPE_MAP);
}

bool complete_fits(const struct type *wanted, const struct type *found)
{
	if (wanted->kind == TYPE_SCALAR)
		return type_is_scalar(found);
	if (type_is_text(wanted))
		return type_is_text(found);
	if (wanted->kind == TYPE_FLOAT && found->kind == TYPE_INTEGER)
		return true;
	return wanted->kind == found->kind && (wanted->kind != TYPE_SHAPE || !found->name || wanted->name == found->name);
}

static unsigned rank_of(const struct type *wanted, const struct type *found)
{
	bool is_anything = !wanted || wanted->kind == TYPE_ANY || !found || found->kind == TYPE_ANY;
	return is_anything ? UNKNOWN : complete_fits(wanted, found) ? NAMED : MISFITS;
}

/* --- names --- */

struct naming {
	struct complete *complete;
	const struct type *wanted;
	const struct kind *kind;     /* a step of this kind is wanted; NULL: a value */
	bool takes_units, takes_values, takes_params;
	const struct word *self;     /* the declaration in which the place is */
	struct map seen;
};

static bool is_unit(const struct node *node)
{
	return node->kind == N_STEP || node->kind == N_CONDITION || node->kind == N_USE;
}

static void add_unit(struct naming *naming, const struct word *name, const struct node *declaration)
{
	struct complete *complete = naming->complete;
	const struct node *reference = node_child(declaration, ROLE_KIND);
	const struct node *kind_name = node_callee(reference);
	const struct word *kind = declaration->kind == N_CONDITION || !kind_name ? NULL : kind_name->word;
	bool is_wanted = naming->kind && kind && kind_is_made_from(module_kind(bind_module(complete->program, declaration), kind), naming->kind);
	complete_add(complete, (struct completion){
		.kind = COMPLETION_STEP, .label = name->text,
		.rank = is_wanted ? FITS : !naming->takes_values ? NAMED : is_structure(naming->wanted) ? MISFITS : STEPS,
		.detail = kind ? kind->text : declaration->kind == N_CONDITION ? "condition" : NULL, .insert = name->text,
		.declaration = declaration,
	});
}

/* The type of what a name stands for; what the program has not evaluated is no reason to. */
static const struct type *type_of(struct naming *naming, const struct node *declaration, const struct symbol *symbol)
{
	if (symbol && symbol->type)
		return symbol->type;
	const struct value *value = symbol ? symbol->value : complete_place_declared(&naming->complete->place, declaration);
	return value ? value_type(value) : NULL;
}

static void visit_name(void *context, const struct word *name, const struct node *declaration)
{
	struct naming *naming = context;
	struct complete *complete = naming->complete;
	bool is_param = declaration->kind == N_PARAM;
	if (map_get(&naming->seen, name) || name == complete->place.at->word || name == naming->self)
		return;
	map_put(complete->arena, &naming->seen, name, (void *)name);
	if (is_unit(declaration)) {
		if (naming->takes_units)
			add_unit(naming, name, declaration);
		return;
	}
	if (!(is_param ? naming->takes_params : naming->takes_values))
		return;
	const struct symbol *symbol = map_get(&bind_module(complete->program, declaration)->values, name);
	bool is_local = !symbol || symbol->node != declaration;
	const struct type *type = type_of(naming, declaration, is_local ? NULL : symbol);
	const char *word = declaration->kind == N_PARAM ? "param" : declaration->kind == N_CONFIG ? "config" : declaration->kind == N_LET ? "let" : NULL;
	const char *detail = type && type->kind != TYPE_ANY ? complete_type_text(complete, type) : NULL;
	complete_add(complete, (struct completion){
		.kind = is_param ? COMPLETION_PARAM : COMPLETION_NAME, .label = name->text, .order = !is_local,
		.rank = (uint8_t)(is_param && naming->wanted && naming->wanted->is_literal ? MISFITS : rank_of(naming->wanted, type)),
		.detail = word && detail ? arena_printf(complete->arena, "%s: %s", word, detail) : word ? word : detail,
		.insert = name->text, .declaration = declaration, .type = type,
	});
}

/* What is being declared: it is not made of itself. */
static const struct word *name_around(const struct node *node)
{
	while (node && !is_unit(node) && node->kind != N_LET && node->kind != N_PARAM && node->kind != N_CONFIG)
		node = node->parent;
	return node && node->kind != N_CONDITION ? node->word : NULL;
}

static void add_names(struct complete *complete, struct naming naming)
{
	naming.complete = complete;
	naming.self = name_around(complete->place.around);
	bind_visit_values(complete->program, complete->place.around, visit_name, &naming);
}

void complete_units(struct complete *complete)
{
	add_names(complete, (struct naming){.takes_units = true});
}

void complete_params(struct complete *complete)
{
	add_names(complete, (struct naming){.takes_params = true});
}

/* --- functions --- */

static void add_built_in(struct complete *complete, const struct function *function)
{
	const char *insert = complete->options.takes_snippets ? arena_printf(complete->arena, "%s($1)", function->name) : function->name;
	complete_add(complete, (struct completion){
		.kind = COMPLETION_FUNCTION, .rank = CALLS, .label = function->name, .detail = function->signature, .insert = insert,
		.is_snippet = true,
	});
}

/* The object that a function makes, perhaps through another one; or NULL. */
static const struct node *made_object(const struct node *value)
{
	while (value && value->kind == N_CALL)
		value = node_child(node_child(value, ROLE_ITEM), ROLE_VALUE);
	return value && value->kind == N_OBJECT ? value : NULL;
}

/* Whether a function makes an object that has members of a shape and no others, what must be there among them. */
static bool makes(const struct node *function, const struct type *wanted)
{
	const struct node *object = wanted && wanted->kind == TYPE_SHAPE ? made_object(node_child(function, ROLE_VALUE)) : NULL;
	bool has_required = false;
	for (const struct node *item = node_child(object, ROLE_ITEM); item; item = node_next(item)) {
		const struct member *member = item->kind == N_FIELD && item->word ? type_find_member(wanted, item->word) : NULL;
		if (!member)
			return false;
		has_required |= !member->is_optional;
	}
	return has_required;
}

static void add_function(struct complete *complete, const struct word *name, const struct node *node)
{
	const struct type *wanted = complete->place.at->kind == N_NAME ? bind_expected(complete->program, complete->place.at) : NULL;
	complete_add(complete, (struct completion){
		.kind = COMPLETION_FUNCTION, .rank = makes(node, wanted) ? FITS : CALLS, .label = name->text, .detail = "function", .is_snippet = true,
		.insert = name == node->word ? complete_call_insert(complete, node) : name->text, .declaration = node,
	});
}

/* Functions of the library that are for its own use leave the types of their arguments unsaid. */
static bool is_public(const struct node *function)
{
	for (const struct node *p = node_child(function, ROLE_PARAMETER); p; p = node_next(p))
		if (!node_child(p, ROLE_TYPE))
			return false;
	return true;
}

static void visit_function(void *context, const struct word *name)
{
	struct complete *complete = context;
	struct module *owner, *module = bind_module(complete->program, complete->place.around);
	const struct node *node = module_function(module, name, &owner);
	if (node && node->kind == N_FUNCTION && owner == &complete->program->library && is_public(node))
		add_function(complete, name, node);
}

void complete_functions(struct complete *complete)
{
	const struct map *own = &bind_module(complete->program, complete->place.around)->functions;
	for (size_t i = 0; i < own->room; i++)
		if (own->slots[i].key && ((const struct declared *)own->slots[i].value)->node->kind == N_FUNCTION)
			add_function(complete, own->slots[i].key, ((const struct declared *)own->slots[i].value)->node);
	world_each_name(complete->program->world, WORLD_FUNCTIONS, visit_function, complete);
	const struct function *function;
	for (size_t i = 0; (function = functions_at(i)); i++)
		if (function->call != functions_call_image_uri)
			add_built_in(complete, function);
}

/* --- kinds and components --- */

static bool has_block_behind(const struct complete *complete)
{
	const struct node *around = complete->place.around;
	return node_child(around->parent, ROLE_BLOCK) != NULL || around->kind == N_CALL || around->role == ROLE_LEFT;
}

static void add_applied(struct complete *complete, const struct word *name, const struct node *node)
{
	bool is_alone = complete->place.around->role == ROLE_KIND && name == node->word;
	complete_add(complete, (struct completion){
		.kind = COMPLETION_KIND, .rank = bind_module(complete->program, node) == &complete->program->library, .label = name->text,
		.detail = node->kind == N_COMPONENT ? "component" : "kind", .is_snippet = is_alone, .declaration = node,
		.insert = is_alone ? complete_kind_insert(complete, node, has_block_behind(complete)) : name->text,
	});
}

static void visit_applied(void *context, const struct word *name)
{
	struct complete *complete = context;
	struct module *owner, *module = bind_module(complete->program, complete->place.around);
	const struct kind *kind = map_get(&module->types, name) || names_is(name, "Condition") ? NULL : kind_find(complete->program->world, name);
	if (kind)
		add_applied(complete, name, kind->node);

	else if (!map_get(&module->functions, name) && module_function(module, name, &owner))
		add_applied(complete, name, module_function(module, name, &owner));
}

static void add_own(struct complete *complete, const struct map *map, enum node_kind kind)
{
	for (size_t i = 0; i < map->room; i++) {
		const struct declared *declared = map->slots[i].value;
		if (map->slots[i].key && declared->node->kind == kind)
			add_applied(complete, map->slots[i].key, declared->node);
	}
}

void complete_kinds(struct complete *complete)
{
	add_own(complete, &bind_module(complete->program, complete->place.around)->types, N_KIND);
	world_each_name(complete->program->world, WORLD_KINDS, visit_applied, complete);
}

void complete_components(struct complete *complete)
{
	add_own(complete, &bind_module(complete->program, complete->place.around)->functions, N_COMPONENT);
	world_each_name(complete->program->world, WORLD_COMPONENTS, visit_applied, complete);
}

/* --- all of it --- */

static void add_constants(struct complete *complete, const struct type *wanted)
{
	static const char *const constants[] = {"true", "false"};
	for (size_t i = 0; i < 2; i++)
		complete_add(complete, (struct completion){
			.kind = COMPLETION_WORD, .rank = wanted && wanted->kind == TYPE_BOOLEAN ? FITS : MISFITS, .label = constants[i],
			.insert = constants[i],
		});
}

/* `{ ... }` or `[ ]` with what must be in it. */
static void add_structure(struct complete *complete, const struct type *wanted)
{
	bool is_list = wanted && wanted->kind == TYPE_LIST;
	if (!complete->options.takes_snippets || !wanted || (!is_list && wanted->kind != TYPE_SHAPE && wanted->kind != TYPE_MAP))
		return;
	complete_add(complete, (struct completion){
		.kind = COMPLETION_FIELD, .rank = FITS, .label = is_list ? "[ ]" : "{ }", .detail = complete_type_text(complete, wanted),
		.filter = complete_type_text(complete, wanted), .insert = complete_type_insert(complete, wanted), .is_snippet = true,
		.type = wanted,
	});
}

/* `Pipeline`, `Execution` and what else is not declared. */
static void add_spaces(struct complete *complete, const struct type *wanted)
{
	static const char *const spaces[] = {"Pipeline", "Execution", "Step", "PipelineExperimentConfig"};
	for (size_t i = 0; i < sizeof spaces / sizeof *spaces; i++)
		complete_add(complete, (struct completion){
			.kind = COMPLETION_NAME, .rank = wanted && !type_is_text(wanted) ? MISFITS : UNKNOWN, .order = 2, .label = spaces[i],
			.insert = spaces[i],
		});
}

/* The kind of step that an argument is to be, or NULL. */
static const struct kind *wanted_kind(struct complete *complete, const struct node *node)
{
	const struct node *parameter = node->parent->kind == N_ARGUMENT ? bind_parameter(complete->program, node->parent) : NULL;
	const struct node *type = node_child(parameter, ROLE_TYPE);
	return type && type->word ? module_kind(bind_module(complete->program, type), type->word) : NULL;
}

void complete_values(struct complete *complete, const struct node *node)
{
	const struct kind *kind = wanted_kind(complete, node);
	const struct type *wanted = kind ? NULL : bind_expected(complete->program, node);
	complete_choices(complete, node, wanted);
	add_structure(complete, wanted);
	add_constants(complete, wanted);
	add_names(complete, (struct naming){
		.wanted = wanted, .kind = kind, .takes_units = true, .takes_values = true, .takes_params = true});
	add_spaces(complete, wanted);
	complete_functions(complete);
}

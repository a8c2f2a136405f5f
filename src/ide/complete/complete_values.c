/* Values for a place, the best fitting first: names, functions, constants; and the names of kinds and components. */
#include "ide/complete/complete_parts.h"

#include "eval/functions/functions.h"
#include "eval/module.h"
#include "ide/hover/ide_words.h"
#include "ide/ide.h"

/* Ranks: values that the expected type suggests, names that fit, names of unknown type, steps, calls, and values that do not fit. */
enum { FITS, NAMED, UNKNOWN, STEPS, CALLS, MISFITS };

static bool is_structure(const struct type *type)
{
	return type && (type->kind == TYPE_SHAPE || type->kind == TYPE_LIST || type->kind == TYPE_MAP);
}

static unsigned rank_of(const struct type *wanted, const struct type *found)
{
	bool is_anything = !wanted || wanted->kind == TYPE_ANY || !found || found->kind == TYPE_ANY;
	return is_anything ? UNKNOWN : complete_fits(wanted, found) ? NAMED : MISFITS;
}

/* --- names --- */

struct scope_search {
	struct complete *complete;
	const struct type *wanted;
	const struct kind *kind;     /* the kind of the wanted step; NULL: a value is wanted */
	bool takes_units, takes_values, takes_params;
	const struct word *self;     /* the name of the declaration around the place, which is left out */
	struct map seen;             /* the names visited so far, which shadow later ones */
};

static void add_unit(struct scope_search *search, const struct word *name, const struct node *declaration)
{
	struct complete *complete = search->complete;
	const struct node *reference = node_child(declaration, ROLE_KIND);
	bool is_wanted = search->kind && kind_is_made_from(bind_named_kind(complete->program, reference), search->kind);
	complete_add(complete, (struct completion){
		.kind = COMPLETION_STEP, .label = name->text,
		.rank = is_wanted ? FITS : !search->takes_values ? NAMED : is_structure(search->wanted) ? MISFITS : STEPS,
		.detail = bind_unit_label(declaration), .insert = name->text,
		.declaration = declaration,
	});
}

/* The type of a name's value, or NULL. A symbol that the program did not evaluate is not evaluated here either. */
static const struct type *type_of(struct scope_search *search, const struct node *declaration, const struct symbol *symbol)
{
	if (symbol && symbol->type)
		return symbol->type;
	const struct value *value = symbol ? symbol->value : complete_place_declared(&search->complete->place, declaration);
	return value ? value_type(value) : NULL;
}

/* "let: String": the keyword of a declaration, and its type if `type` is not NULL. */
static const char *name_detail(struct complete *complete, const struct node *declaration, const char *type)
{
	const char *keyword = NULL;
	if (declaration->kind == N_PARAM)
		keyword = "param";
	else if (declaration->kind == N_CONFIG)
		keyword = "config";
	else if (declaration->kind == N_LET)
		keyword = "let";
	if (!keyword || !type)
		return keyword ? keyword : type;
	return arena_printf(complete->arena, "%s: %s", keyword, type);
}

static void visit_name(void *context, const struct word *name, const struct node *declaration)
{
	struct scope_search *search = context;
	struct complete *complete = search->complete;
	bool is_param = declaration->kind == N_PARAM;
	if (map_get(&search->seen, name) || name == complete->place.at->word || name == search->self)
		return;
	map_put(complete->arena, &search->seen, name, (void *)name);
	if (node_is_unit(declaration)) {
		if (search->takes_units)
			add_unit(search, name, declaration);
		return;
	}
	if (!(is_param ? search->takes_params : search->takes_values))
		return;
	const struct symbol *symbol = map_get(&bind_module(complete->program, declaration)->values, name);
	bool is_local = !symbol || symbol->node != declaration;
	const struct type *type = type_of(search, declaration, is_local ? NULL : symbol);
	const char *type_detail = type && type->kind != TYPE_ANY ? type_text(complete->arena, type) : NULL;
	bool must_be_constant = search->wanted && search->wanted->is_literal;
	complete_add(complete, (struct completion){
		.kind = is_param ? COMPLETION_PARAM : COMPLETION_NAME, .label = name->text, .order = !is_local,
		.rank = (uint8_t)(is_param && must_be_constant ? MISFITS : rank_of(search->wanted, type)),
		.detail = name_detail(complete, declaration, type_detail), .insert = name->text, .declaration = declaration, .type = type,
	});
}

/* The name of the declaration around a node, which cannot refer to itself; or NULL. */
static const struct word *name_around(const struct node *node)
{
	while (node && !node_is_unit(node) && node->kind != N_LET && node->kind != N_PARAM && node->kind != N_CONFIG)
		node = node->parent;
	return node && node->kind != N_CONDITION && node->kind != N_FOREACH ? node->word : NULL;
}

static void add_names(struct complete *complete, struct scope_search search)
{
	search.complete = complete;
	search.self = name_around(complete->place.around);
	bind_visit_values(complete->program, complete->place.around, visit_name, &search);
}

void complete_units(struct complete *complete)
{
	add_names(complete, (struct scope_search){.takes_units = true});
}

void complete_params(struct complete *complete)
{
	add_names(complete, (struct scope_search){.takes_params = true});
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

/* The object literal that an expression is or, for a call, that its first argument is, and so on; or NULL. */
static const struct node *made_object(const struct node *value)
{
	while (value && value->kind == N_CALL)
		value = node_child(node_child(value, ROLE_ITEM), ROLE_VALUE);
	return value && value->kind == N_OBJECT ? value : NULL;
}

/* Whether a function returns an object that has only members of a shape, at least one of them not optional. */
static bool makes_shape(const struct node *function, const struct type *wanted)
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
		.kind = COMPLETION_FUNCTION, .rank = makes_shape(node, wanted) ? FITS : CALLS, .label = name->text, .detail = "function",
		.insert = name == node->word ? complete_call_insert(complete, node) : name->text, .is_snippet = true, .declaration = node,
	});
}

static void visit_function(void *context, const struct word *name)
{
	struct complete *complete = context;
	struct module *owner, *module = bind_module(complete->program, complete->place.around);
	const struct node *node = module_function(module, name, &owner);
	if (node && node->kind == N_FUNCTION && owner == &complete->program->library && world_is_public(complete->program->world, node))
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

/* Whether the reference at the place already has a block or arguments. */
static bool has_rest(const struct complete *complete)
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
		.insert = is_alone ? complete_kind_insert(complete, node, has_rest(complete)) : name->text,
	});
}

static void visit_applied(void *context, const struct word *name)
{
	struct complete *complete = context;
	struct module *owner, *module = bind_module(complete->program, complete->place.around);
	bool is_shadowed = map_get(&module->types, name) || names_is(name, "Condition");
	const struct kind *kind = is_shadowed ? NULL : kind_find(complete->program->world, name);
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

/* --- values --- */

static void add_constants(struct complete *complete, const struct type *wanted)
{
	static const char *const constants[] = {"true", "false"};
	for (size_t i = 0; i < 2; i++)
		complete_add(complete, (struct completion){
			.kind = COMPLETION_WORD, .rank = wanted && wanted->kind == TYPE_BOOLEAN ? FITS : MISFITS, .label = constants[i],
			.insert = constants[i],
		});
}

/* Adds `{ ... }` or `[ ... ]` with the required members of the expected type. */
static void add_structure(struct complete *complete, const struct type *wanted)
{
	bool is_list = wanted && wanted->kind == TYPE_LIST;
	if (!complete->options.takes_snippets || !wanted || (!is_list && wanted->kind != TYPE_SHAPE && wanted->kind != TYPE_MAP))
		return;
	complete_add(complete, (struct completion){
		.kind = COMPLETION_FIELD, .rank = FITS, .label = is_list ? "[ ]" : "{ }", .detail = type_text(complete->arena, wanted),
		.filter = type_text(complete->arena, wanted), .insert = complete_type_insert(complete, wanted), .is_snippet = true,
		.type = wanted,
	});
}

/* Adds the built-in objects. */
static void add_spaces(struct complete *complete, const struct type *wanted)
{
	const char *name;
	for (size_t i = 0; (name = ide_space_name(i)); i++)
		complete_add(complete, (struct completion){
			.kind = COMPLETION_NAME, .rank = wanted && !type_is_text(wanted) ? MISFITS : UNKNOWN, .order = 2, .label = name,
			.insert = name,
		});
}

/* The kind of step that a node should be, as an argument for a parameter that takes a step; or NULL. */
static const struct kind *wanted_kind(struct complete *complete, const struct node *node)
{
	const struct node *parameter = node->parent->kind == N_ARGUMENT ? bind_parameter(complete->program, node->parent) : NULL;
	return bind_named_kind(complete->program, node_child(parameter, ROLE_TYPE));
}

void complete_values(struct complete *complete, const struct node *node)
{
	const struct kind *kind = wanted_kind(complete, node);
	const struct type *wanted = kind ? NULL : bind_expected(complete->program, node);
	complete_choices(complete, node, wanted);
	add_structure(complete, wanted);
	add_constants(complete, wanted);
	add_names(complete, (struct scope_search){
		.wanted = wanted, .kind = kind, .takes_units = true, .takes_values = true, .takes_params = true});
	add_spaces(complete, wanted);
	complete_functions(complete);
}

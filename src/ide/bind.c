#include "ide/bind.h"

#include "eval/foreach.h"
#include "eval/module.h"
#include "eval/symbols.h"

/* --- values by name --- */

/* Returns true to end the visit. */
typedef bool scope_visit(void *context, const struct word *name, const struct node *declaration);

static bool is_value_declaration(const struct node *node)
{
	return node->word && (node->kind == N_LET || node_is_unit(node));
}

static bool visit_children(const struct node *node, enum node_role role, scope_visit *visit, void *context)
{
	for (const struct node *child = node_child(node, role); child; child = node_next(child))
		if (child->word && visit(context, child->word, child))
			return true;
	return false;
}

/* Visits the declarations of a block and, if `is_deep`, those in the branches of its conditions: a component has one scope for all of
 * them. */
static bool visit_block(const struct node *block, bool is_deep, scope_visit *visit, void *context)
{
	for (const struct node *item = node_child(block, ROLE_ITEM); item; item = node_next(item)) {
		if (is_value_declaration(item) && visit(context, item->word, item))
			return true;
		for (const struct node *arm = is_deep ? node_child(item, ROLE_ARM) : NULL; arm; arm = node_next(arm))
			if (visit_block(node_child(arm, ROLE_BLOCK), true, visit, context))
				return true;
		if (is_deep && item->kind == N_FOREACH && visit_block(node_child(item, ROLE_BLOCK), true, visit, context))
			return true;
	}
	return false;
}

/* Visits the names that the construct `parent` declares and that are in scope in its child. */
static bool visit_around(const struct node *parent, const struct node *child, scope_visit *visit, void *context)
{
	switch (parent->kind) {
	case N_LIST_FOR:
	case N_OBJECT_FOR:
		return child->role != ROLE_IN && child->role != ROLE_ITEM && visit_children(parent, ROLE_ITEM, visit, context);
	case N_STEP:
	case N_USE:
	case N_CONDITION:
	case N_SCHEDULE:
		return child->role != ROLE_FAMILY && visit_children(node_child(parent, ROLE_FAMILY), ROLE_ITEM, visit, context);
	case N_FOREACH:
		return (child->role == ROLE_BLOCK && visit_children(parent, ROLE_ITEM, visit, context)) ||
		       (child->role != ROLE_FAMILY && visit_children(node_child(parent, ROLE_FAMILY), ROLE_ITEM, visit, context));
	case N_FUNCTION:
	case N_KIND:
	case N_COMPONENT:
		return visit_children(parent, ROLE_PARAMETER, visit, context);
	case N_MEMBERS: /* a member's default may refer to the other members */
		return child->kind == N_MEMBER_DECL && visit_children(parent, ROLE_ITEM, visit, context);
	case N_BLOCK:
		return (parent->parent->kind == N_ARM || parent->parent->kind == N_FOREACH || parent->parent->kind == N_KIND ||
		        parent->parent->kind == N_COMPONENT) &&
		       visit_block(parent, parent->parent->kind == N_COMPONENT, visit, context);
	default:
		return false;
	}
}

const struct module_file *bind_file(const struct program *program, const struct node *node)
{
	const struct node *root = node_root(node);
	for (size_t i = 0; i < program->files.count; i++)
		if (program->files.items[i]->tree->root == root)
			return program->files.items[i];
	return NULL;
}

struct module *bind_module(struct program *program, const struct node *node)
{
	const struct module_file *file = bind_file(program, node);
	if (!file)
		return &program->library;
	return file->module ? file->module : &program->root;
}

static bool visit_scopes(const struct node *node, scope_visit *visit, void *context)
{
	for (const struct node *child = node, *parent = node->parent; parent; child = parent, parent = parent->parent)
		if (visit_around(parent, child, visit, context))
			return true;
	return false;
}

struct name_lookup {
	const struct word *name;
	const struct node *found;
};

static bool find_name(void *context, const struct word *name, const struct node *declaration)
{
	struct name_lookup *lookup = context;
	if (name == lookup->name)
		lookup->found = declaration;
	return lookup->found != NULL;
}

static const struct symbol *module_symbol(struct program *program, const struct node *node, const struct word *name)
{
	return map_get(&bind_module(program, node)->values, name);
}

static const struct node *find_value(struct program *program, const struct node *node, const struct word *name)
{
	struct name_lookup lookup = {name, NULL};
	if (visit_scopes(node, find_name, &lookup))
		return lookup.found;
	const struct symbol *symbol = module_symbol(program, node, name);
	if (symbol)
		return symbol->node;
	return name == program->world->word.pipeline ? program->pipeline.node : NULL;
}

struct full_visit {
	void (*visit)(void *context, const struct word *name, const struct node *declaration);
	void *context;
};

static bool visit_and_continue(void *context, const struct word *name, const struct node *declaration)
{
	const struct full_visit *full = context;
	full->visit(full->context, name, declaration);
	return false;
}

void bind_visit_values(struct program *program, const struct node *node,
                       void (*visit)(void *context, const struct word *name, const struct node *declaration), void *context)
{
	struct full_visit full = {visit, context};
	const struct map *values = &bind_module(program, node)->values;
	visit_scopes(node, visit_and_continue, &full);
	for (size_t i = 0; i < values->room; i++)
		if (values->slots[i].key)
			visit(context, values->slots[i].key, ((const struct symbol *)values->slots[i].value)->node);
}

/* --- kinds, functions and types by name --- */

static const struct node *function_node(struct program *program, const struct node *node, const struct word *name)
{
	struct module *owner;
	return name ? module_function(bind_module(program, node), name, &owner) : NULL;
}

const struct kind *bind_named_kind(struct program *program, const struct node *reference)
{
	const struct node *name = node_callee(reference);
	if (!name || !name->word)
		return NULL;
	/* in `kind Training(...) = Training(...)`, the first shadows the library's kind, and the second refers to the library's */
	const struct node *owner = reference->parent;
	bool is_shadowed = owner && owner->kind == N_KIND && owner->word == name->word;
	return is_shadowed ? kind_find(program->world, name->word) : module_kind(bind_module(program, name), name->word);
}

const char *bind_unit_label(const struct node *unit)
{
	if (unit->kind == N_CONDITION)
		return "condition";
	if (unit->kind == N_FOREACH)
		return "foreach";
	const struct node *name = node_callee(node_child(unit, ROLE_KIND));
	return name && name->word ? name->word->text : NULL;
}

static const struct node *kind_node(struct program *program, const struct node *reference)
{
	const struct kind *kind = bind_named_kind(program, reference);
	return kind ? kind->node : NULL;
}

/* The declaration of a type or, for a parameter that takes a step, of a kind. */
static const struct node *type_node(struct program *program, const struct node *node, const struct word *name)
{
	if (!name)
		return NULL;
	const struct declared *declared = map_get(&bind_module(program, node)->types, name);
	const struct node *declaration = declared ? declared->node : world_declaration(program->world, name);
	const struct kind *kind = declaration ? NULL : kind_find(program->world, name);
	return kind ? kind->node : declaration;
}

/* The kind or component that a reference (N_NAME or N_CALL in the role KIND) names. */
static const struct node *applied_node(struct program *program, const struct node *reference)
{
	if (reference->parent && reference->parent->kind == N_USE)
		return function_node(program, reference, node_callee(reference)->word);
	return kind_node(program, reference);
}

const struct node *bind_callee(struct program *program, const struct node *call)
{
	const struct node *name = node_callee(call);
	if (!name || name->kind != N_NAME)
		return NULL;
	return call->role == ROLE_KIND ? applied_node(program, call) : function_node(program, name, name->word);
}

const struct node *bind_parameter(struct program *program, const struct node *argument)
{
	const struct node *callee = argument->parent ? bind_callee(program, argument->parent) : NULL;
	const struct node *parameter = node_child(callee, ROLE_PARAMETER);
	if (argument->word) {
		while (parameter && parameter->word != argument->word)
			parameter = node_next(parameter);
		return parameter;
	}
	const struct node *other = node_child(argument->parent, ROLE_ITEM);
	for (; other && other != argument && parameter; other = node_next(other))
		parameter = node_next(parameter);
	return parameter;
}

const struct type *bind_parameter_type(struct program *program, const struct node *parameter)
{
	const struct node *type = node_child(parameter, ROLE_TYPE);
	return type && !bind_named_kind(program, type) ? type_from_node(&bind_module(program, parameter)->scope, type) : NULL;
}

/* --- members named in types and rules --- */

static const struct type *declared_type(struct program *program, const struct node *reference)
{
	struct module *module = reference ? bind_module(program, reference) : NULL;
	if (!module || reference->kind != N_TYPE_REF)
		return NULL;
	return type_from_node(&module->scope, reference);
}

static const struct node *member_node(const struct type *type, const struct word *name)
{
	struct member *member = type && type->kind == TYPE_SHAPE ? type_find_member(type, name) : NULL;
	return member ? member->declaration : NULL;
}

/* The declaration of A in `S without A`. */
static const struct node *without_node(struct program *program, const struct node *reference, const struct word *name)
{
	const struct node *declaration = type_node(program, reference, reference->word);
	struct type_scope *scope = declaration ? &bind_module(program, declaration)->scope : NULL;
	bool is_type = declaration && (declaration->kind == N_SHAPE || declaration->kind == N_TYPE);
	return is_type ? member_node(type_from_declaration(scope, declaration), name) : NULL;
}

/* The `require` or `advise` rule around a reference, or NULL. */
static const struct node *rule_around(const struct node *node)
{
	while (node->parent && (node->kind == N_NAME || node->kind == N_MEMBER || node->kind == N_BINARY))
		node = node->parent;
	return node->kind == N_REQUIRE ? node : NULL;
}

/* The declaration of a member that a rule names: a member of the shape or kind that has the rule or, after a dot, of the shape of one
 * of its members. */
static const struct node *ruled_node(struct program *program, const struct node *rule, const struct node *node)
{
	const struct node *left = node_child(node, ROLE_LEFT), *members = rule->parent;
	if (!node->word)
		return NULL;
	if (left) {
		const struct node *outer = ruled_node(program, rule, left);
		return member_node(declared_type(program, node_child(outer, ROLE_TYPE)), node->word);
	}
	for (const struct node *item = node_child(members, ROLE_ITEM); item; item = node_next(item))
		if (item->kind == N_MEMBER_DECL && item->word == node->word)
			return item;
	return members->parent ? member_node(declared_type(program, members->parent), node->word) : NULL;
}

static const struct node *name_declaration(struct program *program, const struct node *node)
{
	const struct node *rule = rule_around(node);
	if (rule)
		return ruled_node(program, rule, node);
	const struct node *parent = node->parent;
	switch (parent->kind) {
	case N_CALL:
		if (node->role == ROLE_LEFT)
			return bind_callee(program, parent);
		break;
	case N_STEP:
	case N_USE:
	case N_KIND:
		if (node->role == ROLE_KIND)
			return applied_node(program, node);
		break;
	case N_DEFAULTS:
		return kind_node(program, node);
	case N_LIST_FOR:
	case N_OBJECT_FOR:
	case N_FAMILY:
	case N_FOREACH:
		if (node->role == ROLE_ITEM)
			return node;
		break;
	case N_IMPORT_NAME:
		return bind_declaration(program, parent);
	case N_RETRY:
	case N_ALLOWED:
	case N_DEPLOYS:
		return NULL;
	case N_TYPE_REF: /* `List<T by A>`, `S without A` */
		if (node->role == ROLE_KEY)
			return member_node(declared_type(program, node_child(parent, ROLE_TYPE)), node->word);
		return without_node(program, parent, node->word);
	default:
		break;
	}
	return node->word ? find_value(program, node, node->word) : NULL;
}

static const struct node *imported_declaration(struct program *program, const struct node *node)
{
	const struct module *module = bind_module(program, node);
	const struct node *as = node_child(node, ROLE_AS);
	const struct word *name = as && as->word ? as->word : node->word;
	const struct symbol *symbol = name ? map_get(&module->values, name) : NULL;
	const struct declared *declared = name && !symbol ? map_get(&module->types, name) : NULL;
	if (!declared && name && !symbol)
		declared = map_get(&module->functions, name);
	return symbol ? symbol->node : declared ? declared->node : NULL;
}

/* --- values and their members --- */

const struct value *bind_value(struct program *program, const struct node *node)
{
	const struct value *value = node ? program_value(program, node) : NULL;
	if (value || !node || node->kind != N_NAME || !node->word)
		return value;
	const struct symbol *symbol = module_symbol(program, node, node->word);
	return symbol && find_value(program, node, node->word) == symbol->node ? symbol->value : NULL;
}

static const struct node *clause_node(const struct step *step, enum node_kind kind, const struct word *name)
{
	const struct layer *layer;
	return step->kind ? symbols_find_clause(step, kind, name, &layer) : NULL;
}

static const struct node *step_member_node(const struct step *step, const struct word *name)
{
	const struct node *file = clause_node(step, N_PROPERTY_FILE, name);
	return file || !step->kind ? file : member_node(step->kind->properties, name);
}

static const struct node *space_member_node(struct program *program, const struct value *space, const struct word *name)
{
	if (space->space != SPACE_PIPELINE)
		return member_node(space->type, name);
	const struct node *block = node_child(program->pipeline.node, ROLE_BLOCK);
	for (const struct node *item = node_child(block, ROLE_ITEM); item; item = node_next(item))
		if (item->kind == N_FIELD && item->word == name)
			return item;
	return member_node(world_own_type(program->world, "Pipeline"), name);
}

/* Whether a value is what a step in the body of a `foreach` made. */
static bool is_of_body(const struct value *value)
{
	return value->kind == VALUE_GET && (value->access == ACCESS_BODY_STEP || value->access == ACCESS_SELECTED);
}

/* The step NAME in the body of a `foreach`, for `Each.IterationOutputs[0].NAME`. */
static const struct node *body_step_node(const struct step *foreach, const struct word *name)
{
	for (size_t i = 0; i < foreach->if_scope->units.count; i++)
		if (foreach->if_scope->units.items[i]->node->word == name)
			return foreach->if_scope->units.items[i]->node;
	return NULL;
}

static const struct node *object_member_node(const struct value *object, const struct word *name)
{
	const struct field *field = value_field(object, name);
	bool is_step = field && (field->value->kind == VALUE_STEP || is_of_body(field->value));
	if (is_step && object->is_family)
		return field->value->step->node;
	if (field && object->is_family && field->value->kind == VALUE_INSTANCE)
		return field->value->instance->node;
	return field ? field->at : member_node(object->type, name);
}

static const struct node *export_node(const struct instance *instance, const struct word *name)
{
	const struct symbol *symbol = map_get(&instance->exports, name);
	return symbol ? symbol->node : NULL;
}

/* The declaration of `name` in `value.name`. */
static const struct node *member_of(struct program *program, const struct value *value, const struct word *name)
{
	if (!value || !name)
		return NULL;
	switch (value->kind) {
	case VALUE_STEP:
		return step_member_node(value->step, name);
	case VALUE_OUTPUTS:
		return clause_node(value->step, N_OUTPUT, name);
	case VALUE_GET:
		if (is_of_body(value))
			return step_member_node(value->step, name);
		if (foreach_of_iteration(value))
			return body_step_node(foreach_of_iteration(value), name);
		return member_node(value->type, name);
	case VALUE_FILE:
	case VALUE_JSON:
		return member_node(value->type, name);
	case VALUE_OBJECT:
		return object_member_node(value, name);
	case VALUE_INSTANCE:
		return export_node(value->instance, name);
	case VALUE_SPACE:
		return space_member_node(program, value, name);
	default:
		return NULL;
	}
}

/* --- expected types --- */

const struct kind *bind_kind(struct program *program, const struct node *block)
{
	const struct node *owner = block->parent;
	if (owner->kind != N_STEP && owner->kind != N_KIND && owner->kind != N_DEFAULTS)
		return NULL;
	return bind_named_kind(program, node_child(owner, owner->kind == N_DEFAULTS ? ROLE_ITEM : ROLE_KIND));
}

/* The shape of the fields of a block without a kind. */
static const struct type *block_shape(struct program *program, const struct node *block)
{
	switch (block->parent->kind) {
	case N_PIPELINE:
		return world_own_type(program->world, "Pipeline");
	case N_RETRY:
		return world_own_type(program->world, "RetryPolicy");
	case N_SCHEDULE:
		return world_own_type(program->world, "Schedule");
	default:
		return NULL;
	}
}

struct member *bind_member(struct program *program, const struct node *field)
{
	const struct node *parent = field->parent;
	if (field->kind != N_FIELD || !field->word || !parent)
		return NULL;
	const struct kind *kind = parent->kind == N_BLOCK && parent->parent ? bind_kind(program, parent) : NULL;
	if (!kind) {
		const struct type *shape = bind_expected(program, parent);
		return shape && shape->kind == TYPE_SHAPE ? type_find_member(shape, field->word) : NULL;
	}
	struct member *member = kind->arguments ? type_find_member(kind->arguments, field->word) : NULL;
	return member ? member : type_find_member(kind->keys, field->word);
}

static const struct type *field_type(struct program *program, const struct node *field)
{
	struct member *member = bind_member(program, field);
	if (member)
		return type_of_member(member);
	const struct type *map = bind_expected(program, field->parent);
	return map && map->kind == TYPE_MAP ? map->element : NULL;
}

/* The type that a construct expects of its child `node`. */
static const struct type *expected_in(struct program *program, const struct node *parent, const struct node *node)
{
	const struct type *outer;
	switch (parent->kind) {
	case N_FIELD:
		return field_type(program, parent);
	case N_ARGUMENT: {
		const struct node *parameter = bind_parameter(program, parent);
		return declared_type(program, node_child(parameter, ROLE_TYPE));
	}
	case N_PARAM:
	case N_CONFIG:
	case N_LET:
	case N_PARAMETER:
	case N_MEMBER_DECL:
		return node->role == ROLE_VALUE ? declared_type(program, node_child(parent, ROLE_TYPE)) : NULL;
	case N_LIST:
		outer = bind_expected(program, parent);
		return outer && outer->kind == TYPE_LIST ? outer->element : NULL;
	case N_LIST_FOR:
		outer = node->role == ROLE_VALUE ? bind_expected(program, parent) : NULL;
		return outer && outer->kind == TYPE_LIST ? outer->element : NULL;
	case N_OBJECT_FOR:
		outer = node->role == ROLE_VALUE ? bind_expected(program, parent) : NULL;
		return outer && outer->kind == TYPE_MAP ? outer->element : NULL;
	case N_SPREAD:
		return parent->parent && parent->parent->kind != N_BLOCK ? bind_expected(program, parent->parent) : NULL;
	case N_TERNARY:
		return node->role != ROLE_CONDITION ? bind_expected(program, parent) : NULL;
	case N_BINARY:
		return parent->op == OP_COALESCE ? bind_expected(program, parent) : NULL;
	default:
		return NULL;
	}
}

const struct type *bind_expected(struct program *program, const struct node *node)
{
	if (!node || !node->parent)
		return NULL;
	if (node->kind == N_BLOCK) {
		const struct kind *kind = bind_kind(program, node);
		return kind ? kind->arguments : block_shape(program, node);
	}
	const struct type *type = expected_in(program, node->parent, node);
	return type ? type : program_expected(program, node);
}

/* --- declarations --- */

const struct node *bind_declaration(struct program *program, const struct node *node)
{
	const struct node *left;
	struct member *member;
	switch (node->kind) {
	case N_NAME:
		return name_declaration(program, node);
	case N_TYPE_REF:
		return type_node(program, node, node->word);
	case N_IMPORT_NAME:
		return imported_declaration(program, node);
	case N_MEMBER:
		left = node_child(node, ROLE_LEFT);
		if (left && rule_around(node))
			return ruled_node(program, rule_around(node), node);
		return left ? member_of(program, bind_value(program, left), node->word) : NULL;
	case N_STRING:
		left = NULL;
		if (node->parent && node->parent->kind == N_INDEX && node->role == ROLE_RIGHT)
			left = node_child(node->parent, ROLE_LEFT);
		return left ? member_of(program, bind_value(program, left), node->word) : NULL;
	case N_FIELD:
		member = bind_member(program, node);
		return member ? member->declaration : NULL;
	case N_ARGUMENT:
		return node->word ? bind_parameter(program, node) : NULL;
	case N_IMPORT:
		return NULL;
	default:
		if (!node->word || node->name_end <= node->name_start)
			return NULL;
		return node->kind < N_STRING || node->kind == N_MEMBER_DECL ? node : NULL;
	}
}

const struct node *bind_lookup(struct program *program, const struct node *node, enum bind_space space, const struct word *name)
{
	switch (space) {
	case BIND_VALUES:
		return find_value(program, node, name);
	case BIND_TYPES:
		return type_node(program, node, name);
	default:
		return function_node(program, node, name);
	}
}

/* --- the names of a text --- */

struct span bind_name_span(const struct tree *tree, const struct node *node)
{
	struct span span = node->kind == N_NAME || node->kind == N_STRING ? node_span(node) : node_name_span(node);
	const char *text = tree->file->text;
	if (span.end > span.start + 1 && text[span.start] == '"' && text[span.end - 1] == '"')
		span = span_of(span.start + 1, span.end - 1);
	return span;
}

void bind_list(struct program *program, struct arena *arena, const struct tree *tree, struct bindings *bindings)
{
	for (const struct node *node = node_following(tree->root); node; node = node_following(node)) {
		const struct node *declaration = bind_declaration(program, node);
		if (declaration)
			vec_push(arena, bindings, ((struct binding){node, declaration, bind_name_span(tree, node)}));
	}
}

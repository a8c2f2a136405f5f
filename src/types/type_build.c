#include "types/type_build.h"

#include "base/map.h"
#include "base/vec.h"
#include "types/world.h"

#include <stdlib.h>

static const struct type primitives[] = {
	{.kind = TYPE_ANY}, {.kind = TYPE_SCALAR}, {.kind = TYPE_STRING},
	{.kind = TYPE_INTEGER}, {.kind = TYPE_FLOAT}, {.kind = TYPE_BOOLEAN},
};

const struct type *type_primitive(enum type_kind kind)
{
	return &primitives[kind];
}

const struct type *type_unknown(void)
{
	static const struct type unknown = {.kind = TYPE_ANY, .is_unknown = true};
	return &unknown;
}

static const struct type *find_primitive(const struct word *name)
{
	static const char *const names[] = {"Any", "Scalar", "String", "Integer", "Float", "Boolean"};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (names_is(name, names[i]))
			return &primitives[i];
	return NULL;
}

static void report(const struct type_scope *scope, const struct node *node, const char *what)
{
	if (scope->report)
		scope->report(scope->context, node, what);
}

static struct type *copy_type(const struct type_scope *scope, const struct type *type)
{
	struct type *copy = arena_new(scope->arena, struct type);
	*copy = *type;
	return copy;
}

static const struct node *find_declared(const struct node *body, const struct word *name)
{
	for (const struct node *item = node_child(body, ROLE_ITEM); item; item = node_next(item))
		if (item->kind == N_MEMBER_DECL && item->word == name)
			return item;
	return NULL;
}

static struct member member_from_node(const struct type_scope *scope, const struct node *node)
{
	return (struct member){
		.name = node->word,
		.declaration = node,
		.scope = scope,
		.is_optional = node->flags & NODE_OPTIONAL,
	};
}

/* Reports unknown members after `without`, and errors in a body; the valid parts are used all the same. */
static void check_overlay(const struct type_scope *scope, const struct type *base, const struct node *reference,
                          const struct node *body)
{
	struct map names = {0};
	for (const struct node *w = node_child(reference, ROLE_WITHOUT); w; w = node_next(w))
		if (w->word && !type_find_member(base, w->word))
			report(scope, w, arena_printf(scope->arena, "there is no member `%s` to leave out", w->word->text));
	for (const struct node *item = node_child(body, ROLE_ITEM); item; item = node_next(item)) {
		const struct node *why = node_child(item, ROLE_MESSAGE);
		if (why && why->kind != N_STRING && item->kind == N_REQUIRE)
			report(scope, why, "the reason must be plain text, without `${...}`");
		if (item->kind != N_MEMBER_DECL || !item->word)
			continue;
		if (map_get(&names, item->word))
			report(scope, item, arena_printf(scope->arena, "the member `%s` is declared twice", item->word->text));
		map_put(scope->arena, &names, item->word, (void *)item);
	}
}

/* Whether a path in a `require` names a member, or a member of a member. Reports it if not. */
static bool check_path(const struct type_scope *scope, const struct type *type, const struct node *path)
{
	if (path->kind == N_INDEX)
		report(scope, path, "a rule must name a member: `A`, or `A.B` inside it");
	if (path->kind == N_MEMBER && path->word && node_child(path, ROLE_LEFT))
		return check_path(scope, type, node_child(path, ROLE_LEFT));
	if (path->kind != N_NAME || !path->word)
		return false;
	bool is_there = type->is_open || type_find_member(type, path->word);
	if (!is_there)
		report(scope, path, arena_printf(scope->arena, "there is no member `%s`", path->word->text));
	return is_there;
}

static bool check_requirement(const struct type_scope *scope, const struct type *type, const struct node *requirement)
{
	const struct node *test = node_child(requirement, ROLE_CONDITION);
	const struct node *tested = test && test->kind == N_BINARY ? node_child(test, ROLE_LEFT) : test;
	bool is_good = !test || (tested && check_path(scope, type, tested));
	for (const struct node *path = node_child(requirement, ROLE_ITEM); path; path = node_next(path))
		is_good &= check_path(scope, type, path);
	return is_good;
}

/* Sets the requirements of a shape: its own in their order, then those of its base. */
static void add_requirements(const struct type_scope *scope, struct type *type, const struct node *body)
{
	const struct requirement *base = type->requirements, **last = &type->requirements;
	for (const struct node *item = node_child(body, ROLE_ITEM); item; item = node_next(item)) {
		if (item->kind != N_REQUIRE || !check_requirement(scope, type, item))
			continue;
		struct requirement *requirement = arena_new(scope->arena, struct requirement);
		requirement->node = item;
		*last = requirement;
		last = &requirement->next;
	}
	*last = base;
}

/* Whether an expression contains the name of a member that a reference excludes. */
static bool names_excluded(const struct node *reference, const struct node *node)
{
	if (node->kind == N_NAME && node->word && type_omits_member(reference, node->word))
		return true;
	for (const struct node *child = node->first; child; child = child->next)
		if (names_excluded(reference, child))
			return true;
	return false;
}

/* Sets the assertions of a shape: its own, then those of its base without those about excluded members. */
static void add_assertions(const struct type_scope *scope, struct type *type, const struct node *reference, const struct node *body)
{
	const struct assertion *of_base = NULL, **last = &of_base;
	for (const struct assertion *a = type->assertions; a; a = a->next) {
		if (reference && names_excluded(reference, a->node))
			continue;
		struct assertion *copy = arena_new(scope->arena, struct assertion);
		*copy = (struct assertion){NULL, a->node, a->scope};
		*last = copy;
		last = &copy->next;
	}
	type->assertions = of_base;
	last = &type->assertions;
	for (const struct node *item = node_child(body, ROLE_ITEM); item; item = node_next(item)) {
		if (item->kind != N_ASSERT)
			continue;
		struct assertion *assertion = arena_new(scope->arena, struct assertion);
		*assertion = (struct assertion){of_base, item, scope};
		*last = assertion;
		last = &assertion->next;
	}
}

/* Computes the members of a shape: those of its base without the excluded ones, each replaced if the body redeclares
 * it, followed by the new ones of the body. */
static void overlay_members(const struct type_scope *scope, struct type *type, const struct node *reference,
                            const struct node *body)
{
	VEC(struct member) members = {0};
	const struct type base = *type;
	if (scope->report)
		check_overlay(scope, &base, reference, body);
	for (uint32_t i = 0; i < base.count; i++) {
		const struct node *again = find_declared(body, base.members[i].name);
		if (again)
			vec_push(scope->arena, &members, member_from_node(scope, again));
		else if (!reference || !type_omits_member(reference, base.members[i].name))
			vec_push(scope->arena, &members, base.members[i]);
	}
	for (const struct node *item = node_child(body, ROLE_ITEM); item; item = node_next(item))
		if (item->kind == N_MEMBER_DECL && !type_find_member(&base, item->word))
			vec_push(scope->arena, &members, member_from_node(scope, item));
	type->members = members.items;
	type->count = (uint32_t)members.count;
	type->is_open = base.is_open || (body && body->flags & NODE_OPEN);
	add_requirements(scope, type, body);
	add_assertions(scope, type, reference, body);
}

/* Reads a bound, a number that can be negative; false for anything else. */
static bool read_bound(const struct node *value, double *bound)
{
	const struct node *digits = value && value->kind == N_UNARY && value->op == OP_NEGATE ? node_child(value, ROLE_RIGHT) : value;
	if (!digits || digits->kind != N_NUMBER)
		return false;
	*bound = digits == value ? strtod(digits->word->text, NULL) : -strtod(digits->word->text, NULL);
	return true;
}

static void read_constraints(const struct type_scope *scope, struct type *type, const struct node *reference)
{
	for (const struct node *item = node_child(reference, ROLE_ITEM); item; item = node_next(item)) {
		const struct node *value = node_child(item, ROLE_VALUE);
		bool is_min = names_is(item->word, "min"), is_max = names_is(item->word, "max");
		if (is_min && read_bound(value, &type->min))
			type->has_min = true;
		else if (is_max && read_bound(value, &type->max))
			type->has_max = true;
		else if (is_min || is_max)
			report(scope, item, "a bound must be a number");
		else if (names_is(item->word, "pattern") && value && value->kind == N_STRING)
			type->pattern = value->word;
		else if (names_is(item->word, "pattern"))
			report(scope, item, "a pattern must be plain text, without `${...}`");
		else
			report(scope, item, "the constraints of a type are `min`, `max` and `pattern`");
	}
}

/* List<T>, List<T by K>, Map<V>, Map<K, V>. */
static struct type *container_from_node(const struct type_scope *scope, const struct node *node, bool is_list)
{
	struct type *type = arena_new(scope->arena, struct type);
	const struct node *first = node_child(node, ROLE_TYPE), *second = first ? node_next(first) : NULL;
	const struct node *by = node_child(node, ROLE_KEY);
	type->kind = is_list ? TYPE_LIST : TYPE_MAP;
	type->by = by ? by->word : NULL;
	if (!first || (is_list && second)) {
		report(scope, node, is_list ? "write the type of its elements: `List<String>`"
		                              : "write the type of its values: `Map<String>`");
		type->element = type_primitive(TYPE_ANY);
		return type;
	}
	if (second)
		type->key = type_from_node(scope, first);
	if (type->key && !type_is_text(type->key) && type->key->kind != TYPE_ANY)
		report(scope, first, "the keys of a map must be text");
	type->element = type_from_node(scope, second ? second : first);
	bool may_have_member = type->element->kind == TYPE_ANY || (type->element->kind == TYPE_SHAPE && type->element->is_open);
	if (type->by && !may_have_member && !type_find_member(type->element, type->by))
		report(scope, by, arena_printf(scope->arena, "the elements have no member `%s`", type->by->text));
	return type;
}

static const struct type *find_type(const struct type_scope *scope, const struct node *node)
{
	const struct type *type = scope->find ? scope->find(scope->context, node->word) : NULL;
	if (!type)
		type = find_primitive(node->word);
	if (!type)
		type = world_type(scope->world, node->word);
	if (!type) {
		report(scope, node, NULL);
		type = type_unknown();
	}
	return type;
}

const struct type *type_from_node(const struct type_scope *scope, const struct node *node)
{
	if (!node || node->kind != N_TYPE_REF)
		return type_unknown();
	const struct node *body = node_child(node, ROLE_BODY);
	struct type *type;
	if (!node->word) {
		type = arena_new(scope->arena, struct type);
		type->kind = TYPE_SHAPE;
	} else if (names_is(node->word, "List") || names_is(node->word, "Map")) {
		type = container_from_node(scope, node, names_is(node->word, "List"));
	} else {
		const struct type *named = find_type(scope, node);
		if (node_child(node, ROLE_TYPE))
			report(scope, node, "only `List` and `Map` take types in `<...>`");
		if (!node_child(node, ROLE_ITEM) && !body && !node_child(node, ROLE_WITHOUT) &&
		    !(node->flags & (NODE_LITERAL | NODE_NULLABLE)))
			return named;
		type = copy_type(scope, named);
	}
	read_constraints(scope, type, node);
	bool is_changed = body || node_child(node, ROLE_WITHOUT);
	if (type->kind == TYPE_SHAPE && node_child(node, ROLE_WITHOUT))
		type->reference = node;
	if (is_changed && type->kind == TYPE_SHAPE)
		overlay_members(scope, type, node, body);
	else if (is_changed && type->kind != TYPE_ANY)
		report(scope, node, "only a structure has members to add or leave out");
	type->is_literal |= (node->flags & NODE_LITERAL) != 0;
	type->is_nullable |= (node->flags & NODE_NULLABLE) != 0;
	return type;
}

static const struct type *enum_from_node(const struct type_scope *scope, const struct node *node)
{
	struct type *type = arena_new(scope->arena, struct type);
	VEC(const struct word *) values = {0};
	for (const struct node *item = node_child(node, ROLE_ITEM); item; item = node_next(item))
		if (item->kind == N_STRING)
			vec_push(scope->arena, &values, item->word);
	type->kind = TYPE_ENUM;
	type->name = node->word;
	type->values = values.items;
	type->count = (uint32_t)values.count;
	type->is_open = node->flags & NODE_OPEN;
	return type;
}

const struct type *type_from_declaration(const struct type_scope *scope, const struct node *node)
{
	if (node->kind == N_ENUM)
		return enum_from_node(scope, node);
	struct type *type;
	if (node->kind == N_TYPE) {
		type = copy_type(scope, type_from_node(scope, node_child(node, ROLE_TYPE)));
	} else {
		type = arena_new(scope->arena, struct type);
		type->kind = TYPE_SHAPE;
		overlay_members(scope, type, NULL, node_child(node, ROLE_BODY));
	}
	type->name = node->word;
	return type;
}

const struct type *type_of_member(struct member *member)
{
	if (!member->type)
		member->type = type_from_node(member->scope, node_child(member->declaration, ROLE_TYPE));
	return member->type;
}

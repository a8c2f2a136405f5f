#include "types/kind.h"

#include "base/vec.h"

#include <assert.h>

static const struct exception_family *read_families(struct world *world, const struct node *allowed)
{
	const struct exception_family *first = NULL, **last = &first;
	for (const struct node *name = node_child(allowed, ROLE_ITEM); name; name = node_next(name)) {
		struct exception_family *family = arena_new(world->arena, struct exception_family);
		family->name = name->word;
		family->exceptions =
			world_own_type(world, arena_printf(world->arena, "%sException", name->word->text));
		*last = family;
		last = (const struct exception_family **)&family->next;
	}
	return first;
}

/* Reads a path of members; its node is the innermost member. */
static struct cache_key read_cache_key(struct world *world, const struct node *node)
{
	struct cache_key key = {"", NULL, 0};
	for (const struct node *at = node; at; at = node_child(at, ROLE_LEFT))
		key.depth++;
	const struct word **path = arena_array(world->arena, const struct word *, key.depth);
	uint32_t left = key.depth;
	for (const struct node *at = node; at; at = node_child(at, ROLE_LEFT))
		path[--left] = at->word;
	for (uint32_t i = 0; i < key.depth; i++)
		key.text = i ? arena_printf(world->arena, "%s.%s", key.text, path[i]->text) : path[i]->text;
	key.path = path;
	return key;
}

static void read_cache_keys(struct world *world, struct kind *kind, const struct node *allowed)
{
	VEC(struct cache_key) keys = {0};
	for (const struct node *name = node_child(allowed, ROLE_ITEM); name; name = node_next(name))
		vec_push(world->arena, &keys, read_cache_key(world, name));
	kind->cache_keys = keys.items;
	kind->cache_key_count = (uint32_t)keys.count;
}

static void read_clauses(struct world *world, struct kind *kind, const struct node *clauses)
{
	for (const struct node *item = node_child(clauses, ROLE_ITEM); item; item = node_next(item)) {
		if (names_is(item->word, "cache")) {
			kind->clauses |= CLAUSE_CACHE;
			read_cache_keys(world, kind, item);
		} else if (names_is(item->word, "property")) {
			kind->clauses |= CLAUSE_PROPERTY_FILE;
		} else if (names_is(item->word, "output")) {
			kind->clauses |= CLAUSE_OUTPUT;
		} else {
			assert(names_is(item->word, "retry"));
			kind->clauses |= CLAUSE_RETRY;
			kind->families = read_families(world, item);
		}
	}
}

/* Merges the shapes of a `properties` clause into one with the members of all. */
static const struct type *merge_shapes(struct world *world, const struct node *clause)
{
	const struct node *node = node_child(clause, ROLE_TYPE);
	const struct type *first = type_from_node(&world->scope, node);
	if (!node_next(node))
		return first;
	VEC(struct member) members = {0};
	for (; node; node = node_next(node)) {
		const struct type *shape = type_from_node(&world->scope, node);
		for (uint32_t i = 0; i < shape->count; i++)
			vec_push(world->arena, &members, shape->members[i]);
	}
	struct type *merged = arena_new(world->arena, struct type);
	*merged = *first;
	merged->members = members.items;
	merged->count = (uint32_t)members.count;
	return merged;
}

/* The keys that every step has, followed by the kind's own. */
static const struct type *with_step_keys(struct world *world, const struct type *own)
{
	const struct type *common = world_own_type(world, "StepKeys");
	if (!own)
		return common;
	struct type *keys = arena_new(world->arena, struct type);
	*keys = *own;
	keys->count = own->count + common->count;
	keys->members = arena_array(world->arena, struct member, keys->count);
	memcpy(keys->members, common->members, common->count * sizeof *keys->members);
	if (own->count)
		memcpy(keys->members + common->count, own->members, own->count * sizeof *keys->members);
	return keys;
}

/* Reads `kind NAME(...) = BASE(...) { ... }`. */
static const struct kind *read_derived(struct world *world, const struct node *node)
{
	struct kind *kind = arena_new(world->arena, struct kind);
	const struct node *reference = node_child(node, ROLE_KIND);
	const struct node *name = node_callee(reference);
	const struct kind *base = kind_find(world, name->word);
	assert(base);
	*kind = *base;
	kind->name = node->word;
	kind->node = node;
	kind->base = base;
	return kind;
}

static const struct kind *read_kind(struct world *world, const struct node *node)
{
	if (node_child(node, ROLE_KIND))
		return read_derived(world, node);
	struct kind *kind = arena_new(world->arena, struct kind);
	const struct type *keys = NULL;
	struct requirement *requirements = NULL, **last = &requirements;
	kind->name = node->word;
	kind->node = node;
	for (const struct node *item = node_child(node_child(node, ROLE_BLOCK), ROLE_ITEM); item; item = node_next(item)) {
		switch (item->kind) {
		case N_KIND_TYPE:
			kind->type = node_child(item, ROLE_VALUE)->word;
			break;
		case N_ARGUMENTS:
			kind->arguments = type_from_node(&world->scope, node_child(item, ROLE_TYPE));
			break;
		case N_KEYS:
			keys = type_from_node(&world->scope, node_child(item, ROLE_TYPE));
			break;
		case N_PROPERTIES:
			kind->properties = merge_shapes(world, item);
			break;
		case N_CLAUSES:
			read_clauses(world, kind, item);
			break;
		case N_REQUIRE:
			*last = arena_new(world->arena, struct requirement);
			(*last)->node = item;
			last = (struct requirement **)&(*last)->next;
			break;
		case N_WRITES:
			kind->writes = item;
			break;
		case N_DEPENDS:
			kind->depends = item;
			break;
		case N_MAKES:
			kind->makes = item->word;
			break;
		case N_NEEDS:
			kind->needs = item;
			break;
		case N_DEPLOYS:
			kind->deploys = item;
			break;
		default:
			assert(item->kind == N_TERMINAL);
			kind->is_terminal = true;
		}
	}
	kind->keys = with_step_keys(world, keys);
	if (requirements) {
		struct type *arguments = arena_new(world->arena, struct type);
		*arguments = *kind->arguments;
		*last = (struct requirement *)arguments->requirements;
		arguments->requirements = requirements;
		kind->arguments = arguments;
	}
	return kind;
}

const struct kind *kind_find(struct world *world, const struct word *name)
{
	const struct kind *kind = name ? map_get(&world->kinds, name) : NULL;
	if (kind)
		return kind;
	const struct node *declaration = world_kind_declaration(world, name);
	if (!declaration)
		return NULL;
	kind = read_kind(world, declaration);
	map_put(world->arena, &world->kinds, name, (void *)kind);
	return kind;
}

bool kind_is_made_from(const struct kind *kind, const struct kind *base)
{
	while (kind && kind != base)
		kind = kind->base;
	return kind != NULL;
}

bool kind_deploys(const struct kind *kind, const struct word *key)
{
	for (const struct node *item = node_child(kind->deploys, ROLE_ITEM); item; item = node_next(item))
		if (item->word == key)
			return true;
	return false;
}

const char *kind_text(struct arena *arena, const struct kind *kind)
{
	return arena_printf(arena, "%s %s step", strchr("AEIO", kind->name->text[0]) ? "an" : "a", kind->name->text);
}

#include "draw/draw_picture.h"

#include "base/embedded.h"
#include "base/printable.h"
#include "compile/graph_references.h"
#include "draw/draw.h"

#include <assert.h>

enum { MAX_KEYS_COLUMNS = 32, MAX_PATHS = 12 };

struct picture_builder {
	struct picture *picture;
	struct map nodes;          /* struct picture_node, by the names of steps in the definition */
	const struct map *unfolded; /* steps, by name in the definition, whose families must not be folded: that would make a cycle */
	struct picture_node *node; /* whose edges are being made */
};

/* The scopes that are drawn as one: the same place in each member of a folded family. Outside of families, a single scope. */
struct scopes {
	VEC(const struct scope *) list;
};

/* The expansions of one declaration, which become one node or frame. */
struct members {
	VEC(const struct expansion *) list;
};

/* Where to add nodes. */
struct picture_slot {
	struct picture_frame *frame;
	struct picture_node *parent;
	bool is_else;
};

bool draw_has_steps(const struct program *program)
{
	for (size_t i = 0; i < program->all_steps.count; i++)
		if (!program->all_steps.items[i]->is_absent)
			return true;
	return false;
}

bool draw_picture_is_condition(const struct picture_node *node)
{
	return node->steps.items[0]->condition_at != NULL;
}

/* --- names and looks of nodes --- */

static const char *take_text(struct picture_builder *builder, struct text *text)
{
	const char *copy = arena_copy(builder->picture->arena, text_string(text), text->length);
	text_free(text);
	return copy;
}

static const char *keys_of(struct picture_builder *builder, const struct members *members)
{
	struct text keys = {0};
	struct map seen = {0};
	size_t columns = 0;
	bool is_cut = false;
	for (size_t i = 0; i < members->list.count && !is_cut; i++) {
		const struct value *key = members->list.items[i]->key;
		if (!key || map_get(&seen, key->word))
			continue;
		map_put(builder->picture->arena, &seen, key->word, &seen);
		columns += printable_columns(key->word->text) + 2;
		is_cut = columns > MAX_KEYS_COLUMNS && seen.count > 1;
		text_puts(&keys, seen.count > 1 ? ", " : "[");
		if (is_cut)
			text_puts(&keys, "…");
		else
			printable_put_cut(&keys, key->word->text, MAX_KEYS_COLUMNS);
	}
	if (seen.count)
		text_putc(&keys, ']');
	return take_text(builder, &keys);
}

/* A step of a family or component gets the name of its declaration, with a number for an `else if`. Other steps get their name in
 * the definition. */
static const char *node_name(struct picture_builder *builder, const struct members *members)
{
	const struct step *step = members->list.items[0]->step;
	unsigned arm = 1;
	for (const struct step *at = step; at->node->kind == N_ARM; at = at->parent)
		arm++;
	bool is_family = members->list.count > 1 || members->list.items[0]->key;
	if (!is_family && !step->scope->instance)
		return step->step_name->text;
	return arm > 1 ? arena_printf(builder->picture->arena, "%s-%u", step->name->text, arm) : step->name->text;
}

/* The service's type of a step. A kind without a type leaves it to the step's `Type` field. */
static const struct word *type_of(const struct step *step)
{
	const struct field *field = step->kind->type || !step->keys ? NULL : value_field_named(step->keys, "Type");
	return field && field->value->kind == VALUE_STRING ? field->value->word : step->kind->type;
}

static const char *next_word(struct arena *arena, const char **at)
{
	size_t length = strcspn(*at, " \n");
	const char *word = arena_copy(arena, *at, length);
	*at += length + ((*at)[length] == ' ');
	return word;
}

static struct picture_look look_of(struct arena *arena, const struct step *step)
{
	const struct word *type = type_of(step);
	for (const char *line = embedded_drawing.text; type && *line; line = strchr(line, '\n') + 1) {
		if (strcspn(line, " ") != type->length || memcmp(line, type->text, type->length) != 0)
			continue;
		const char *at = line + type->length + 1;
		struct picture_look look = {.type = type};
		look.shape = next_word(arena, &at);
		look.fill = next_word(arena, &at);
		look.line = next_word(arena, &at);
		look.ansi = next_word(arena, &at);
		return look;
	}
	return (struct picture_look){NULL, "job", "#f3f4f6", "#6b7280", "37"};
}

/* --- nodes and frames --- */

static void add_units(struct picture_builder *builder, const struct scopes *scopes, struct picture_slot slot);

static void add_branch(struct picture_builder *builder, struct picture_node *node, struct picture_frame *frame, bool is_else)
{
	struct scopes scopes = {0};
	for (size_t i = 0; i < node->steps.count; i++) {
		const struct scope *scope = is_else ? node->steps.items[i]->else_scope : node->steps.items[i]->if_scope;
		if (scope)
			vec_push(builder->picture->arena, &scopes.list, scope);
	}
	add_units(builder, &scopes, (struct picture_slot){frame, node, is_else});
}

static void add_node(struct picture_builder *builder, const struct members *members, struct picture_slot slot)
{
	struct arena *arena = builder->picture->arena;
	struct picture_node *node = arena_new(arena, struct picture_node);
	const struct step *first = members->list.items[0]->step;
	node->parent = slot.parent;
	node->is_else = slot.is_else;
	node->name = node_name(builder, members);
	node->keys = keys_of(builder, members);
	node->full_name = arena_printf(arena, "%s%s%s", slot.frame->path, node->name, node->keys);
	node->kind = first->kind->name->text;
	if (members->list.count > 1)
		node->kind = arena_printf(arena, "%s ×%zu", node->kind, members->list.count);
	node->look = look_of(arena, first);
	for (size_t i = 0; i < members->list.count; i++) {
		vec_push(arena, &node->steps, members->list.items[i]->step);
		map_put(arena, &builder->nodes, members->list.items[i]->step->step_name, node);
	}
	builder->picture->step_count += members->list.count;
	vec_push(arena, &builder->picture->nodes, node);
	vec_push(arena, &slot.frame->nodes, node);
	for (struct picture_frame *frame = slot.frame; frame; frame = frame->outer)
		frame->node_count++;
	add_branch(builder, node, slot.frame, false);
	add_branch(builder, node, slot.frame, true);
}

static void add_frame(struct picture_builder *builder, const struct members *members, struct picture_slot slot)
{
	struct arena *arena = builder->picture->arena;
	struct picture_frame *frame = arena_new(arena, struct picture_frame);
	const struct instance *instance = members->list.items[0]->instance;
	struct scopes scopes = {0};
	frame->outer = slot.frame;
	frame->name = arena_printf(arena, "%s%s", instance->node->word->text, keys_of(builder, members));
	frame->path = arena_printf(arena, "%s%s-", slot.frame->path, frame->name);
	frame->component = instance->component->word->text;
	vec_push(arena, &slot.frame->frames, frame);
	for (size_t i = 0; i < members->list.count; i++)
		vec_push(arena, &scopes.list, members->list.items[i]->instance->scope);
	slot.frame = frame;
	add_units(builder, &scopes, slot);
}

static void add_members(struct picture_builder *builder, const struct members *members, struct picture_slot slot)
{
	if (members->list.items[0]->step)
		add_node(builder, members, slot);
	else
		add_frame(builder, members, slot);
}

static bool is_present(const struct expansion *expansion)
{
	const struct instance *instance = expansion->instance;
	return expansion->step ? !expansion->step->is_absent : instance && !instance->is_absent && instance->scope;
}

static bool is_unfolded(const struct picture_builder *builder, const struct expansion *expansion);

/* Whether a scope contains a step that must not be folded. */
static bool has_unfolded(const struct picture_builder *builder, const struct scope *scope)
{
	for (size_t i = 0; scope && i < scope->units.count; i++) {
		const struct unit *unit = scope->units.items[i];
		for (size_t j = 0; j < unit->expansions.count; j++)
			if (is_present(&unit->expansions.items[j]) && is_unfolded(builder, &unit->expansions.items[j]))
				return true;
	}
	return false;
}

static bool is_unfolded(const struct picture_builder *builder, const struct expansion *expansion)
{
	const struct step *step = expansion->step;
	if (!step)
		return has_unfolded(builder, expansion->instance->scope);
	return map_get(builder->unfolded, step->step_name) || has_unfolded(builder, step->if_scope) ||
	       has_unfolded(builder, step->else_scope);
}

static bool are_unfolded(const struct picture_builder *builder, const struct members *members)
{
	for (size_t i = 0; builder->unfolded->count && members->list.count > 1 && i < members->list.count; i++)
		if (is_unfolded(builder, members->list.items[i]))
			return true;
	return false;
}

/* Adds a node or frame for each declaration of a body. In programs without errors, all instances of a body declare the same. */
static void add_units(struct picture_builder *builder, const struct scopes *scopes, struct picture_slot slot)
{
	struct arena *arena = builder->picture->arena;
	for (size_t i = 0; scopes->list.count && i < scopes->list.items[0]->units.count; i++) {
		struct members members = {0};
		for (size_t j = 0; j < scopes->list.count; j++) {
			const struct unit *unit = scopes->list.items[j]->units.items[i];
			for (size_t k = 0; k < unit->expansions.count; k++)
				if (is_present(&unit->expansions.items[k]))
					vec_push(arena, &members.list, &unit->expansions.items[k]);
		}
		if (!are_unfolded(builder, &members)) {
			if (members.list.count)
				add_members(builder, &members, slot);
			continue;
		}
		for (size_t j = 0; j < members.list.count; j++) {
			struct members one = {0};
			vec_push(arena, &one.list, members.list.items[j]);
			add_members(builder, &one, slot);
		}
	}
}

/* --- edges --- */

static struct picture_node *node_of(const struct picture_builder *builder, const struct step *step)
{
	return step->is_absent ? NULL : map_get(&builder->nodes, step->step_name);
}

/* The edge from the current node to its dependency `to`, created if it is new. */
static struct picture_edge *edge_to(struct picture_builder *builder, struct picture_node *to, enum picture_reason reason)
{
	struct picture_node *node = builder->node;
	if (to->edges_from != node)
		memset(to->edge_numbers, 0, sizeof to->edge_numbers);
	to->edges_from = node;
	if (!to->edge_numbers[reason]) {
		vec_push(builder->picture->arena, &node->edges, ((struct picture_edge){.to = to, .reason = reason}));
		to->edge_numbers[reason] = node->edges.count;
	}
	return &node->edges.items[to->edge_numbers[reason] - 1];
}

/* Appends a reference, with the name that the step has in the source. */
static void put_path(struct text *out, const struct value *reference, const struct value *root)
{
	text_puts(out, root->step->name->text);
	if (root->kind == VALUE_FILE) {
		text_printf(out, ".%s.", root->file->text);
		value_print_json_path(out, reference);
		return;
	}
	struct text path = {0};
	value_print_path(&path, reference);
	text_puts(out, text_string(&path) + strlen("Steps.") + root->step->step_name->length);
	text_free(&path);
}

static void add_reference(void *context, const struct value *reference)
{
	struct picture_builder *builder = context;
	const struct value *root = value_root(reference);
	bool is_of_step = (root->kind == VALUE_STEP || root->kind == VALUE_FILE) && root->step;
	struct picture_node *to = is_of_step ? node_of(builder, root->step) : NULL;
	if (!to || to->parent == builder->node) /* the step that a `foreach` picks is in its own body */
		return;
	struct picture_edge *edge = edge_to(builder, to, PICTURE_DATA);
	if (edge->paths.count == MAX_PATHS)
		return;
	struct text path = {0};
	put_path(&path, reference, root);
	const char *copy = take_text(builder, &path);
	for (size_t i = 0; i < edge->paths.count; i++)
		if (strcmp(edge->paths.items[i], copy) == 0)
			return;
	vec_push(builder->picture->arena, &edge->paths, copy);
}

static enum picture_reason reason_of(const struct edge *edge)
{
	switch (edge->trigger) {
	case TRIGGER_FAILED: return PICTURE_ON_FAILURE;
	case TRIGGER_STOPPED: return PICTURE_ON_STOP;
	case TRIGGER_ANY: return PICTURE_ON_ANY_END;
	default: return PICTURE_CUSTOM;
	}
}

const char *draw_picture_label(enum picture_reason reason)
{
	static const char *const labels[PICTURE_REASONS] = {
		[PICTURE_ON_FAILURE] = "on failure", [PICTURE_ON_STOP] = "on stop", [PICTURE_ON_ANY_END] = "on any end",
		[PICTURE_IF] = "if", [PICTURE_ELSE] = "else", [PICTURE_EACH] = "each",
	};
	return labels[reason];
}

/* Adds the edges of `depends on` and run conditions. Those of `depends on` are left out if they duplicate a reference to data or lead
 * to the condition of the branch. */
static void add_depends(struct picture_builder *builder, const struct step *step)
{
	for (size_t i = 0; i < step->depends.count; i++) {
		enum picture_reason reason = reason_of(&step->depends.items[i]);
		struct picture_node *to = node_of(builder, step->depends.items[i].step);
		bool is_data = to && to->edges_from == builder->node && to->edge_numbers[PICTURE_DATA];
		if (to && (reason != PICTURE_CUSTOM || (!is_data && to != builder->node->parent)))
			edge_to(builder, to, reason);
	}
}

static bool is_in_branch(const struct picture_node *node, const struct picture_node *condition, bool is_else)
{
	while (node->parent && node->parent != condition)
		node = node->parent;
	return node->parent && node->is_else == is_else;
}

/* Adds an edge to the condition of a branch or the `foreach` of a body, unless the node depends on another node in it. */
static void add_branch_edge(struct picture_builder *builder)
{
	struct picture_node *node = builder->node;
	for (size_t i = 0; i < node->edges.count; i++)
		if (node->edges.items[i].to != node && is_in_branch(node->edges.items[i].to, node->parent, node->is_else))
			return;
	bool is_branch = draw_picture_is_condition(node->parent);
	edge_to(builder, node->parent, !is_branch ? PICTURE_EACH : node->is_else ? PICTURE_ELSE : PICTURE_IF);
}

static void add_edges(struct picture_builder *builder, struct picture_node *node)
{
	builder->node = node;
	for (size_t i = 0; i < node->steps.count; i++)
		graph_each_step_reference(node->steps.items[i], add_reference, builder);
	for (size_t i = 0; i < node->steps.count; i++)
		add_depends(builder, node->steps.items[i]);
	if (node->parent)
		add_branch_edge(builder);
	for (size_t i = 0; i < node->edges.count; i++)
		vec_push(builder->picture->arena, &node->edges.items[i].to->dependents, node);
}

/* --- order --- */

/* Nodes to handle next. */
struct stack {
	VEC(struct picture_node *) list;
};

/* Orders the nodes topologically, depth first: each soon after its last dependency. Leaves out the nodes of cycles and those
 * after them. */
static void order_nodes(struct picture *picture)
{
	struct stack ready = {0};
	for (size_t i = picture->nodes.count; i-- > 0;) {
		struct picture_node *node = picture->nodes.items[i];
		node->pending = node->edges.count;
		if (!node->pending)
			vec_push(picture->arena, &ready.list, node);
	}
	while (ready.list.count) {
		struct picture_node *node = ready.list.items[--ready.list.count];
		node->is_ordered = true;
		vec_push(picture->arena, &picture->ordered, node);
		for (size_t i = node->dependents.count; i-- > 0;)
			if (!--node->dependents.items[i]->pending)
				vec_push(picture->arena, &ready.list, node->dependents.items[i]);
	}
}

/* Collects the steps of the nodes in or between cycles. The order leaves these nodes out, and those that come after a cycle, which
 * are removed here. */
static void collect_unfolded(const struct picture *picture, struct map *unfolded)
{
	struct stack ready = {0};
	for (size_t i = 0; i < picture->nodes.count; i++) {
		struct picture_node *node = picture->nodes.items[i];
		node->pending = node->dependents.count;
		if (!node->pending && !node->is_ordered)
			vec_push(picture->arena, &ready.list, node);
	}
	while (ready.list.count) {
		struct picture_node *node = ready.list.items[--ready.list.count];
		node->is_ordered = true;
		for (size_t i = 0; i < node->edges.count; i++)
			if (!--node->edges.items[i].to->pending && !node->edges.items[i].to->is_ordered)
				vec_push(picture->arena, &ready.list, node->edges.items[i].to);
	}
	for (size_t i = 0; i < picture->nodes.count; i++)
		for (size_t j = 0; !picture->nodes.items[i]->is_ordered && j < picture->nodes.items[i]->steps.count; j++)
			map_put(picture->arena, unfolded, picture->nodes.items[i]->steps.items[j]->step_name, unfolded);
}

static struct picture *make_picture(struct arena *arena, const struct program *program, const struct map *unfolded)
{
	struct picture_builder builder = {.picture = arena_new(arena, struct picture), .unfolded = unfolded};
	struct picture *picture = builder.picture;
	struct scopes scopes = {0};
	picture->arena = arena;
	picture->pipeline = arena_new(arena, struct picture_frame);
	picture->pipeline->name = program->pipeline.name ? program->pipeline.name->text : "";
	picture->pipeline->path = "";
	vec_push(arena, &scopes.list, program->scope);
	add_units(&builder, &scopes, (struct picture_slot){.frame = picture->pipeline});
	for (size_t i = 0; i < picture->nodes.count; i++)
		add_edges(&builder, picture->nodes.items[i]);
	order_nodes(picture);
	return picture;
}

struct picture *draw_picture_make(struct arena *arena, const struct program *program)
{
	struct map unfolded = {0};
	struct picture *picture = make_picture(arena, program, &unfolded);
	if (picture->ordered.count == picture->nodes.count)
		return picture;
	collect_unfolded(picture, &unfolded);
	picture = make_picture(arena, program, &unfolded);
	assert(picture->ordered.count == picture->nodes.count);
	return picture;
}

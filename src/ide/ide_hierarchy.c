#include "ide/ide_hierarchy.h"

/* The declaration of a step. A step of an `else if` counts as the condition that contains it. */
static const struct node *declared_step(const struct step *step)
{
	return step->node->kind == N_ARM ? step->node->parent : step->node;
}

const struct node *ide_find_step(struct program *program, const struct tree *tree, uint32_t offset)
{
	struct ide_name name;
	const struct node *declaration = ide_find_name(program, tree, offset, &name) ? name.declaration : NULL;
	return declaration && node_is_unit(declaration) && declaration->kind != N_USE ? declaration : NULL;
}

const struct node *ide_step_at(const struct program *program, struct ide_place place)
{
	const struct node *last = NULL;
	for (size_t i = 0; i < program->all_steps.count; i++) {
		const struct node *node = declared_step(program->all_steps.items[i]);
		if (node == last)
			continue;
		if (ide_is_place(ide_place(program, node), place))
			return node;
		last = node;
	}
	return NULL;
}

/* Adds a call after the others with the same step, unless it is in the list already. */
static void add_call(struct arena *arena, struct ide_calls *calls, struct ide_call call)
{
	size_t index = calls->count;
	for (size_t i = calls->count; i--;) {
		const struct ide_call *other = &calls->items[i];
		if (other->step != call.step)
			continue;
		if (other->at.start == call.at.start && other->at.end == call.at.end)
			return;
		if (index == calls->count)
			index = i + 1;
	}
	vec_push(arena, calls, call);
	memmove(calls->items + index + 1, calls->items + index, (calls->count - 1 - index) * sizeof call);
	calls->items[index] = call;
}

static struct span edge_span(const struct program *program, const struct edge *edge, const struct node *dependent)
{
	const struct tree *tree = program_tree(program, edge->at);
	if (tree != program_tree(program, dependent))
		return span_of(0, 0);
	return edge->at == dependent ? bind_name_span(tree, dependent) : node_span(edge->at);
}

void ide_list_calls(const struct program *program, struct arena *arena, const struct node *step, bool is_upstream,
                    struct ide_calls *calls)
{
	for (size_t i = 0; i < program->all_steps.count; i++) {
		const struct step *from = program->all_steps.items[i];
		const struct node *dependent = declared_step(from);
		if (from->is_absent || (is_upstream && dependent != step))
			continue;
		for (size_t j = 0; j < from->edges.count; j++) {
			const struct edge *edge = &from->edges.items[j];
			const struct node *dependency = declared_step(edge->step);
			if (dependency == dependent || (!is_upstream && dependency != step))
				continue;
			struct span at = edge_span(program, edge, dependent);
			add_call(arena, calls, (struct ide_call){is_upstream ? dependency : dependent, at, edge->trigger});
		}
	}
}

const char *ide_step_detail(const struct program *program, struct arena *arena, const struct node *step)
{
	enum { SHOWN = 5 };
	const char *label = bind_unit_label(step), *detail = label ? label : "";
	size_t count = 0;
	for (size_t i = 0; i < program->all_steps.count; i++) {
		const struct step *made = program->all_steps.items[i];
		if (made->node != step || !made->step_name || (made->step_name == step->word && !count))
			continue;
		if (count++ < SHOWN)
			detail = arena_printf(arena, "%s%s%s", detail, count == 1 ? ": " : ", ", made->step_name->text);
	}
	return count > SHOWN ? arena_printf(arena, "%s, %zu in all", detail, count) : detail;
}

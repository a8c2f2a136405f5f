#include "compile/graph_instances.h"

/* What counts in a component: its own steps, and a condition as one with all that is in its branches. */
struct part {
	struct step *step;
	bool waits, is_waited_for; /* for or by another part */
};

struct component_parts {
	struct arena *arena;
	const struct instance *instance;
	VEC(struct part) list;
};

static unsigned depth_of(const struct instance *instance)
{
	unsigned depth = 0;
	for (; instance; instance = instance->outer->instance)
		depth++;
	return depth;
}

static struct part *part_of(struct component_parts *parts, const struct step *step)
{
	if (!program_is_in_instance(step->scope, parts->instance))
		return NULL;
	while (step->parent && program_is_in_instance(step->parent->scope, parts->instance))
		step = step->parent;
	for (size_t i = 0; i < parts->list.count; i++)
		if (parts->list.items[i].step == step)
			return &parts->list.items[i];
	return NULL;
}

typedef void visit_step(struct component_parts *parts, struct step *step);

static void each_step(struct component_parts *parts, const struct scope *scope, visit_step *visit)
{
	for (size_t i = 0; scope && i < scope->units.count; i++) {
		const struct unit *unit = scope->units.items[i];
		for (size_t j = 0; j < unit->expansions.count; j++) {
			struct step *step = unit->expansions.items[j].step;
			if (!step) {
				each_step(parts, unit->expansions.items[j].instance->scope, visit);
			} else if (!step->is_absent) {
				visit(parts, step);
				each_step(parts, step->if_scope, visit);
				each_step(parts, step->else_scope, visit);
			}
		}
	}
}

static void add_part(struct component_parts *parts, struct step *step)
{
	if (!step->parent || !program_is_in_instance(step->parent->scope, parts->instance))
		vec_push(parts->arena, &parts->list, ((struct part){step, false, false}));
}

static void add_waits(struct component_parts *parts, struct step *step)
{
	for (size_t i = 0; i < step->edges.count; i++) {
		struct part *from = part_of(parts, step), *to = part_of(parts, step->edges.items[i].step);
		if (!from || !to || from == to)
			continue;
		from->waits = true;
		to->is_waited_for = true;
	}
}

/* Kept as soon as all that is deeper than the use is settled: nothing in it changes any more. */
static const struct component_parts *parts_of(struct program *program, struct instance *instance, unsigned depth)
{
	if (instance->parts)
		return instance->parts;
	struct component_parts *parts = arena_new(program->arena, struct component_parts);
	*parts = (struct component_parts){.arena = program->arena, .instance = instance};
	each_step(parts, instance->scope, add_part);
	each_step(parts, instance->scope, add_waits);
	if (depth_of(instance) >= depth)
		instance->parts = parts;
	return parts;
}

static void add_depends(struct program *program, struct step *step, struct step *on, const struct node *at)
{
	for (size_t i = 0; i < step->depends.count; i++)
		if (step->depends.items[i].step == on)
			return;
	vec_push(program->arena, &step->depends, ((struct edge){on, at}));
	vec_push(program->arena, &step->edges, ((struct edge){on, at}));
}

/* `step` waits for the last steps of a use. */
static void depend_on_instance(struct program *program, struct step *step, const struct instance_edge *edge)
{
	const struct component_parts *parts = parts_of(program, edge->instance, depth_of(edge->instance));
	for (size_t i = 0; i < parts->list.count; i++) {
		const struct part *part = &parts->list.items[i];
		bool is_terminal = part->step->kind && part->step->kind->is_terminal;
		if (!part->is_waited_for && !is_terminal && part->step != step)
			add_depends(program, step, part->step, edge->at);
	}
}

/* Whether what the block of a use says is to be resolved at a depth. */
static bool is_due(const struct instance *instance, unsigned depth)
{
	bool is_due = instance->depends.count && depth_of(instance) == depth;
	for (size_t i = 0; i < instance->depends_on_instances.count; i++)
		is_due |= depth_of(instance->depends_on_instances.items[i].instance) == depth;
	return is_due;
}

/* The first steps of a use wait for what its block says. */
static void resolve_instance(struct program *program, struct instance *instance, unsigned depth)
{
	const struct component_parts *parts = parts_of(program, instance, depth);
	for (size_t i = 0; i < parts->list.count; i++) {
		struct step *step = parts->list.items[i].step;
		if (parts->list.items[i].waits)
			continue;
		for (size_t j = 0; j < instance->depends.count && depth_of(instance) == depth; j++)
			add_depends(program, step, instance->depends.items[j].step, instance->depends.items[j].at);
		for (size_t j = 0; j < instance->depends_on_instances.count; j++)
			if (depth_of(instance->depends_on_instances.items[j].instance) == depth)
				depend_on_instance(program, step, &instance->depends_on_instances.items[j]);
	}
}

/* Calls for each use of the program, those in others too. */
static void each_instance(struct program *program, const struct scope *scope, unsigned depth, unsigned *deepest)
{
	for (size_t i = 0; scope && i < scope->units.count; i++) {
		const struct unit *unit = scope->units.items[i];
		for (size_t j = 0; j < unit->expansions.count; j++) {
			const struct step *step = unit->expansions.items[j].step;
			struct instance *instance = unit->expansions.items[j].instance;
			if (step) {
				each_instance(program, step->if_scope, depth, deepest);
				each_instance(program, step->else_scope, depth, deepest);
				continue;
			}
			if (depth_of(instance) > *deepest)
				*deepest = depth_of(instance);
			if (depth && is_due(instance, depth))
				resolve_instance(program, instance, depth);
			each_instance(program, instance->scope, depth, deepest);
		}
	}
}

/* Innermost first: what waits inside a component decides which of its steps are first and last. */
void graph_resolve_instances(struct program *program)
{
	unsigned deepest = 0;
	each_instance(program, program->scope, 0, &deepest);
	for (unsigned depth = deepest; depth; depth--) {
		each_instance(program, program->scope, depth, &deepest);
		for (size_t i = 0; i < program->all_steps.count; i++) {
			struct step *step = program->all_steps.items[i];
			for (size_t j = 0; j < step->depends_on_instances.count; j++)
				if (depth_of(step->depends_on_instances.items[j].instance) == depth)
					depend_on_instance(program, step, &step->depends_on_instances.items[j]);
		}
	}
}

#include "compile/graph_instances.h"

#include "compile/graph_triggers.h"

/* A step of an instance. A condition counts as one step with everything in its branches. */
struct part {
	struct step *step;
	bool is_source; /* it depends on no other part */
	bool is_sink;   /* no other part depends on it */
};

/* All steps of an instance, including those of instances in it. */
struct component_parts {
	struct arena *arena;
	const struct instance *instance;
	VEC(struct part) list;
};

/* How deep an instance is nested: 1 for an outermost one. */
static unsigned depth_of(const struct instance *instance)
{
	unsigned depth = 0;
	for (; instance; instance = instance->outer->instance)
		depth++;
	return depth;
}

/* The part of an instance to which a step belongs; NULL for a step outside the instance. */
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
		vec_push(parts->arena, &parts->list, ((struct part){step, true, true}));
}

static void mark_edges(struct component_parts *parts, struct step *step)
{
	for (size_t i = 0; i < step->edges.count; i++) {
		struct part *from = part_of(parts, step), *to = part_of(parts, step->edges.items[i].step);
		if (!from || !to || from == to)
			continue;
		from->is_source = false;
		to->is_sink = false;
	}
}

/* The parts of an instance. They are memoized once all deeper instances are resolved: from then on the edges inside do not change. */
static const struct component_parts *parts_of(struct program *program, struct instance *instance, unsigned depth)
{
	if (instance->parts)
		return instance->parts;
	struct component_parts *parts = arena_new(program->arena, struct component_parts);
	*parts = (struct component_parts){.arena = program->arena, .instance = instance};
	each_step(parts, instance->scope, add_part);
	each_step(parts, instance->scope, mark_edges);
	if (depth_of(instance) >= depth)
		instance->parts = parts;
	return parts;
}

static void add_depends(struct program *program, struct step *step, struct edge edge)
{
	for (size_t i = 0; i < step->depends.count; i++) {
		const struct edge *earlier = &step->depends.items[i];
		if (earlier->step != edge.step)
			continue;
		if (earlier->trigger != edge.trigger)
			graph_report_conflict(program, &edge, earlier);
		return;
	}
	vec_push(program->arena, &step->depends, edge);
	vec_push(program->arena, &step->edges, edge);
}

/* SageMaker runs a step when all its run conditions hold. That the only step of an instance failed can be said so, but not that one
 * of several did. */
static bool can_trigger(struct program *program, const struct component_parts *parts, const struct instance_edge *edge)
{
	size_t count = parts->list.count;
	if (!edge->trigger || (count == 1 && !parts->list.items[0].step->condition_at))
		return true;
	graph_report_component(program, edge, count);
	return false;
}

/* Makes a step depend on the sink steps of an instance. */
static void depend_on_instance(struct program *program, struct step *step, const struct instance_edge *edge)
{
	const struct component_parts *parts = parts_of(program, edge->instance, depth_of(edge->instance));
	if (!can_trigger(program, parts, edge))
		return;
	for (size_t i = 0; i < parts->list.count; i++) {
		const struct part *part = &parts->list.items[i];
		bool is_terminal = part->step->kind && part->step->kind->is_terminal;
		if (part->is_sink && !is_terminal && part->step != step)
			add_depends(program, step, (struct edge){part->step, edge->at, edge->trigger});
	}
}

/* Whether the block of an instance has dependencies to resolve at this depth. A dependency on an instance is resolved at the depth of
 * that instance; one on a step, at the depth of the dependent instance. */
static bool is_due(const struct instance *instance, unsigned depth)
{
	bool is_due = instance->depends.count && depth_of(instance) == depth;
	for (size_t i = 0; i < instance->depends_on_instances.count; i++)
		is_due |= depth_of(instance->depends_on_instances.items[i].instance) == depth;
	return is_due;
}

/* Applies the dependencies in the block of an instance to its source steps. */
static void resolve_instance(struct program *program, struct instance *instance, unsigned depth)
{
	const struct component_parts *parts = parts_of(program, instance, depth);
	for (size_t i = 0; i < parts->list.count; i++) {
		struct step *step = parts->list.items[i].step;
		if (!parts->list.items[i].is_source)
			continue;
		for (size_t j = 0; j < instance->depends.count && depth_of(instance) == depth; j++)
			add_depends(program, step, instance->depends.items[j]);
		for (size_t j = 0; j < instance->depends_on_instances.count; j++)
			if (depth_of(instance->depends_on_instances.items[j].instance) == depth)
				depend_on_instance(program, step, &instance->depends_on_instances.items[j]);
	}
}

/* Resolves the instances that are due at a depth, in a scope and everything in it, and finds the greatest depth. Depth 0 resolves
 * nothing. */
static void resolve_depth(struct program *program, const struct scope *scope, unsigned depth, unsigned *deepest)
{
	for (size_t i = 0; scope && i < scope->units.count; i++) {
		const struct unit *unit = scope->units.items[i];
		for (size_t j = 0; j < unit->expansions.count; j++) {
			const struct step *step = unit->expansions.items[j].step;
			struct instance *instance = unit->expansions.items[j].instance;
			if (step) {
				resolve_depth(program, step->if_scope, depth, deepest);
				resolve_depth(program, step->else_scope, depth, deepest);
				continue;
			}
			if (depth_of(instance) > *deepest)
				*deepest = depth_of(instance);
			if (depth && is_due(instance, depth))
				resolve_instance(program, instance, depth);
			resolve_depth(program, instance->scope, depth, deepest);
		}
	}
}

/* Innermost first, because dependencies inside an instance decide which of its steps are sources and sinks. */
void graph_resolve_instances(struct program *program)
{
	unsigned deepest = 0;
	resolve_depth(program, program->scope, 0, &deepest);
	for (unsigned depth = deepest; depth; depth--) {
		resolve_depth(program, program->scope, depth, &deepest);
		for (size_t i = 0; i < program->all_steps.count; i++) {
			struct step *step = program->all_steps.items[i];
			for (size_t j = 0; j < step->depends_on_instances.count; j++)
				if (depth_of(step->depends_on_instances.items[j].instance) == depth)
					depend_on_instance(program, step, &step->depends_on_instances.items[j]);
		}
	}
}

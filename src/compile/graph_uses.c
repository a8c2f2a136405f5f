#include "compile/graph_uses.h"

/* What counts in a component: its own steps, and a condition as one with all that is in its branches. */
struct part {
	struct step *step;
	bool waits, is_waited_for; /* for or by another part */
};

struct parts {
	struct arena *arena;
	const struct use *use;
	VEC(struct part) list;
};

static unsigned depth_of(const struct use *use)
{
	unsigned depth = 0;
	for (; use; use = use->outer->use)
		depth++;
	return depth;
}

static bool is_in(const struct step *step, const struct use *use)
{
	const struct use *around = step->scope->use;
	while (around && around != use)
		around = around->outer->use;
	return around != NULL;
}

static struct part *part_of(struct parts *parts, const struct step *step)
{
	if (!is_in(step, parts->use))
		return NULL;
	while (step->parent && is_in(step->parent, parts->use))
		step = step->parent;
	for (size_t i = 0; i < parts->list.count; i++)
		if (parts->list.items[i].step == step)
			return &parts->list.items[i];
	return NULL;
}

typedef void visit_step(struct parts *parts, struct step *step);

static void each_step(struct parts *parts, const struct scope *scope, visit_step *visit)
{
	for (size_t i = 0; scope && i < scope->units.count; i++) {
		const struct unit *unit = scope->units.items[i];
		for (size_t j = 0; j < unit->instances.count; j++) {
			struct step *step = unit->instances.items[j].step;
			if (!step) {
				each_step(parts, unit->instances.items[j].use->scope, visit);
			} else if (!step->is_absent) {
				visit(parts, step);
				each_step(parts, step->if_scope, visit);
				each_step(parts, step->else_scope, visit);
			}
		}
	}
}

static void add_part(struct parts *parts, struct step *step)
{
	if (!step->parent || !is_in(step->parent, parts->use))
		vec_push(parts->arena, &parts->list, ((struct part){step, false, false}));
}

static void add_waits(struct parts *parts, struct step *step)
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
static const struct parts *parts_of(struct program *program, struct use *use, unsigned depth)
{
	if (use->parts)
		return use->parts;
	struct parts *parts = arena_new(program->arena, struct parts);
	*parts = (struct parts){.arena = program->arena, .use = use};
	each_step(parts, use->scope, add_part);
	each_step(parts, use->scope, add_waits);
	if (depth_of(use) >= depth)
		use->parts = parts;
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
static void depend_on_use(struct program *program, struct step *step, const struct use_edge *edge)
{
	const struct parts *parts = parts_of(program, edge->use, depth_of(edge->use));
	for (size_t i = 0; i < parts->list.count; i++) {
		const struct part *part = &parts->list.items[i];
		bool is_terminal = part->step->kind && part->step->kind->is_terminal;
		if (!part->is_waited_for && !is_terminal && part->step != step)
			add_depends(program, step, part->step, edge->at);
	}
}

/* Whether what the block of a use says is to be resolved at a depth. */
static bool is_due(const struct use *use, unsigned depth)
{
	bool is_due = use->depends.count && depth_of(use) == depth;
	for (size_t i = 0; i < use->depends_on_uses.count; i++)
		is_due |= depth_of(use->depends_on_uses.items[i].use) == depth;
	return is_due;
}

/* The first steps of a use wait for what its block says. */
static void resolve_use(struct program *program, struct use *use, unsigned depth)
{
	const struct parts *parts = parts_of(program, use, depth);
	for (size_t i = 0; i < parts->list.count; i++) {
		struct step *step = parts->list.items[i].step;
		if (parts->list.items[i].waits)
			continue;
		for (size_t j = 0; j < use->depends.count && depth_of(use) == depth; j++)
			add_depends(program, step, use->depends.items[j].step, use->depends.items[j].at);
		for (size_t j = 0; j < use->depends_on_uses.count; j++)
			if (depth_of(use->depends_on_uses.items[j].use) == depth)
				depend_on_use(program, step, &use->depends_on_uses.items[j]);
	}
}

/* Calls for each use of the program, those in others too. */
static void each_use(struct program *program, const struct scope *scope, unsigned depth, unsigned *deepest)
{
	for (size_t i = 0; scope && i < scope->units.count; i++) {
		const struct unit *unit = scope->units.items[i];
		for (size_t j = 0; j < unit->instances.count; j++) {
			const struct step *step = unit->instances.items[j].step;
			struct use *use = unit->instances.items[j].use;
			if (step) {
				each_use(program, step->if_scope, depth, deepest);
				each_use(program, step->else_scope, depth, deepest);
				continue;
			}
			if (depth_of(use) > *deepest)
				*deepest = depth_of(use);
			if (depth && is_due(use, depth))
				resolve_use(program, use, depth);
			each_use(program, use->scope, depth, deepest);
		}
	}
}

/* Innermost first: what waits inside a component decides which of its steps are first and last. */
void graph_resolve_uses(struct program *program)
{
	unsigned deepest = 0;
	each_use(program, program->scope, 0, &deepest);
	for (unsigned depth = deepest; depth; depth--) {
		each_use(program, program->scope, depth, &deepest);
		for (size_t i = 0; i < program->all_steps.count; i++) {
			struct step *step = program->all_steps.items[i];
			for (size_t j = 0; j < step->depends_on_uses.count; j++)
				if (depth_of(step->depends_on_uses.items[j].use) == depth)
					depend_on_use(program, step, &step->depends_on_uses.items[j]);
		}
	}
}

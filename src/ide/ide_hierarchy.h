/* The graph of steps as a call hierarchy: a step "calls" the steps that it depends on. */
#ifndef SP_IDE_HIERARCHY_H
#define SP_IDE_HIERARCHY_H

#include "ide/ide.h"

/* A dependency. Its ends are declarations: the members of a family, and the steps that the instances of a component make of one
 * declaration, count as one step. */
struct ide_call {
	const struct node *step; /* the other end: N_STEP or N_CONDITION */
	struct span at;          /* what makes the dependency; empty when it is not in the file of the dependent step */
	enum node_op trigger; /* TRIGGER_*: how the other must have ended; OP_NONE: it must have completed */
};

struct ide_calls {
	struct ide_call *items;
	size_t count, room;
};

/* The declaration of the step or condition that is named at an offset, or NULL. */
const struct node *ide_find_step(struct program *program, const struct tree *tree, uint32_t offset);

/* The step that is declared at a place; NULL when there is none any more. */
const struct node *ide_step_at(const struct program *program, struct ide_place place);

/* Lists the steps that a step depends on (upstream), or those that depend on it, in `arena`. There is one item for each place that
 * makes a dependency; those of one step are adjacent. */
void ide_list_calls(const struct program *program, struct arena *arena, const struct node *step, bool is_upstream,
                    struct ide_calls *calls);

/* "Training: Train-eu, Train-us": the step's kind, and its names in the definition if they differ from its own. */
const char *ide_step_detail(const struct program *program, struct arena *arena, const struct node *step);

#endif

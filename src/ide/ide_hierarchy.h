/* The dependencies of steps, as a call hierarchy: a step "calls" the steps that it depends on. */
#ifndef SP_IDE_HIERARCHY_H
#define SP_IDE_HIERARCHY_H

#include "ide/ide.h"

/* A dependency between declarations. All steps that come from one declaration count as one step: the members of a family, and the
 * steps in the instances of a component. */
struct ide_call {
	const struct node *step; /* the other step: N_STEP, N_CONDITION or N_FOREACH */
	struct span at;          /* the reference that makes the dependency; empty when it is not in the file of the dependent step */
	enum node_op trigger;    /* TRIGGER_*: how the step that is depended on must have ended; OP_NONE: it must have completed */
};

struct ide_calls {
	struct ide_call *items;
	size_t count, room;
};

/* The declaration of the step or condition that is named at an offset, or NULL. */
const struct node *ide_find_step(struct program *program, const struct tree *tree, uint32_t offset);

/* The step that is declared at a place; NULL when it is no longer there. */
const struct node *ide_step_at(const struct program *program, struct ide_place place);

/* Lists the steps that a step depends on (upstream), or those that depend on it, in `arena`. There is one item for each reference
 * that makes a dependency. Items with the same step are adjacent. */
void ide_list_calls(const struct program *program, struct arena *arena, const struct node *step, bool is_upstream,
                    struct ide_calls *calls);

/* "Training: Train-eu, Train-us": the step's kind, and its names in the definition if they differ from its own. */
const char *ide_step_detail(const struct program *program, struct arena *arena, const struct node *step);

#endif

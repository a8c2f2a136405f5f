/* The graph of steps as calls: what a step needs it calls, and what waits for it calls it. */
#ifndef SP_IDE_HIERARCHY_H
#define SP_IDE_HIERARCHY_H

#include "ide/ide.h"

/* A step or condition as it is declared: all members of a family, and all that a component makes of it, are one. */
struct ide_call {
	const struct node *step; /* N_STEP or N_CONDITION, at the other end */
	struct span at;          /* what makes the dependency; empty when it is written in another file than the step that waits */
};

struct ide_calls {
	struct ide_call *items;
	size_t count, room;
};

/* The step that is named at an offset, or NULL. */
const struct node *ide_find_step(struct program *program, const struct tree *tree, uint32_t offset);

/* The step of a place, or NULL: it is gone. */
const struct node *ide_step_at(const struct program *program, struct ide_place place);

/* Lists what a step needs (upstream) or what needs it, once for each place that makes a dependency, in `arena`; equal steps stand
 * together. */
void ide_list_calls(const struct program *program, struct arena *arena, const struct node *step, bool is_upstream,
                    struct ide_calls *calls);

/* "Training: Train-eu, Train-us": its kind, and its names in the definition if they are others than its own. */
const char *ide_step_detail(const struct program *program, struct arena *arena, const struct node *step);

#endif

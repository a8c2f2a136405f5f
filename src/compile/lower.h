/* Declarations to what goes out: settings and parameters to values, steps to arguments, step keys and clauses,
 * each checked against what its type or kind declares. */
#ifndef SP_LOWER_H
#define SP_LOWER_H

#include "eval/eval.h"

/* Evaluates and checks everything that resolve found. */
void lower_program(struct program *program);

/* Clauses (lower_clauses.c): cache, retries, property files, outputs and dependencies of a step, from all its layers. */
void lower_clauses(struct program *program, struct step *step);

/* The `depends on` in the block of a component's use. */
void lower_instance(struct program *program, struct instance *instance);

/* The expression after `if` as the list of conditions that must all hold (lower_clauses.c). */
void lower_condition(struct program *program, struct step *step);

#endif

/* The `foreach` construct: its items, the step that it picks, and the members through which other steps read what its iterations
 * made.
 *
 * A `foreach` is a step whose body runs once for each item. The reference of SageMaker's names is the ForEach step of the SageMaker
 * Python SDK, sagemaker-mlops 1.27.0. */
#ifndef SP_FOREACH_H
#define SP_FOREACH_H

#include "eval/eval.h"

/* Whether `Each.NAME` is `IterationOutputs` or `Selected`, which the library does not declare because their types depend on the
 * body. */
bool foreach_has_member(const struct word *name);

/* `Each.IterationOutputs` or `Each.Selected`; `of` is the VALUE_STEP. value_error after a report. */
const struct value *foreach_member(struct eval *eval, const struct node *node, const struct value *of, const struct word *name);

/* The `foreach` if a GET is `Each.IterationOutputs[i]`; else NULL. */
struct step *foreach_of_iteration(const struct value *get);

/* `Each.IterationOutputs[i].NAME`: a step in the body, or an object of steps for a family. value_error after a report. */
const struct value *foreach_body_step(struct eval *eval, const struct node *node, const struct value *iteration,
                                      const struct word *name);

/* The items as `IterableItems`: a LIST of scalars, or a deferred scalar. value_error after a report. */
const struct value *foreach_items(struct program *program, struct step *step);

/* The N_PICK of a `foreach`, or NULL. */
const struct node *foreach_pick_clause(const struct step *step);

/* The GET after `pick max`, which begins with a step of the body; NULL without a `pick`; value_error after a report. */
const struct value *foreach_picked(struct program *program, struct step *step);

#endif

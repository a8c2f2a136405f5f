/* Lowering: declarations become what is emitted. Settings and parameters become values; steps become arguments, step keys and
 * clauses. Everything is checked against its type or kind. */
#ifndef SP_LOWER_H
#define SP_LOWER_H

#include "eval/eval.h"

/* Evaluates and checks everything that resolve found. */
void lower_program(struct program *program);

/* The fields of all layers of a step as one object (lower_layers.c). `*given` has those fields of its kind that come from arguments
 * which the step gives; NULL when there are none. */
const struct value *lower_layers(struct program *program, struct step *step, const struct value **given);

/* Reports arguments of the step that its block overrides. Comes after the fields are checked. */
void lower_check_arguments(struct program *program, const struct step *step, const struct value *given);

/* Lowers the clauses of all layers of a step: cache, retries, property files, outputs and dependencies (lower_clauses.c). */
void lower_clauses(struct program *program, struct step *step);

/* Whether a field is a step key in quotes that replaces what the compiler makes of clauses (lower_quoted.c). */
bool lower_is_quoted_key(const struct step *step, const struct field *field);

/* Whether a step's own block has such a key. */
bool lower_has_quoted_key(const struct step *step, const char *name);

/* Lowers these keys into `quoted`, and drops what clauses of weaker layers made. Comes after the clauses. */
void lower_quoted_keys(struct program *program, struct step *step, const struct value *fields);

/* Takes the keys of the definition that are in quotes out of the fields of the `pipeline` block, and keeps them as they are written.
 * The result is the other fields. */
const struct value *lower_quoted_definition(struct program *program, const struct value *fields);

/* Reports parameters that `"Parameters"` lacks. */
void lower_check_quoted_parameters(struct program *program);

/* Reads the dependencies in `"DependsOn"` of all steps, whose names in the definition are known by then. */
void lower_quoted_depends(struct program *program);

/* Finds the steps that arguments name, adds the dependencies on them, and checks that the service can clean up after them
 * (lower_named.c). */
void lower_named_steps(struct program *program);

/* Lowers one `depends on` or run condition in a layer of a step (lower_depends.c). */
void lower_depends(struct program *program, struct step *step, const struct layer *layer, const struct node *clause);

/* Lowers the `depends on` clauses in the block of a component instance (lower_depends.c). */
void lower_instance(struct program *program, struct instance *instance);

#endif

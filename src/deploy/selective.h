/* Selective execution: only some steps run, and the results of other steps that they need come from an earlier execution.
 *
 * SageMaker's conditions (API reference, SelectiveExecutionConfig): at most 50 steps; all steps on all paths between two
 * selected ones are selected; the results that they need from other steps are in a source execution, which has ended and was
 * not stopped. The steps are those of the deployed definition, because that is what runs. */
#ifndef SP_SELECTIVE_H
#define SP_SELECTIVE_H

#include "aws/aws.h"
#include "base/vec.h"

struct cJSON;

struct selective_step {
	const char *name;
	bool is_selected;        /* by the user */
	bool runs;               /* selected, or on a path between two selected steps */
	bool is_source;          /* does not run, but a step that runs depends on it */
	bool is_after, is_before; /* downstream of a selected step; upstream of one */
	VEC(size_t) dependencies; /* indexes of steps */
};

struct selective {
	struct arena *arena;
	VEC(struct selective_step) steps; /* in the order of the definition; a condition before the steps in its branches */
};

/* Reads the steps and their dependencies from a definition. */
void selective_read(struct selective *selective, struct arena *arena, const struct cJSON *definition);

/* Selects a step; false if there is none of that name. */
bool selective_select(struct selective *selective, const char *name);

/* Sets `runs` and `is_source`, after all steps have been selected. */
void selective_complete(struct selective *selective);

/* Sets `*source` to the ARN of the source execution, in the arena: `given` or, if that is NULL, the newest of the recent
 * executions that has all needed results; NULL if no results are needed. False after a failure, also if no source has all needed
 * results or if too many steps would run. */
bool selective_find_source(struct selective *selective, struct aws *aws, const char *pipeline, const char *given,
                           const char **source, struct aws_failure *failure);

/* Appends SelectiveExecutionConfig as JSON; `source` may be NULL. */
void selective_write(struct text *out, const struct selective *selective, const char *source);

#endif

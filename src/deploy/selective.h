/* Selective execution: some steps run, and what they need of others comes from an earlier execution.
 *
 * SageMaker's conditions (API reference, SelectiveExecutionConfig): up to 50 steps; all steps on all paths between two of
 * them are among them; where they need what others made, a source execution has it, which is over and neither stopped nor
 * stopping. The steps are those of a deployed definition, since that is what runs. */
#ifndef SP_SELECTIVE_H
#define SP_SELECTIVE_H

#include "deploy/execution.h"

struct cJSON;

struct selective_step {
	const char *name;
	bool is_asked;           /* by the user */
	bool runs;               /* asked for, or between two that are */
	bool is_source;          /* does not run, and one that does needs it */
	bool is_after, is_before; /* one that is asked for */
	VEC(size_t) needs;       /* the steps that it waits for */
};

struct selective {
	struct arena *arena;
	VEC(struct selective_step) steps; /* in the order of the definition; a condition before what is in its branches */
};

/* Reads steps, with what each needs, from a definition. */
void selective_read(struct selective *selective, struct arena *arena, const struct cJSON *definition);

/* Asks for a step; false when there is none of that name. */
bool selective_ask(struct selective *selective, const char *name);

/* Finds what else must run, and what must come from an earlier execution. */
void selective_complete(struct selective *selective);

/* The ARN of the execution that the steps which do not run come from, in the arena: the one that is given, or the newest
 * that has them all; NULL in `*source` when nothing is needed. `given` is an ARN or NULL. False after a failure. */
bool selective_find_source(struct selective *selective, struct aws *aws, const char *pipeline, const char *given,
                           const char **source, struct aws_failure *failure);

/* Appends SelectiveExecutionConfig as JSON; `source` may be NULL. */
void selective_write(struct text *out, const struct selective *selective, const char *source);

#endif

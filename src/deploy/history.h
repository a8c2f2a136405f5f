/* What a pipeline was: its versions and its executions; and going back to a version. Nothing here prints. */
#ifndef SP_HISTORY_H
#define SP_HISTORY_H

#include "deploy/execution.h"

struct cJSON;

struct history_version {
	long long number;
	int64_t created;
	const char *name, *description; /* "" when there is none */
	const char *last_execution;     /* an ARN, or "" */
};

/* The newest first. Strings live in the arena that history_read is given. */
struct history {
	VEC(struct history_version) versions;
	struct executions executions;
};

/* Reads up to `most` versions and as many executions; 0: all. */
bool history_read(struct history *history, struct aws *aws, struct arena *arena, const char *pipeline, size_t most,
                  struct aws_failure *failure);

/* Appends two tables, for people, or one JSON object with two lists. */
void history_put_tables(struct text *out, const struct history *history);
void history_put_json(struct text *out, const struct history *history);

/* The pipeline as DescribePipeline has it, of one version or, for 0, of the newest. The caller deletes it; NULL after a
 * failure. */
struct cJSON *history_describe(struct aws *aws, const char *pipeline, long long version, struct aws_failure *failure);

enum history_outcome { HISTORY_FAILED, HISTORY_SAME, HISTORY_CHANGED };

/* Makes a version's definition, role, description and parallelism the newest again, as a version of its own. When a reply
 * is lost, the pipeline is looked at before anything is sent again. `*arn` and `*number`, 0 when AWS does not say, are of
 * the newest version. */
enum history_outcome history_roll_back(struct aws *aws, struct arena *arena, const char *pipeline, long long version,
                                       const char **arn, long long *number, struct aws_failure *failure);

#endif

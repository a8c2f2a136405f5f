/* The versions and executions of a pipeline, and the rollback to a version. Nothing here prints. */
#ifndef SP_HISTORY_H
#define SP_HISTORY_H

#include "deploy/execution.h"

struct history_version {
	long long number;
	int64_t created;                /* milliseconds since 1970; 0 if unknown */
	const char *name, *description; /* "" if there is none */
	const char *last_execution;     /* its ARN, or "" */
};

/* Both lists have the newest first. Strings live in the arena passed to history_read. */
struct history {
	VEC(struct history_version) versions;
	struct executions executions;
};

/* Reads the newest versions and the newest executions, at most `limit` of each; 0: all. */
bool history_read(struct history *history, struct aws *aws, struct arena *arena, const char *pipeline, size_t limit,
                  struct aws_failure *failure);

/* Append two tables for people, or one JSON object with two lists. */
void history_put_tables(struct text *out, const struct history *history);
void history_put_json(struct text *out, const struct history *history);

/* The reply of DescribePipeline for a version, or for the newest if that is 0. The caller deletes it; NULL after a failure. */
struct cJSON *history_describe(struct aws *aws, const char *pipeline, long long version, struct aws_failure *failure);

enum history_outcome { HISTORY_FAILED, HISTORY_SAME, HISTORY_CHANGED };

/* Makes the definition, role, description, display name and parallelism of a version current again, as a new version. After a
 * lost reply, describes the pipeline before sending anything again. Sets `*arn` to the pipeline's ARN, and `*number` to the number
 * of the new version, or to 0 if there is none or AWS does not report it. */
enum history_outcome history_roll_back(struct aws *aws, struct arena *arena, const char *pipeline, long long version,
                                       const char **arn, long long *number, struct aws_failure *failure);

#endif

/* Executions of a pipeline: which one is meant, and starting, stopping and retrying it.
 *
 * Each function here is one operation of SageMaker, or a few. Those that act carry a ClientRequestToken that all attempts
 * share, so that a repetition does nothing twice. Failures are data; nothing here prints. */
#ifndef SP_EXECUTION_H
#define SP_EXECUTION_H

#include "aws/aws.h"
#include "base/vec.h"

/* The name of the pipeline in the ARN of one, or of an execution; NULL when it is neither. */
const char *execution_pipeline(struct arena *arena, const char *text);

/* The ID of an execution, the end of its ARN; the text itself when it is no ARN of an execution. */
const char *execution_id(const char *arn);

/* What one is started with. */
struct execution_start {
	const char *pipeline;   /* name or ARN */
	const char *parameters; /* PipelineParameters as JSON, or NULL */
	const char *selective;  /* SelectiveExecutionConfig as JSON, or NULL */
};

/* Starts an execution, and gives its ARN in the arena; NULL after a failure. */
const char *execution_start(struct aws *aws, struct arena *arena, const struct execution_start *start,
                            struct aws_failure *failure);

/* Stop and retry give false after a failure. */
bool execution_stop(struct aws *aws, const char *arn, struct aws_failure *failure);
bool execution_retry(struct aws *aws, const char *arn, struct aws_failure *failure);

/* An execution in a list. Times are milliseconds since 1970, 0 when there is none; strings live in the arena. */
struct execution {
	const char *arn, *status, *name, *reason;
	int64_t started;
};

struct executions {
	VEC(struct execution) items; /* the newest first */
};

/* The newest executions of a pipeline, up to `most`, 0: all. */
bool execution_list(struct aws *aws, struct arena *arena, const char *pipeline, size_t most, struct executions *out,
                    struct aws_failure *failure);

/* Whether an execution is under way, by its status: all but Succeeded, Failed and Stopped, also one that AWS adds. */
bool execution_goes_on(const char *status);

/* A point in time of AWS's JSON, seconds with a fraction, in milliseconds; 0 for anything else. */
struct cJSON;
int64_t execution_time(const struct cJSON *seconds);

/* Appends a point in time, "2026-01-31T08:00:00Z"; "-" for 0. */
void execution_put_time(struct text *out, int64_t milliseconds);

/* Adds a text, or a point in time, to an object; nothing for "" and 0. */
void execution_add_text(struct cJSON *object, const char *key, const char *text);
void execution_add_time(struct cJSON *object, const char *key, int64_t milliseconds);

#endif

/* Executions of a pipeline: their names; starting, stopping, retrying and listing them.
 *
 * The functions with a `failure` send requests to SageMaker. Requests that change something carry a ClientRequestToken, which
 * all attempts share, so that a retry does nothing twice. Nothing here prints. */
#ifndef SP_EXECUTION_H
#define SP_EXECUTION_H

#include "aws/aws.h"
#include "base/vec.h"

struct cJSON;

/* The name of the pipeline in the ARN of a pipeline or execution, in the arena; NULL if the text is neither. */
const char *execution_pipeline(struct arena *arena, const char *text);

/* The ID at the end of the ARN of an execution; the text itself if it is not the ARN of an execution. */
const char *execution_id(const char *arn);

struct execution_start {
	const char *pipeline;   /* name or ARN */
	const char *parameters; /* PipelineParameters as JSON, or NULL */
	const char *selective;  /* SelectiveExecutionConfig as JSON, or NULL */
};

/* Starts an execution. Returns its ARN, in the arena; NULL after a failure. */
const char *execution_start(struct aws *aws, struct arena *arena, const struct execution_start *start,
                            struct aws_failure *failure);

/* Stop or retry an execution; false after a failure. */
bool execution_stop(struct aws *aws, const char *arn, struct aws_failure *failure);
bool execution_retry(struct aws *aws, const char *arn, struct aws_failure *failure);

/* An execution in a list. Strings live in the arena, and are "" where AWS reports nothing. */
struct execution {
	const char *arn, *status, *name, *reason;
	int64_t started; /* milliseconds since 1970; 0 if unknown */
};

struct executions {
	VEC(struct execution) items; /* the newest first */
};

/* Lists the newest executions of a pipeline, at most `limit`; 0: all. */
bool execution_list(struct aws *aws, struct arena *arena, const char *pipeline, size_t limit, struct executions *out,
                    struct aws_failure *failure);

/* The steps of an execution, as ListPipelineExecutionSteps returns them: an array that the caller deletes; NULL after a failure. */
struct cJSON *execution_list_steps(struct aws *aws, const char *arn, struct aws_failure *failure);

/* Whether an execution with this status has not ended: any status but Succeeded, Failed and Stopped, including ones that AWS
 * may add. */
bool execution_is_active(const char *status);

/* Converts a time in AWS's JSON, a number of seconds with a fraction, to milliseconds; 0 if it is not a number. */
int64_t execution_time(const struct cJSON *seconds);

/* Appends a time as "2026-01-31T08:00:00Z"; "-" for 0. */
void execution_put_time(struct text *out, int64_t milliseconds);

/* Add a member to an object, unless it is "" or 0. */
void execution_add_text(struct cJSON *object, const char *key, const char *text);
void execution_add_time(struct cJSON *object, const char *key, int64_t milliseconds);

#endif

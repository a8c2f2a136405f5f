/* Links to the logs of what a step runs. Which job logs where is said in stdlib/logs.txt, by the type of resource in the
 * job's ARN; no type of step is known here. */
#ifndef SP_LOGS_H
#define SP_LOGS_H

#include "base/arena.h"
#include "base/text.h"

#include <stdbool.h>

struct cJSON;

/* Appends the address of a job's logs in the CloudWatch console; false, with nothing appended, when none is known. */
bool logs_put_link(struct text *out, const char *arn);

/* The same for the Metadata of a step of an execution: that of the first ARN in it that has logs, or the LogFilePath that
 * it names. */
bool logs_put_link_of_step(struct text *out, const struct cJSON *metadata);

#endif

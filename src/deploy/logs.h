/* Links to the logs of the job that a step runs. stdlib/logs.txt says where each type of resource logs; the type is part of the
 * job's ARN. No step type is known here. */
#ifndef SP_LOGS_H
#define SP_LOGS_H

#include "base/text.h"

#include <stdbool.h>

struct cJSON;

/* Appends the URL of a job's logs in the CloudWatch console. False, with nothing appended, if there is none. */
bool logs_put_link(struct text *out, const char *arn);

/* The same for a step of an execution, from its Metadata: the logs of the first ARN that has some, or else the LogFilePath. */
bool logs_put_link_of_step(struct text *out, const struct cJSON *metadata);

#endif

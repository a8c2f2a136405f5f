/* Links to the logs of the job that a step runs. The table stdlib/logs.txt says where each type of resource writes its logs; the
 * job's ARN contains the type. This code knows no step types. */
#ifndef SP_LOGS_H
#define SP_LOGS_H

#include "base/text.h"

#include <stdbool.h>

struct cJSON;

/* Appends the URL of a job's logs in the CloudWatch console. False, with nothing appended, if there is none. */
bool logs_put_link(struct text *out, const char *arn);

/* Likewise for a step of an execution, from its Metadata: the logs of the first ARN that has some, or else the LogFilePath. */
bool logs_put_link_of_step(struct text *out, const struct cJSON *metadata);

#endif

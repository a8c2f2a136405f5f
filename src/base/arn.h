/* Amazon Resource Names: arn:PARTITION:SERVICE:REGION:ACCOUNT:RESOURCE. */
#ifndef SP_ARN_H
#define SP_ARN_H

#include "base/arena.h"

#include <stdbool.h>

/* The parts of an ARN, each a string that may be empty. A resource may hold colons and slashes: "pipeline/x/execution/y". */
struct arn {
	const char *partition, *service, *region, *account, *resource;
};

/* Splits an ARN into copies in the arena; false when the text is not an ARN. */
bool arn_read(struct arn *arn, struct arena *arena, const char *text);

#endif

/* Amazon Resource Names: arn:PARTITION:SERVICE:REGION:ACCOUNT:RESOURCE. */
#ifndef SP_ARN_H
#define SP_ARN_H

#include "base/arena.h"

#include <stdbool.h>

/* The parts of an ARN; each can be empty. A resource can contain colons and slashes: "pipeline/x/execution/y". */
struct arn {
	const char *partition, *service, *region, *account, *resource;
};

/* Splits an ARN into parts that are copied to the arena. False if the text is not an ARN. */
bool arn_read(struct arn *arn, struct arena *arena, const char *text);

#endif

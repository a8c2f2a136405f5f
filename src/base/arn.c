#include "base/arn.h"

#include <string.h>

bool arn_read(struct arn *arn, struct arena *arena, const char *text)
{
	const char *parts[6] = {0};
	char *copy = arena_copy(arena, text, strlen(text));
	for (size_t i = 0; i < 6; i++) {
		parts[i] = copy;
		copy = i < 5 ? strchr(copy, ':') : NULL;
		if (i < 5 && !copy)
			return false;
		if (copy)
			*copy++ = 0;
	}
	*arn = (struct arn){parts[1], parts[2], parts[3], parts[4], parts[5]};
	return strcmp(parts[0], "arn") == 0;
}

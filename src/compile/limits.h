/* SageMaker's limits on a whole pipeline: names, counts, durations, paths (definition format, section 5). What a type
 * can say (lengths, ranges, patterns of members) is check.h's business. */
#ifndef SP_LIMITS_H
#define SP_LIMITS_H

#include "eval/program.h"

/* Reports what SageMaker would refuse; needs the lowered program. */
void limits_check(struct program *program);

/* What CreatePipeline takes inline as PipelineDefinition, in characters. */
#define LIMITS_DEFINITION_MAX 1048576

/* Reports a definition, as it would travel, that is longer than that, and finishes the diagnostics again. */
void limits_check_size(struct program *program, const struct text *definition);

/* The duration as ISO 8601 writes it (`30d` is `P30D`), in the arena; NULL when the text is no duration in any form
 * that the service is known to take (definition format, 3.3). */
const char *limits_duration(struct arena *arena, const char *text);

#endif

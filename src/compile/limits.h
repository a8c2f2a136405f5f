/* SageMaker's limits on a whole pipeline: names, counts, durations, sizes. Limits that a type can express (lengths, ranges, patterns
 * of members) are checked by check.h. */
#ifndef SP_LIMITS_H
#define SP_LIMITS_H

#include "eval/program.h"

/* Reports what SageMaker would refuse. Needs the lowered program. */
void limits_check(struct program *program);

/* The longest PipelineDefinition that CreatePipeline takes inline, in characters. */
#define LIMITS_DEFINITION_MAX 1048576

/* Reports a definition, as it would be sent, that is longer than LIMITS_DEFINITION_MAX, and sorts the diagnostics again. */
void limits_check_size(struct program *program, const struct text *definition);

/* The duration in ISO 8601 (`30d` becomes `P30D`), in the arena; NULL when the text is not a duration in a form that SageMaker is
 * known to take. */
const char *limits_duration(struct arena *arena, const char *text);

#endif

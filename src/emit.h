/* Programs to JSON: the pipeline definition, and the CreatePipeline request around it.
 *
 * Only for programs without errors. The text is indented by two blanks, in source order, and the same for the same
 * program, byte for byte. Nothing is checked here any more. */
#ifndef SP_EMIT_H
#define SP_EMIT_H

#include "program.h"

/* Appends the definition (format reference: Version, Metadata, Parameters, PipelineExperimentConfig, Steps). */
void emit_definition(struct text *out, const struct program *program);

/* Appends the body of CreatePipeline without ClientRequestToken, which is random and the deployment's. */
void emit_request(struct text *out, const struct program *program);

#endif

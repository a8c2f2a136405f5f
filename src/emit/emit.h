/* Programs to JSON: the pipeline definition, and the CreatePipeline request around it.
 *
 * Only for programs without errors. The text is indented by two blanks, in source order, and the same for the same
 * program, byte for byte. Nothing is checked here any more. */
#ifndef SP_EMIT_H
#define SP_EMIT_H

#include "eval/program.h"

/* Appends the definition (format reference: Version, Metadata, Parameters, PipelineExperimentConfig, Steps). The result
 * is the number of bytes that it has without line ends and indentation, as it travels. */
size_t emit_definition(struct text *out, const struct program *program);

/* The same on one line, as it travels in a request. */
void emit_compact_definition(struct text *out, const struct program *program);

/* Whether a field of the `pipeline` block is one of CreatePipeline: others are the definition's, or only the compiler's. */
bool emit_is_of_request(const struct word *name);

/* Appends the body of CreatePipeline, with the definition on one line and without ClientRequestToken, which is random
 * and the deployment's. */
void emit_request(struct text *out, const struct program *program);

/* What only the deployment knows of a request. */
struct emit_call {
	bool is_compact;           /* on one line */
	bool is_update;            /* UpdatePipeline: without tags */
	bool clears_description;   /* the deployed one has a description; where the program has none, it is emptied */
	const char *token;         /* ClientRequestToken, or NULL */
	const char *bucket, *key;  /* where in S3 the definition is; NULL: in the request */
};

/* Appends the body of CreatePipeline or UpdatePipeline. */
void emit_call(struct text *out, const struct program *program, const struct emit_call *call);

#endif

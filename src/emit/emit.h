/* The pipeline definition of a program, and the CreatePipeline request that contains it, as JSON.
 *
 * Only for programs without errors: nothing is checked here. Everything is in source order, and a program always gives the
 * same bytes. */
#ifndef SP_EMIT_H
#define SP_EMIT_H

#include "eval/program.h"

/* Appends the definition, indented by two spaces. Returns its length in bytes when written on one line, as in a request. */
size_t emit_definition(struct text *out, const struct program *program);

/* Appends the definition on one line, as in a request. */
void emit_compact_definition(struct text *out, const struct program *program);

/* Whether a field of the `pipeline` block belongs to CreatePipeline; the others belong to the definition or to the compiler. */
bool emit_is_of_request(const struct word *name);

/* Appends the body of CreatePipeline, with the definition on one line. ClientRequestToken is absent: it is random, and the
 * deployment adds it. */
void emit_request(struct text *out, const struct program *program);

/* What the deployment decides about a request. */
struct emit_call {
	bool is_compact;           /* one line */
	bool is_update;            /* UpdatePipeline: without tags and aliases */
	bool clears_description;   /* a program without a description sends an empty one, to clear the deployed one */
	const char *token;         /* ClientRequestToken, or NULL */
	const char *bucket, *key;  /* of the definition in S3; NULL: the request contains it */
};

/* Appends the body of CreatePipeline or UpdatePipeline. */
void emit_call(struct text *out, const struct program *program, const struct emit_call *call);

#endif

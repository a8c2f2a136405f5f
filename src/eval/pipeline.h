/* The `pipeline` block and what it says of the account: the values of `Pipeline.NAME`. */
#ifndef SP_PIPELINE_H
#define SP_PIPELINE_H

#include "eval/eval.h"

/* A field of the `pipeline` block by name, as written, or NULL when it is not written. */
const struct value *pipeline_field(struct eval *eval, const char *name);

/* What `Pipeline.NAME` is; reports what nobody gave. */
const struct value *pipeline_constant(struct eval *eval, const struct node *node, const struct word *name);

/* The name of each such constant; NULL at the end. */
const char *pipeline_constant_name(size_t index);

/* The same as text, without a word about what nobody gave: NULL. */
const struct word *pipeline_text(struct eval *eval, const char *name);

#endif

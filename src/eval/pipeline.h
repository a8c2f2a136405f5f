/* The `pipeline` block, and the constants `Pipeline.NAME` that are derived from it and from the options. */
#ifndef SP_PIPELINE_H
#define SP_PIPELINE_H

#include "eval/eval.h"

/* The value of a field of the `pipeline` block, checked against its type; NULL when the field is missing or null. */
const struct value *pipeline_field(struct eval *eval, const char *name);

/* The value of `Pipeline.NAME`; value_error after a report when it does not exist or is not known. */
const struct value *pipeline_constant(struct eval *eval, const struct node *node, const struct word *name);

/* The name of each of these constants, by index; NULL after the last. */
const char *pipeline_constant_name(size_t index);

/* The text of such a constant; NULL, without a report about the constant, when it is not known. */
const struct word *pipeline_text(struct eval *eval, const char *name);

#endif

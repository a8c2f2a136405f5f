/* Kinds made from kinds: the layers of a step, from the `defaults` and bodies of its kinds to its own block. */
#ifndef SP_DERIVE_H
#define SP_DERIVE_H

#include "eval/eval.h"

/* The kind of a step; NULL after a mistake, which is reported. Fills `layers`. */
const struct kind *derive_kind(struct program *program, struct step *step);

/* Reports that there is no step kind of a name. */
void derive_report_kind(struct eval *eval, struct module *module, const struct node *name);

#endif

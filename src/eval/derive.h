/* Derivation: kinds that are made from other kinds give a step its layers, from `defaults` and bodies of kinds to its own block. */
#ifndef SP_DERIVE_H
#define SP_DERIVE_H

#include "eval/eval.h"

/* The kind of a step, found on demand; NULL after a report. Also fills `layers`. */
const struct kind *derive_kind(struct program *program, struct step *step);

/* Reports a name that should be that of a step kind. */
void derive_report_kind(struct eval *eval, struct module *module, const struct node *name);

#endif

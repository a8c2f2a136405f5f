/* Derivation: a kind may be made from another kind. The kinds in this chain and their `defaults` give a step its layers, under
 * its own block. */
#ifndef SP_DERIVE_H
#define SP_DERIVE_H

#include "eval/eval.h"

/* The kind of a step, found on demand; NULL after a report. Also fills `layers`. */
const struct kind *derive_kind(struct program *program, struct step *step);

/* Reports a name that is not that of a step kind. */
void derive_report_kind(struct eval *eval, struct module *module, const struct node *name);

/* Checks the name of a kind in `defaults`. */
void derive_check_defaults(struct eval *eval, struct module *module, const struct node *name);

#endif

/* How far a syntax error reaches. What the parser makes of the declaration around it depends on a guess, so no other message about
 * its meaning can be trusted; if a bracket or quote is unpaired, none about its syntax either. Reads tokens and their indentation;
 * reports nothing. */
#ifndef SP_DAMAGE_H
#define SP_DAMAGE_H

#include "eval/program.h"

/* Whether a diagnostic reports an unpaired bracket or quote. */
bool damage_is_cause(const struct diag *diag);

/* The lines that a syntax error may affect: from the beginning of the declaration or statement around it to the next line that is
 * not indented deeper. */
struct span damage_reach(const struct tree *tree, const struct diag *diag);

#endif

/* What a shape or kind says about several members at once: `require` and `advise` (stdlib/, doc/stdlib.md). */
#ifndef SP_REQUIRE_H
#define SP_REQUIRE_H

#include "eval/value.h"

/* What is wrong, and the fields that show it; either may be NULL when nothing is written there. */
struct broken_rule {
	const char *message;         /* begins with the owner, or with the field that is too many */
	const struct field *at;      /* the field that makes the rule apply, or the one too many */
	const struct field *beside;  /* the one that was there first */
};

/* Whether an object breaks a rule (N_REQUIRE); `owner` is its name in words. Texts live in `arena`. */
bool require_is_broken(struct arena *arena, const struct value *object, const struct node *rule, const char *owner,
                       struct broken_rule *broken);

/* The reason that the rule gives, or NULL. */
const char *require_reason(const struct node *rule);

#endif

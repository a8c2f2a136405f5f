/* Rules about several members of a shape or kind at once: `require` and `advise` (stdlib/, doc/stdlib.md). */
#ifndef SP_REQUIRE_H
#define SP_REQUIRE_H

#include "eval/value.h"

/* How an object breaks a rule, and the fields that show it. Either field is NULL when there is none to show. */
struct broken_rule {
	const char *message;         /* begins with the owner, or with the field that is too many */
	const struct field *at;      /* the field that makes the rule apply, or the one too many */
	const struct field *beside;  /* with one too many: the field that was there first */
};

/* Whether an object breaks a rule (N_REQUIRE). `owner` names the object in words. Texts live in `arena`. */
bool require_is_broken(struct arena *arena, const struct value *object, const struct node *rule, const char *owner,
                       struct broken_rule *broken);

/* The reason that the rule gives, or NULL. */
const char *require_reason(const struct node *rule);

#endif

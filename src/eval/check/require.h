/* Rules about several members of a shape or kind at once: `require` and `advise` (stdlib/, doc/stdlib.md). */
#ifndef SP_REQUIRE_H
#define SP_REQUIRE_H

#include "eval/value.h"

/* How an object breaks a rule, and the fields to show. `at` and `beside` may be NULL. */
struct broken_rule {
	const char *message;         /* begins with the owner or the surplus field */
	const struct field *at;      /* the field that makes the rule apply, or the surplus field */
	const struct field *beside;  /* the first field, if there is a surplus field beside it */
};

/* Whether an object breaks a rule (N_REQUIRE). `owner` is what messages call the object. Texts live in `arena`. */
bool require_is_broken(struct arena *arena, const struct value *object, const struct node *rule, const char *owner,
                       struct broken_rule *broken);

/* The reason that the rule gives, or NULL. */
const char *require_reason(const struct node *rule);

#endif

/* Values against types, inside: what the two halves of check.h know of each other. Nobody else includes it. */
#ifndef SP_CHECK_MEMBERS_H
#define SP_CHECK_MEMBERS_H

#include "eval/check.h"

/* A place that takes a value. */
struct slot {
	struct program *program;
	const struct node *target;
	struct step *step;
	bool is_constant;     /* in a `literal` structure: nothing deferred */
	bool is_text_element; /* a value of a Map<String>, an element of a List<String>: scalars become text */
};

/* The value as it stands in a place of this type; value_error after a report. */
const struct value *check_place(const struct slot *place, const struct value *value, const struct type *type);

/* The same for an object in the place of a shape; `owner` is what lacks a required member, in words. */
const struct value *check_members(const struct slot *place, const struct value *value, const struct type *shape,
                                         const char *owner);

/* Reports at a value; the place that takes it is shown as well. */
struct diag *check_report(const struct slot *place, enum diag_code code, const struct value *value, const char *format, ...)
	__attribute__((format(printf, 4, 5)));

/* Reports a value that is none of the type; value_error. */
const struct value *check_mismatch(const struct slot *place, const struct value *value, const struct type *type);

/* A copy to be changed. */
struct value *check_copy(const struct slot *place, const struct value *value);

/* Whether a member with this value is not there. */
bool check_is_left_out(const struct value *value, const struct type *type);

#endif

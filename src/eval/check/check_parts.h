/* What the files named check share. Only they include it. */
#ifndef SP_CHECK_PARTS_H
#define SP_CHECK_PARTS_H

#include "eval/check/check.h"

/* A place that takes a value. */
struct slot {
	struct program *program;
	const struct node *target; /* the node of the place */
	struct step *step;         /* for `Step.Name` in defaults, or NULL */
	bool is_constant;          /* in a `literal` structure: no deferred value fits */
	bool is_text_element;      /* a value of a Map<String> or an element of a List<String>: scalars become text */
	bool is_quoted;            /* the value of a field in quotes, or an element of it: it passes as it is written */
};

/* The value as it becomes in a slot of this type; value_error after a report. */
const struct value *check_slot(const struct slot *slot, const struct value *value, const struct type *type);

/* The same for an object in the place of a shape (check_members.c). `owner` is what messages call the object. */
const struct value *check_members(const struct slot *slot, const struct value *object, const struct type *shape, const char *owner);

/* The same for constants in the place of a scalar (check_scalar.c). */
const struct value *check_enum(const struct slot *slot, const struct value *value, const struct type *type);
const struct value *check_text(const struct slot *slot, const struct value *value, const struct type *type);
const struct value *check_number(const struct slot *slot, const struct value *value, const struct type *type);

/* Whether a length, number or count of elements is within the limits of a type; false after a report. */
bool check_range(const struct slot *slot, const struct value *value, const struct type *type, double measure);

/* Reports (check_report.c) */

/* Reports at a value, and shows its place. */
struct diag *check_report(const struct slot *slot, enum diag_code code, const struct value *value, const char *format, ...)
	__attribute__((format(printf, 4, 5)));

/* Passes a value in a quoted field as it is written, in spite of what the library knows of the place; `what`, a
 * format, says what that is. */
const struct value *check_pass(const struct slot *slot, const struct value *value, const char *what, ...)
	__attribute__((format(printf, 3, 4)));

/* A value in a place of type Any passes unchecked. Only what a definition cannot hold is refused. */
const struct value *check_any(const struct slot *slot, const struct value *value);

/* Report a deferred value where a constant is required, and a structure of the run, of which only scalars can be passed on; always
 * value_error. */
const struct value *check_refuse_deferred(const struct slot *slot, const struct value *value);
const struct value *check_refuse_structure(const struct slot *slot, const struct value *value);

/* Reports a value that is not of the type; value_error, or the value if it is quoted. */
const struct value *check_mismatch(const struct slot *slot, const struct value *value, const struct type *type);

/* A copy of a value for the caller to change. */
struct value *check_copy(const struct slot *slot, const struct value *value);

/* Whether a member with this value is dropped: it is null, and its type does not take null. */
bool check_is_left_out(const struct value *value, const struct type *type);

#endif

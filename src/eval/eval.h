/* Expressions to values.
 *
 * Evaluation knows no expected type: it makes lists, objects and scalars, computes what is constant and keeps
 * the rest as deferred values. Whether a value fits its place is check.h's business. A mistake is reported
 * once and becomes value_error, which is silent from then on. */
#ifndef SP_EVAL_H
#define SP_EVAL_H

#include "eval/program.h"

struct eval {
	struct program *program;
	struct step *step;         /* the step being made, for `Step.Name`; NULL outside */
	const struct call_frame *frame; /* the calls that led here, innermost first */
	const struct node *call_site; /* in an expression of the standard library: where the program calls it; else NULL */
};

/* Expressions, defaults and types that lead deeper than this are refused, so that the C stack never ends. */
#define EVAL_MAX_DEPTH 1000

/* The budget (eval_budget.c): what is evaluated, made, checked and written spends from it, so that a program that
 * grows without bounds ends in one message. */
void eval_open_budget(struct program *program, size_t node_count);

/* A value that is only looked at costs less than one that is made. */
#define EVAL_LOOKS_OF_WORK 256

/* Takes `work` from the budget; false, after a report, when nothing is left. */
bool eval_spend(struct eval *eval, const struct node *node, uint64_t work);

/* One level deeper; false, after a report, when that is too deep. True asks for eval_leave. */
bool eval_enter(struct eval *eval, const struct node *node);
void eval_leave(struct eval *eval);

/* Pays for a new value by the parts that it has itself; value_error, after a report, when there is too much in it. */
const struct value *eval_admit(struct eval *eval, const struct node *node, const struct value *value);

/* The value of an expression; value_error for a missing node. */
const struct value *eval_expression(struct eval *eval, const struct node *node, const struct env *env);

/* A new value of this kind, written at `node`. */
struct value *eval_new(struct eval *eval, enum value_kind kind, const struct node *node);

/* The same for constants. */
const struct value *eval_string(struct eval *eval, const struct node *node, const char *text, size_t length);
const struct value *eval_boolean(struct eval *eval, const struct node *node, bool boolean);
const struct value *eval_integer(struct eval *eval, const struct node *node, int64_t number);
const struct value *eval_float(struct eval *eval, const struct node *node, double number);

/* Reports at a node, with the uses that led there. */
struct diag *eval_report(struct eval *eval, enum diag_code code, const struct node *node, const char *format, ...)
	__attribute__((format(printf, 4, 5)));

/* The value of a symbol: made when first asked for; one that needs itself is reported. */
const struct value *eval_symbol(struct eval *eval, struct symbol *symbol, const struct node *reference);

/* An object under construction. A few fields are searched one by one, many by a map. */
struct fields {
	struct field *items;
	size_t count, room;
	struct map places; /* name to position + 1; filled up to `count` when it is first needed */
};

/* The field of this name, or NULL. */
struct field *eval_find_field(struct eval *eval, struct fields *fields, const struct word *name);

/* Adds a field; merges it over an earlier one of the same name. */
void eval_put_field(struct eval *eval, struct fields *fields, struct field field);

/* The object that has these fields. */
const struct value *eval_finish_object(struct eval *eval, const struct node *node, const struct fields *fields);

/* `weak` with `strong` on top: objects member by member, anything else replaced. */
const struct value *eval_merge(struct eval *eval, const struct value *weak, const struct value *strong);

/* A list over the one under it, by the member that names the elements (eval_merge.c): those of one name merge, others
 * are added. */
const struct value *eval_merge_named(struct eval *eval, const struct value *list, const struct word *by);

/* Text of a value in an interpolation: a String, a JOIN, or value_error. `items` are the parts in order. */
const struct value *eval_interpolate(struct eval *eval, const struct node *node, const struct value **parts, size_t count);

/* `value.name` and `value[index]` (eval_refs.c). */
const struct value *eval_member(struct eval *eval, const struct node *node, const struct value *value);
const struct value *eval_index(struct eval *eval, const struct node *node, const struct value *value,
                               const struct value *index);

/* The fields and spreads of an N_OBJECT or N_BLOCK as an object. */
const struct value *eval_fields(struct eval *eval, const struct node *node, const struct env *env);

/* A call of a user's function or a built-in one (eval_call.c). */
const struct value *eval_call(struct eval *eval, const struct node *node, const struct env *env);

/* Operators (eval_operators.c): N_UNARY, N_BINARY, N_TERNARY. */
const struct value *eval_operator(struct eval *eval, const struct node *node, const struct env *env);

#endif

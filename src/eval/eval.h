/* Evaluation: expressions become values.
 *
 * Evaluation knows no expected type. It makes lists, objects and scalars, computes what is constant, and keeps everything else
 * as deferred values. check.h says whether a value fits its place. A mistake is reported once and becomes value_error, which
 * is accepted silently from then on. */
#ifndef SP_EVAL_H
#define SP_EVAL_H

#include "eval/program.h"

/* The context of an evaluation. It is small and lives on the stack: make one wherever expressions are evaluated. */
struct eval {
	struct program *program;
	struct step *step;    /* the step whose text is evaluated, for `Step.Name`; NULL elsewhere */
	struct origin origin; /* of the text */
};

/* The value of an expression; value_error for a missing node. */
const struct value *eval_expression(struct eval *eval, const struct node *node, const struct env *env);

/* The value of an expression that must be constant text; value_error after a report. */
const struct value *eval_constant_text(struct eval *eval, const struct node *node, const struct env *env);

/* The fields and spreads of an N_OBJECT or N_BLOCK as an object. */
const struct value *eval_fields(struct eval *eval, const struct node *node, const struct env *env);

/* The value of a symbol, evaluated once, when first asked for. At `reference`, reports a symbol that needs its own value. */
const struct value *eval_symbol(struct eval *eval, struct symbol *symbol, const struct node *reference);

/* Reports at a node, with the calls that led there. */
struct diag *eval_report(struct eval *eval, enum diag_code code, const struct node *node, const char *format, ...)
	__attribute__((format(printf, 4, 5)));

/* Adds the help for a name of Python or of its SDK, alone or with the member that is read from it. False when there is none. */
bool eval_help_python(struct eval *eval, struct diag *diag, const struct node *name);

/* Constructors (eval_make.c) */

/* A value of this kind that is written at `node`, for the caller to fill in. */
struct value *eval_new(struct eval *eval, enum value_kind kind, const struct node *node);

const struct value *eval_string(struct eval *eval, const struct node *node, const char *text, size_t length);
const struct value *eval_boolean(struct eval *eval, const struct node *node, bool boolean);
const struct value *eval_integer(struct eval *eval, const struct node *node, int64_t number);
const struct value *eval_float(struct eval *eval, const struct node *node, double number);

/* Adds a field to an object under construction, which has room for it. */
void eval_add_field(struct value *object, struct field field);

/* A list of items that live as long as the program. */
const struct value *eval_list(struct eval *eval, const struct node *node, const struct value **items, size_t count);

/* The text of an interpolation of scalars (eval_text.c): a STRING, a JOIN, or the only part if that is text already. */
const struct value *eval_interpolate(struct eval *eval, const struct node *node, const struct value **parts, size_t count);

/* Merging (eval_merge.c) */

/* `weak` with `strong` on top. Objects merge member by member. A list keeps the weaker one under it, for eval_merge_named.
 * Anything else is replaced. */
const struct value *eval_merge(struct eval *eval, const struct value *weak, const struct value *strong);

/* A list merged with the weaker list under it. Elements merge if their members `by` are equal; others are appended. */
const struct value *eval_merge_named(struct eval *eval, const struct value *list, const struct word *by);

/* Sources of values (eval_source.c) */

/* The value of an expression. A scalar or list that is computed from an argument of the step is of SOURCE_ARGUMENT; of an object, each
 * member has its own source. */
const struct value *eval_traced(struct eval *eval, const struct node *node, const struct env *env);

/* The value with all its parts as SOURCE_ARGUMENT. */
const struct value *eval_of_argument(struct eval *eval, const struct value *value);

/* The fields of an object, and of objects in it, that are of SOURCE_ARGUMENT; NULL when there are none. */
const struct value *eval_only_arguments(struct eval *eval, const struct value *object);

/* The object without the elements of lists that are of SOURCE_ARGUMENT. All its fields stay, so that they keep their order. */
const struct value *eval_empty_arguments(struct eval *eval, const struct value *object);

/* Limits (eval_budget.c) */

/* Expressions, defaults and types nest at most this deep, so that the C stack does not overflow. */
#define EVAL_MAX_DEPTH 1000

/* Enters one level of nesting. False, after a report, when that is too deep; after true, call eval_leave. */
bool eval_enter(struct eval *eval, const struct node *node);
void eval_leave(struct eval *eval);

/* Sets the budget of a program. Evaluating, making, checking and writing values spends from it, so that the compilation of a
 * program whose values grow without bounds ends with one message. */
void eval_open_budget(struct program *program, size_t node_count);

/* Spends `work` from the budget; false, after a report, when it is used up. */
bool eval_spend(struct eval *eval, const struct node *node, uint64_t work);

/* Spends for a new value, by the number of its own parts. The result is the value; value_error, after a report, when it is too
 * large or the budget is used up. */
const struct value *eval_admit(struct eval *eval, const struct node *node, const struct value *value);

/* How many values can be looked at for the work of making one. */
#define EVAL_LOOKS_OF_WORK 256

#endif

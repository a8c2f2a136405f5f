/* What the files of the diff share: both sides as JSON values, and the comparison of values. */
#ifndef SP_DIFF_PARTS_H
#define SP_DIFF_PARTS_H

#include "diff/diff.h"

/* A step of one side. */
struct diff_step {
	const struct word *name;
	const struct word *type;      /* or NULL */
	const struct value *object;   /* its members without Name, Type and the steps of branches; canonical */
	struct diff_step *parent;     /* the condition whose branch it is in, or NULL */
	bool is_else;                 /* in the else branch */
	struct diff_step *other;      /* the same step on the other side, or NULL */
	const struct step *source;    /* in the program; NULL on the other side */
	bool is_lost;                 /* its cache is lost */
};

struct diff_side {
	const struct value *request;    /* the request or reply that contains the definition, canonical; or NULL */
	const struct value *definition; /* canonical */
	VEC(struct diff_step *) steps;  /* of all branches; a condition comes before the steps of its branches */
	struct map steps_by_name;
};

/* --- diff_side.c --- */

/* Reads one side. False, with SP6100 reported, if it cannot be compared. */
bool diff_read_side(struct diff_side *side, struct program *program, const char *name, const char *text, size_t length);

/* --- diff_canonical.c --- */

/* The canonical form of a value: null members are dropped, and joins have merged constants and no joins inside. */
const struct value *diff_canonical(struct program *program, const struct value *value);

/* A list of texts in alphabetical order, for lists whose order has no meaning. Any other value is returned unchanged. */
const struct value *diff_sorted(struct program *program, const struct value *list);

/* A member of an object, or NULL. */
const struct value *diff_member(const struct value *object, const char *name);

/* Whether a value is an empty list, object or text. */
bool diff_is_empty_value(const struct value *value);

/* Whether two numbers are equal, to the last digit. */
bool diff_same_number(const struct word *a, const struct word *b);

/* The kind of an expression object, "Get", "Std:Join" or "Std:JsonGet"; NULL for any other value. */
const char *diff_expression(const struct value *value);

/* New values in the program's arena; objects and lists are empty, with room for `room` elements. */
struct value *diff_new_object(struct program *program, size_t room);
struct value *diff_new_list(struct program *program, size_t room);
struct value *diff_new_string(struct program *program, const char *text, size_t length);
void diff_add_field(struct program *program, struct value *object, const char *name, const struct value *value);

/* --- diff_values.c --- */

/* The path to a compared value: a chain of members and elements, innermost first, up to the step, parameter or pipeline. */
struct diff_path {
	const struct diff_path *outer;
	const char *label;            /* how the language writes an outermost field, if not by its key: "depends on"; or NULL */
	const struct word *key;       /* of a member or named element, or NULL */
	uint32_t position;            /* of an element without a name */
	bool is_element;              /* of a list */
	const struct word *by;        /* the member of the elements that names them, if the list's type does not have one; or NULL */
	bool are_steps;               /* the list is a set of steps: that of DependsOn */
	enum node_op trigger;         /* of an element of such a list: TRIGGER_*, or OP_NONE */
	const struct value *source;   /* the program's value, or NULL */
	const struct node *at;        /* the place in the program; NULL: that of `source` */
};

struct comparison {
	struct diff *diff;
	enum diff_subject subject;
	const struct word *name;      /* of the parameter or step, or NULL */
	struct diff_step *step;       /* or NULL */
	bool is_quiet;                /* notes no differences: only sets has_found, and may then stop */
	bool has_found;
};

/* Compares the values at a path; NULL is an absent value. */
void diff_compare(struct comparison *comparison, const struct diff_path *path, const struct value *old, const struct value *new,
                  const struct type *type);

/* The same, but a difference inside counts as one of the whole value. */
void diff_compare_whole(struct comparison *comparison, const struct diff_path *path, const struct value *old,
                        const struct value *new);

/* The step of an element of DependsOn, and its trigger (OP_NONE: completed); NULL for an element of neither form, a name or an object
 * with a step and a trigger. */
const struct word *diff_dependency(const struct value *element, enum node_op *trigger);

/* Notes a difference at a path. A NULL path is the whole parameter or step. */
void diff_note(struct comparison *comparison, enum diff_change change, const struct diff_path *path, const struct value *old,
               const struct value *new);

/* The node of the program for a path, else for the nearest outer one; or NULL. */
const struct node *diff_path_node(const struct program *program, const struct diff_path *path);

/* The node that declares a step in the program; for a step of a library component, its instance. NULL for steps of the other
 * side. */
const struct node *diff_step_node(const struct program *program, const struct diff_step *step);

/* --- diff_steps.c --- */

/* Pairs the steps of both sides, also those that were renamed, and compares them. */
void diff_steps(struct diff *diff, struct diff_side *old, struct diff_side *new);

/* --- diff_cache.c --- */

/* Predicts which steps lose their cache. */
void diff_predict_cache(struct diff *diff, const struct diff_side *new);

/* --- diff_expressions.c --- */

/* Fills the names of steps and parameters as the program writes them. */
void diff_fill_names(struct diff *diff);

/* The name of a step or parameter as the program writes it; the name in the definition if the program does not have it. */
const char *diff_step_name(const struct diff *diff, const struct word *name);
const char *diff_parameter_name(const struct diff *diff, const struct word *name);

/* Appends a value as an expression of the language, on one line. */
void diff_put_value(struct text *out, const struct diff *diff, const struct value *value);

/* Appends the conditions of a list, joined by `and`. */
void diff_put_conditions(struct text *out, const struct diff *diff, const struct value *list);

/* Finds NAME in the path of a Get, "Steps.NAME.rest": points `name` to it and returns its length. 0 for other paths. */
size_t diff_reference_step(const struct word *path, const char **name);

#endif

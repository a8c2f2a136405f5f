/* What the files of a diff share: both sides as JSON values, and the comparison that goes through them. */
#ifndef SP_DIFF_PARTS_H
#define SP_DIFF_PARTS_H

#include "diff/diff.h"

/* A step of one side. */
struct diff_step {
	const struct word *name;
	const struct word *type;      /* or NULL */
	const struct value *object;   /* all members but Name, Type, and the steps of branches */
	struct diff_step *parent;     /* the condition in whose branch it is, or NULL */
	bool is_else;
	struct diff_step *other;      /* its counterpart on the other side, or NULL */
	const struct step *source;    /* in the program; NULL on the other side */
	bool is_lost;                 /* its cache */
};

struct diff_side {
	const struct value *request;    /* what the definition came in, or NULL */
	const struct value *definition; /* the canonical object, with its steps as read below */
	VEC(struct diff_step *) steps;  /* of all branches, conditions before what is in their branches */
	struct map steps_by_name;
};

/* --- diff_side.c --- */

/* Reads one side; false after SP6100. */
bool diff_read_side(struct diff_side *side, struct program *program, const char *name, const char *text, size_t length);

/* A member of a canonical object, or NULL. */
const struct value *diff_member(const struct value *object, const char *name);

/* --- diff_canonical.c --- */

/* The value without what makes equal ones look different: no null, texts that are joined are one where that can be said
 * now, the spellings that the service takes for cache durations and retries are one. */
const struct value *diff_canonical(struct program *program, const struct value *value);

/* A list of texts in alphabetical order, for lists whose order means nothing; any other value as it is. */
const struct value *diff_sorted(struct program *program, const struct value *list);

/* What is called nothing: an empty list or object, an empty text. */
bool diff_is_nothing(const struct value *value);

/* Whether two numbers are the same, to the last digit. */
bool diff_same_number(const struct word *a, const struct word *b);

/* What kind of an expression an object is, "Get", "Std:Join" or "Std:JsonGet"; NULL when it is none. */
const char *diff_expression(const struct value *value);

/* An object or list for the definition, in the program's arena. */
struct value *diff_new_object(struct program *program, size_t room);
struct value *diff_new_list(struct program *program, size_t room);
struct value *diff_new_string(struct program *program, const char *text, size_t length);
void diff_add_field(struct program *program, struct value *object, const char *name, const struct value *value);

/* --- diff_values.c --- */

/* Where a comparison stands: a chain from a step, parameter or pipeline inwards. */
struct diff_spot {
	const struct diff_spot *outer;
	const char *words;            /* of a field of the outermost object, as the language writes it: "depends on" */
	const struct word *key;       /* of a member, or of a named element */
	uint32_t position;            /* of any other element */
	bool is_element;              /* of a list */
	const struct word *by;        /* the member that names the elements, where no type says it; or NULL */
	bool are_steps;               /* a set of names of steps */
	const struct value *source;   /* the program's value; or NULL */
	const struct node *at;        /* where it stands; NULL: at `source` */
};

struct comparison {
	struct diff *diff;
	enum diff_subject subject;
	const struct word *name;      /* of what is compared */
	struct diff_step *step;       /* or NULL */
	bool is_quiet;                /* only asks whether there is a difference, and stops at the first */
	bool has_found;
};

/* Compares what stands at a spot; either may be NULL, for nothing. */
void diff_compare(struct comparison *comparison, const struct diff_spot *spot, const struct value *old, const struct value *new,
                  const struct type *type);

/* The same where nothing inside is told apart. */
void diff_compare_whole(struct comparison *comparison, const struct diff_spot *spot, const struct value *old,
                        const struct value *new);

/* Notes a difference of the whole parameter or step (spot NULL) or at a spot. */
void diff_note(struct comparison *comparison, enum diff_change change, const struct diff_spot *spot, const struct value *old,
               const struct value *new);

/* The place in the program nearest to a spot, or NULL. */
const struct node *diff_place(const struct program *program, const struct diff_spot *spot);

/* Where the program declares a step, or uses what declares it; NULL for a step that it does not have. */
const struct node *diff_step_place(const struct program *program, const struct diff_step *step);

/* --- diff_steps.c --- */

/* Finds counterparts, renamed ones too, and compares the steps of both sides. */
void diff_steps(struct diff *diff, struct diff_side *old, struct diff_side *new);

/* --- diff_cache.c --- */

void diff_predict_cache(struct diff *diff, const struct diff_side *new);

/* --- diff_words.c --- */

/* Fills the names that the program uses for its steps and parameters. */
void diff_name_words(struct diff *diff);

/* A step or parameter as the program writes it; one that it does not have by its name in the definition. */
const char *diff_step_words(const struct diff *diff, const struct word *name);
const char *diff_parameter_words(const struct diff *diff, const struct word *name);

/* Appends a value as an expression of the language, on one line. */
void diff_put_value(struct text *out, const struct diff *diff, const struct value *value);

/* Appends a list of conditions, all of which hold. */
void diff_put_conditions(struct text *out, const struct diff *diff, const struct value *list);

/* Splits "Steps.NAME.rest": the length of NAME, or 0 when the path is another. */
size_t diff_path_step(const struct word *path, const char **name);

#endif

/* A program against another definition of the same pipeline, such as the one that is deployed: what differs, as data,
 * and as text for people and programs.
 *
 * Values are compared, not texts: members have no order, a number is equal however it is spelled, null is what is not
 * there, elements that have names are found by them, and steps by theirs, in whatever branch they are. A diff of what is
 * equal is empty. Nothing here compiles, asks AWS or judges the other side beyond what it must have to be compared. */
#ifndef SP_DIFF_H
#define SP_DIFF_H

#include "eval/program.h"

enum diff_subject { DIFF_PIPELINE, DIFF_PARAMETER, DIFF_STEP };
enum diff_change { DIFF_ADDED, DIFF_REMOVED, DIFF_CHANGED, DIFF_MOVED, DIFF_RENAMED };

struct diff_step; /* diff_parts.h */

struct difference {
	enum diff_subject subject;
	enum diff_change change;
	const struct word *name;     /* of the parameter or step in the definition, in the program's when both have it; or NULL */
	const char *field;           /* in the words of the language; NULL: the parameter or step as a whole */
	const struct value *old, *new; /* as in the definition, but canonical (diff_parts.h); NULL: not there */
	const struct node *at;       /* where the program says it; NULL when it does not */
	const struct diff_step *step;/* of DIFF_STEP */
	const struct word *member;   /* the step key or member of `Arguments` that it is in; or NULL */
};

/* A step that will run again though its results may be in the cache. */
struct lost_cache {
	const struct diff_step *step;
	const char *why;
	const struct node *at;
};

struct diff {
	struct program *program;
	const char *against;         /* the name of the other side */
	const struct word *name;     /* of the pipeline */
	VEC(struct difference) differences; /* pipeline, parameters, steps; those of one parameter or step together */
	VEC(struct lost_cache) lost; /* a prediction, from what AWS documents of the cache (diff_cache.c) */
	struct map step_words, parameter_words; /* names as the program writes them, by those in the definition */
	struct map renamed;          /* the new name of a step, by its old one */
};

/* Compares a program without errors with what it would replace: a definition, or a reply of DescribePipeline, or a
 * CreatePipeline request, as JSON. Of a reply or request the members beside the definition are compared too, but for tags,
 * which DescribePipeline does not give: they are compared when `Tags` is there. `name` says what the other side is, in
 * messages; it and the text outlive the program, in whose arena the diff lives. NULL, after SP6100, when it is none of
 * the three. */
struct diff *diff_program(struct program *program, const char *name, const char *text, size_t length);

bool diff_is_empty(const struct diff *diff);

/* Appends the differences and the prediction for people; the colors are those of terminals. */
void diff_render_text(struct text *out, const struct diff *diff, bool has_color);

/* Appends both as one JSON object; its form is in doc/deploy.md. */
void diff_render_json(struct text *out, const struct diff *diff);

#endif

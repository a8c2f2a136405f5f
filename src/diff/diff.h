/* Compares a program with another definition of the same pipeline, such as the deployed one. The differences are data, and are
 * rendered as text and as JSON.
 *
 * Values are compared, not texts: members have no order, the spelling of a number does not matter, and null equals absence.
 * Elements with names are matched by name, and so are steps, in any branch. Equal definitions have an empty diff. Nothing here
 * compiles or calls AWS. The other side is only checked for what a comparison needs. */
#ifndef SP_DIFF_H
#define SP_DIFF_H

#include "eval/program.h"

enum diff_subject { DIFF_PIPELINE, DIFF_PARAMETER, DIFF_STEP };
enum diff_change { DIFF_ADDED, DIFF_REMOVED, DIFF_CHANGED, DIFF_MOVED, DIFF_RENAMED };

struct diff_step; /* diff_parts.h */

struct diff_lines {
	const char **items;
	size_t count, room;
};

/* Lines of a file that differ. */
struct file_hunk {
	size_t line;                 /* the first line in the new file, from 1 */
	struct diff_lines old, new;
};

/* A file that was added, removed or changed. */
struct file_change {
	enum diff_change change;
	const char *name;            /* in its folder or archive */
	VEC(struct file_hunk) hunks; /* empty if the text of a side is not known */
};

struct difference {
	enum diff_subject subject;
	enum diff_change change;
	const struct word *name;     /* of the parameter or step in the definition, the program's if both have it. NULL for the pipeline */
	const char *field;           /* as the language writes it, `InputDataConfig["train"]`; NULL: the whole parameter or step */
	const struct value *old, *new; /* canonical (diff_parts.h); if moved, the branches; if renamed, the names. NULL: absent */
	const struct node *at;       /* its place in the program, or NULL */
	const struct diff_step *step;/* for DIFF_STEP */
	const struct word *member;   /* the outermost member of the path: a step key, a member of `Arguments` or of a parameter; or NULL */
	const struct word *const *path; /* the members of the path, outermost first, up to the first element of a list */
	uint32_t depth;              /* of `path` */
	VEC(struct file_change) files; /* what changed at a URI (diff_add_files) */
};

/* A step that will run again, because SageMaker will not find its cached results. */
struct lost_cache {
	const struct diff_step *step;
	const char *why;
	const struct node *at;       /* the cause in the program */
};

struct diff {
	struct program *program;
	const char *against;         /* the name of the other side */
	const struct word *name;     /* of the pipeline */
	VEC(struct difference) differences; /* of the pipeline, then of each parameter, then of each step */
	VEC(struct lost_cache) lost; /* predicted from AWS's documentation of the cache (diff_cache.c) */
	struct map step_names, parameter_names; /* const char: how the program writes the names, by the names in the definition */
	struct map renamed;          /* struct word: new names of steps, by the old ones */
};

/* Compares a program without errors with the JSON of a definition, a reply of DescribePipeline, or a CreatePipeline request. The other
 * members of a reply or request are compared too, but tags and version aliases of a reply only if it has them: DescribePipeline does
 * not return them. `name` names the other side in messages. The diff lives in the program's arena; `name` and `text` must live as
 * long. NULL, with SP6100 reported, if the text is none of the three. */
struct diff *diff_program(struct program *program, const char *name, const char *text, size_t length);

/* The manifests of both sides, as JSON (emit_manifest). */
struct diff_manifests {
	const char *old, *new;
	bool has_old_sources;        /* the source files of the old side are on disk as they were compiled */
};

/* Adds to each changed URI which files at it changed, as far as the manifests know. False if the old one is not a manifest. */
bool diff_add_files(struct diff *diff, const struct diff_manifests *manifests);

bool diff_is_empty(const struct diff *diff);

/* Appends the differences and lost caches for people, with a terminal's colors if wanted. */
void diff_render_text(struct text *out, const struct diff *diff, bool has_color);

/* Appends the same as one JSON object; doc/deploy.md describes it. */
void diff_render_json(struct text *out, const struct diff *diff);

#endif

/* What every drawing of a program is made from: nodes, edges and frames.
 *
 * Nothing here knows a form in which they are drawn. */
#ifndef SP_DRAW_PICTURE_H
#define SP_DRAW_PICTURE_H

#include "eval/program.h"

/* Why a node waits for another. */
enum picture_why { PICTURE_DATA, PICTURE_CUSTOM, PICTURE_IF, PICTURE_ELSE };
enum { PICTURE_WHYS = PICTURE_ELSE + 1 };

/* `to` is waited for. */
struct picture_edge {
	struct picture_node *to;
	enum picture_why why;
	VEC(const char *) paths; /* DATA: what is referred to, as "Train.ModelArtifacts.S3ModelArtifacts"; the first few */
};

/* How a step type is drawn: a line of stdlib/drawing.txt. */
struct picture_look {
	const struct word *type; /* NULL: a type that is not in the table */
	const char *shape;       /* "job", "model", "endpoint", "call", "condition" or "end" */
	const char *fill, *line; /* as "#aabbcc" */
	const char *ansi;        /* the parameter of a terminal's color */
};

/* A step, or all steps of a family. */
struct picture_node {
	VEC(const struct step *) steps; /* one at least */
	const char *name;        /* in its frame */
	const char *keys;        /* of a family: "[us, eu]", cut where it gets long; else empty */
	const char *full_name;   /* with both, and those of the frames around it: "Trial[us, eu]-Score" */
	const char *kind;        /* "ScriptProcessing", "ScriptProcessing ×2" */
	struct picture_look look;
	struct picture_node *parent; /* the condition in whose branch it is, or NULL */
	bool is_else;
	VEC(struct picture_edge) edges;
	VEC(struct picture_node *) waiting; /* the other ends of edges to it, one for each */
	size_t pending;          /* edges that are not yet dealt with */
	const struct picture_node *seen_by; /* while that one's edges are made */
	size_t seen_at[PICTURE_WHYS];
	bool is_ordered;
	size_t place;            /* for who draws it: a column, a number */
};

/* A component in use, or a family of them; or the pipeline, which is around all. */
struct picture_frame {
	struct picture_frame *outer; /* NULL for the pipeline's */
	const char *name;        /* "Trial[us, eu]"; of the pipeline's, its name */
	const char *path;        /* with those around it and a `-` at the end; empty for the pipeline's */
	const char *component;   /* NULL for the pipeline's */
	VEC(struct picture_node *) nodes;
	VEC(struct picture_frame *) frames;
	size_t node_count;       /* in frames in it, too */
};

struct picture {
	struct arena *arena;
	struct picture_frame *pipeline;
	VEC(struct picture_node *) nodes;   /* in source order */
	VEC(struct picture_node *) ordered; /* each after those that it waits for, and soon after one of them */
	size_t step_count;
};

/* The picture of a program without errors; all of it lives in `arena`, and what it points to in the program. */
struct picture *draw_picture_make(struct arena *arena, const struct program *program);

bool draw_picture_is_condition(const struct picture_node *node);

#endif

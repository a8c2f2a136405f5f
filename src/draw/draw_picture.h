/* The picture that all forms draw: nodes, edges and frames.
 *
 * Nothing here knows how a form draws them. */
#ifndef SP_DRAW_PICTURE_H
#define SP_DRAW_PICTURE_H

#include "eval/program.h"

/* Why a node depends on another: a reference to data, `depends on` (a custom dependency in SageMaker's terms), a run condition, a
 * branch of a condition, or the body of a `foreach`. */
enum picture_reason {
	PICTURE_DATA, PICTURE_CUSTOM, PICTURE_ON_FAILURE, PICTURE_ON_STOP, PICTURE_ON_ANY_END, PICTURE_IF, PICTURE_ELSE,
	PICTURE_EACH
};
enum { PICTURE_REASONS = PICTURE_EACH + 1 };

struct picture_edge {
	struct picture_node *to; /* the dependency */
	enum picture_reason reason;
	VEC(const char *) paths; /* DATA: the first few references, such as "Train.ModelArtifacts.S3ModelArtifacts" */
};

/* How a step type looks: a line of stdlib/drawing.txt. */
struct picture_look {
	const struct word *type; /* NULL: the file does not have the type */
	const char *shape;       /* "job", "model", "endpoint", "call", "condition" or "end" */
	const char *fill, *line; /* as "#aabbcc" */
	const char *ansi;        /* the color on a terminal: the parameter of SGR */
};

/* A step, or the steps of a family. */
struct picture_node {
	VEC(const struct step *) steps; /* at least one */
	const char *name;        /* within its frame */
	const char *keys;        /* of a family: "[us, eu]", shortened if long; else empty */
	const char *full_name;   /* with the names and keys of the frames around it: "Trial[us, eu]-Score" */
	const char *kind;        /* "ScriptProcessing", "ScriptProcessing ×2" */
	struct picture_look look;
	struct picture_node *parent; /* the condition whose branch, or the `foreach` whose body, it is in; or NULL */
	bool is_else;            /* in the else branch */
	VEC(struct picture_edge) edges;
	VEC(struct picture_node *) dependents; /* one for each edge to this node */
	/* scratch space of the code that makes and draws the picture */
	size_t pending;          /* edges not handled yet */
	const struct picture_node *edges_from; /* the node that edge_numbers are for */
	size_t edge_numbers[PICTURE_REASONS];  /* that node's edge to this one, counted from 1; 0: none */
	bool is_ordered;
	size_t place;            /* a column or number that a form gives it */
};

/* An instance of a component, or a family of them; or the whole pipeline. */
struct picture_frame {
	struct picture_frame *outer; /* NULL for the pipeline's */
	const char *name;        /* "Trial[us, eu]"; the pipeline's name */
	const char *path;        /* the names of the frames around it and its own, each with a `-` after it; empty for the pipeline's */
	const char *component;   /* NULL for the pipeline's */
	VEC(struct picture_node *) nodes;
	VEC(struct picture_frame *) frames;
	size_t node_count;       /* including those of inner frames */
};

struct picture {
	struct arena *arena;
	struct picture_frame *pipeline;
	VEC(struct picture_node *) nodes;   /* in source order */
	VEC(struct picture_node *) ordered; /* topologically; each soon after one of its dependencies */
	size_t step_count;
};

/* The picture of a program without errors. It lives in `arena` and points into the program. */
struct picture *draw_picture_make(struct arena *arena, const struct program *program);

/* What a line says of its reason: "on failure", "if"; NULL for data and `depends on`. */
const char *draw_picture_label(enum picture_reason reason);

bool draw_picture_is_condition(const struct picture_node *node);

#endif

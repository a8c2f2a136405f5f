/* Draws the graph of a program: as text for a terminal, for Graphviz, for Mermaid, and as SVG.
 *
 * The steps of a family are one node, unless they depend on each other. An instance of a component is a frame around its steps.
 * Edges are references to data, dependencies of `depends on`, and branches of conditions; each goes from a dependency to the
 * node that depends on it. stdlib/drawing.txt has the colors and shapes of step types.
 *
 * All functions take a program without errors and append to `out`. Nothing here prints, exits or reads the environment. */
#ifndef SP_DRAW_H
#define SP_DRAW_H

#include "eval/program.h"

struct draw_options {
	bool color;
	unsigned width; /* of the terminal in columns; longer lines are cut. 0: no limit */
};

/* Whether there is anything to draw: a step whose `when` holds. */
bool draw_has_steps(const struct program *program);

/* A line for each node, below its dependencies. Edges are lines on the left and names on the right. */
void draw_text(struct text *out, const struct program *program, const struct draw_options *options);

/* The DOT language of Graphviz. The ID of a node is the name of its first step in the definition. */
void draw_dot(struct text *out, const struct program *program);

/* A Mermaid flowchart, which GitHub and GitLab render. */
void draw_mermaid(struct text *out, const struct program *program);

/* A self-contained SVG picture, laid out by Graphviz, which the first call loads. The `id` of a node is the name of its first
 * step. False, with a reason in `complaint` and nothing in `out`, when Graphviz is missing or fails. Not thread-safe. */
bool draw_svg(struct text *out, const struct program *program, struct text *complaint);

#endif

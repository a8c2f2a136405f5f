/* The graph of a program as a picture: as text for a terminal, for Graphviz, for Mermaid, and as SVG.
 *
 * The steps of a family are one node, unless they wait for each other; a component in use is a frame around its steps.
 * Edges go from what is waited for to what waits: references to data, written dependencies, and branches of conditions. All
 * functions take a program without errors and append to `out`; nothing here prints, exits or reads the environment. What
 * colors and shapes step types have is said in stdlib/drawing.txt. */
#ifndef SP_DRAW_H
#define SP_DRAW_H

#include "eval/program.h"

struct draw_options {
	bool color;
	unsigned width; /* of the terminal in columns: longer lines are cut; 0: none is */
};

/* Whether there is anything to draw: a program may have no steps, or none whose `when` holds. */
bool draw_has_steps(const struct program *program);

/* A line for each node, below those that it waits for, with the edges as lines at the left and as names at the right. */
void draw_text(struct text *out, const struct program *program, const struct draw_options *options);

/* The language of Graphviz. A node is named like the (first) step that it stands for. */
void draw_dot(struct text *out, const struct program *program);

/* A flowchart of Mermaid's, as GitHub and GitLab show it. */
void draw_mermaid(struct text *out, const struct program *program);

/* A picture that needs no other file, laid out by Graphviz, which is loaded by the first call; the `id` of a node is the
 * name of its step. False, with a reason in words in `complaint` and nothing in `out`, where Graphviz is missing or fails.
 * Not for several threads at once. */
bool draw_svg(struct text *out, const struct program *program, struct text *complaint);

#endif

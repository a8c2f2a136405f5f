#include "draw.h"

#include "draw_picture.h"
#include "printable.h"

/* How a shape is called by Graphviz; a style beside "filled". */
static const struct {
	const char *name, *shape, *style;
} shapes[] = {
	{"job", "box", ",rounded"}, {"model", "cylinder", ""}, {"endpoint", "component", ""},
	{"call", "box", ""}, {"condition", "diamond", ""}, {"end", "octagon", ""},
};

enum { SHAPE_COUNT = sizeof shapes / sizeof *shapes, MOST_STEPS = 20 };

/* A text for a label in the manner of HTML, or in quotes: entities are read in both. */
static void put_escaped(struct text *out, const char *string)
{
	struct text clean = {0};
	printable_put(&clean, string);
	for (const char *c = text_string(&clean); *c; c++) {
		if (*c == '&')
			text_puts(out, "&amp;");
		else if (*c == '<')
			text_puts(out, "&lt;");
		else if (*c == '>')
			text_puts(out, "&gt;");
		else if (*c == '"')
			text_puts(out, "&quot;");
		else
			text_putc(out, *c);
	}
	text_free(&clean);
}

/* The same for what may hold escapes like `\N`. */
static void put_quoted(struct text *out, const char *string)
{
	struct text escaped = {0};
	put_escaped(&escaped, string);
	for (const char *c = text_string(&escaped); *c; c++) {
		if (*c == '\\')
			text_putc(out, '\\');
		text_putc(out, *c);
	}
	text_free(&escaped);
}

static const char *name_of(const struct picture_node *node)
{
	return node->steps.items[0]->step_name->text;
}

static void indent(struct text *out, unsigned depth)
{
	text_repeat(out, '\t', depth);
}

/* What is shown when the pointer rests on a node: the steps of a family, or what a condition asks. */
static void put_tooltip(struct text *out, const struct program *program, const struct picture_node *node)
{
	const struct step *step = node->steps.items[0];
	if (step->condition_at) {
		const struct span span = node_span(step->condition_at);
		char *source = arena_copy(program->arena, program_file(program, step->condition_at)->text + span.start, span.end - span.start);
		put_quoted(out, source);
		return;
	}
	for (size_t i = 0; i < node->steps.count && i < MOST_STEPS; i++) {
		text_puts(out, i ? "\\n" : "");
		put_quoted(out, node->steps.items[i]->step_name->text);
	}
	if (node->steps.count > MOST_STEPS)
		text_printf(out, "\\nand %zu more", node->steps.count - MOST_STEPS);
}

static void put_node(struct text *out, const struct program *program, const struct picture_node *node, unsigned depth)
{
	size_t shape = 0;
	while (shape + 1 < SHAPE_COUNT && strcmp(shapes[shape].name, node->look.shape) != 0)
		shape++;
	indent(out, depth);
	text_printf(out, "\"%s\" [id=\"%s\", label=<<b>", name_of(node), name_of(node));
	put_escaped(out, node->name);
	text_puts(out, "</b>");
	if (!picture_is_condition(node) || node->steps.count > 1) {
		text_puts(out, "<br/><font point-size=\"10\" color=\"#4b5563\">");
		put_escaped(out, node->kind);
		text_puts(out, "</font>");
	}
	text_printf(out, ">, shape=%s, style=\"filled%s\", fillcolor=\"%s\", color=\"%s\"", shapes[shape].shape, shapes[shape].style,
	            node->look.fill, node->look.line);
	if (node->steps.count > 1)
		text_puts(out, ", peripheries=2");
	text_puts(out, ", tooltip=\"");
	put_tooltip(out, program, node);
	text_puts(out, "\"];\n");
}

static void put_edge(struct text *out, const struct picture_node *node, const struct picture_edge *edge)
{
	text_printf(out, "\t\"%s\" -> \"%s\"", name_of(edge->to), name_of(node));
	switch (edge->why) {
	case PICTURE_IF:
	case PICTURE_ELSE:
		text_printf(out, " [label=\" %s \", tooltip=\"", edge->why == PICTURE_IF ? "if" : "else");
		put_quoted(out, edge->why == PICTURE_IF ? "if " : "else of ");
		put_quoted(out, edge->to->full_name);
		text_printf(out, "\", color=\"%s\", fontcolor=\"%s\"", edge->to->look.line, edge->to->look.line);
		break;
	case PICTURE_CUSTOM:
		text_puts(out, " [style=dashed, tooltip=\"depends on ");
		put_quoted(out, edge->to->full_name);
		text_putc(out, '"');
		break;
	default:
		text_puts(out, " [tooltip=\"");
		for (size_t i = 0; i < edge->paths.count; i++) {
			text_puts(out, i ? "\\n" : "");
			put_quoted(out, edge->paths.items[i]);
		}
		text_putc(out, '"');
	}
	text_puts(out, "];\n");
}

static void put_frame(struct text *out, const struct program *program, const struct picture_frame *frame, unsigned depth,
                      unsigned *number)
{
	for (size_t i = 0; i < frame->nodes.count; i++)
		put_node(out, program, frame->nodes.items[i], depth);
	for (size_t i = 0; i < frame->frames.count; i++) {
		const struct picture_frame *inner = frame->frames.items[i];
		if (!inner->node_count)
			continue;
		indent(out, depth);
		text_printf(out, "subgraph \"cluster_%u\" {\n", ++*number);
		indent(out, depth + 1);
		text_puts(out, "label=<<b>");
		put_escaped(out, inner->name);
		text_puts(out, "</b> ");
		put_escaped(out, inner->component);
		text_puts(out, ">, tooltip=\"component ");
		put_quoted(out, inner->component);
		text_puts(out, "\";\n");
		put_frame(out, program, inner, depth + 1, number);
		indent(out, depth);
		text_puts(out, "}\n");
	}
}

void draw_dot(struct text *out, const struct program *program)
{
	struct arena arena = {0};
	const struct picture *picture = picture_make(&arena, program);
	unsigned number = 0;
	text_puts(out, "digraph \"");
	put_quoted(out, picture->pipeline->name);
	text_puts(out, "\" {\n"
	               "\tgraph [fontname=\"Helvetica\", fontsize=11, nodesep=0.35, ranksep=0.45, style=\"rounded\", color=\"#9ca3af\", "
	               "fontcolor=\"#374151\", pad=0.2, tooltip=\"");
	put_quoted(out, picture->pipeline->name);
	text_puts(out, "\"];\n"
	               "\tnode [fontname=\"Helvetica\", fontsize=12, fontcolor=\"#111827\", margin=\"0.18,0.09\", penwidth=1.3];\n"
	               "\tedge [fontname=\"Helvetica\", fontsize=10, color=\"#4b5563\", arrowsize=0.7];\n");
	put_frame(out, program, picture->pipeline, 1, &number);
	for (size_t i = 0; i < picture->nodes.count; i++)
		for (size_t j = 0; j < picture->nodes.items[i]->edges.count; j++)
			put_edge(out, picture->nodes.items[i], &picture->nodes.items[i]->edges.items[j]);
	text_puts(out, "}\n");
	arena_free(&arena);
}

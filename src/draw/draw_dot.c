#include "draw/draw.h"

#include "base/printable.h"
#include "draw/draw_picture.h"

/* The shapes of stdlib/drawing.txt as Graphviz's attributes. Margins around the text are in inches. */
static const struct {
	const char *name, *attributes;
} shapes[] = {
	{"job", "shape=box, style=\"filled,rounded\""},
	{"model", "shape=cylinder"},
	{"endpoint", "shape=component"},
	{"call", "shape=box"},
	{"condition", "shape=diamond, margin=\"0,0\""},
	{"end", "shape=octagon, margin=\"0.02,0.02\""},
};

enum { SHAPE_COUNT = sizeof shapes / sizeof *shapes, MAX_TOOLTIP_STEPS = 20, MANY_NODES = 200 };

/* Appends the inside of a quoted string, in which backslashes start escapes and `&` starts an entity. */
static void put_quoted(struct text *out, const char *string)
{
	struct text clean = {0};
	printable_put(&clean, string);
	for (const char *c = text_string(&clean); *c; c++) {
		if (*c == '&') {
			text_puts(out, "&amp;");
			continue;
		}
		if (*c == '"' || *c == '\\')
			text_putc(out, '\\');
		text_putc(out, *c);
	}
	text_free(&clean);
}

static const char *name_of(const struct picture_node *node)
{
	return node->steps.items[0]->step_name->text;
}

static void indent(struct text *out, unsigned depth)
{
	text_repeat(out, '\t', depth);
}

/* Appends the source text of an expression on one line. */
static void put_source(struct text *out, const struct program *program, const struct node *node)
{
	const struct span span = node_span(node);
	const char *at = program_file(program, node)->text + span.start, *end = at + (span.end - span.start);
	struct text line = {0};
	while (at < end) {
		size_t word = 0;
		while (at + word < end && !strchr(" \t\r\n", at[word]))
			word++;
		text_add(&line, at, word);
		for (at += word; at < end && strchr(" \t\r\n", *at);)
			at++;
		if (at < end)
			text_putc(&line, ' ');
	}
	put_quoted(out, text_string(&line));
	text_free(&line);
}

/* The tooltip of a node: the names of its steps, or the expression of a condition. */
static void put_tooltip(struct text *out, const struct program *program, const struct picture_node *node)
{
	const struct step *step = node->steps.items[0];
	if (step->condition_at) {
		put_source(out, program, step->condition_at);
		return;
	}
	for (size_t i = 0; i < node->steps.count && i < MAX_TOOLTIP_STEPS; i++) {
		text_puts(out, i ? "\\n" : "");
		put_quoted(out, node->steps.items[i]->step_name->text);
	}
	if (node->steps.count > MAX_TOOLTIP_STEPS)
		text_printf(out, "\\nand %zu more", node->steps.count - MAX_TOOLTIP_STEPS);
}

static void put_node(struct text *out, const struct program *program, const struct picture_node *node, unsigned depth)
{
	size_t shape = 0;
	while (shape + 1 < SHAPE_COUNT && strcmp(shapes[shape].name, node->look.shape) != 0)
		shape++;
	indent(out, depth);
	text_printf(out, "\"%s\" [id=\"%s\", label=\"", name_of(node), name_of(node));
	put_quoted(out, node->name);
	text_puts(out, *node->keys ? "\\n" : "");
	put_quoted(out, node->keys);
	if (!draw_picture_is_condition(node) || node->steps.count > 1) {
		text_puts(out, "\\n");
		put_quoted(out, node->kind);
	}
	text_printf(out, "\", %s, fillcolor=\"%s\", color=\"%s\"", shapes[shape].attributes, node->look.fill, node->look.line);
	if (node->steps.count > 1)
		text_puts(out, ", peripheries=2");
	text_puts(out, ", tooltip=\"");
	put_tooltip(out, program, node);
	text_puts(out, "\"];\n");
}

static void put_edge(struct text *out, const struct picture_node *node, const struct picture_edge *edge)
{
	text_printf(out, "\t\"%s\" -> \"%s\"", name_of(edge->to), name_of(node));
	switch (edge->reason) {
	case PICTURE_IF:
	case PICTURE_ELSE:
	case PICTURE_EACH:
		text_printf(out, " [label=\" %s \", tooltip=\"", draw_picture_label(edge->reason));
		put_quoted(out, edge->reason == PICTURE_IF ? "if " : edge->reason == PICTURE_ELSE ? "else of " : "for each item of ");
		put_quoted(out, edge->to->full_name);
		text_printf(out, "\", color=\"%s\", fontcolor=\"%s\"", edge->to->look.line, edge->to->look.line);
		break;
	case PICTURE_CUSTOM:
		text_puts(out, " [style=dashed, tooltip=\"depends on ");
		put_quoted(out, edge->to->full_name);
		text_putc(out, '"');
		break;
	case PICTURE_ON_FAILURE:
	case PICTURE_ON_STOP:
	case PICTURE_ON_ANY_END:
		text_printf(out, " [style=dashed, label=\" %s \", tooltip=\"%s of ", draw_picture_label(edge->reason),
		            draw_picture_label(edge->reason));
		put_quoted(out, edge->to->full_name);
		text_putc(out, '"');
		if (edge->reason == PICTURE_ON_FAILURE)
			text_puts(out, ", color=\"#b91c1c\", fontcolor=\"#b91c1c\"");
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
		text_puts(out, "label=\"");
		put_quoted(out, inner->name);
		text_puts(out, ": ");
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
	const struct picture *picture = draw_picture_make(&arena, program);
	unsigned number = 0;
	text_puts(out, "digraph \"");
	put_quoted(out, picture->pipeline->name);
	text_puts(out, "\" {\n"
	               "\tgraph [fontname=\"Helvetica\", fontsize=11, nodesep=0.35, ranksep=0.45, style=\"rounded\", color=\"#9ca3af\", "
	               "fontcolor=\"#374151\", pad=0.2, tooltip=\"");
	put_quoted(out, picture->pipeline->name);
	text_putc(out, '"');
	if (picture->nodes.count > MANY_NODES) /* layout takes seconds instead of minutes */
		text_puts(out, ", splines=line, nslimit=0.1, nslimit1=0.1, mclimit=0.05");
	text_puts(out, "];\n"
	               "\tnode [fontname=\"Helvetica\", fontsize=14, fontcolor=\"#111827\", style=filled, margin=\"0.16,0.07\", "
	               "penwidth=1.3];\n"
	               "\tedge [fontname=\"Helvetica\", fontsize=10, color=\"#4b5563\", arrowsize=0.7];\n");
	put_frame(out, program, picture->pipeline, 1, &number);
	for (size_t i = 0; i < picture->nodes.count; i++)
		for (size_t j = 0; j < picture->nodes.items[i]->edges.count; j++)
			put_edge(out, picture->nodes.items[i], &picture->nodes.items[i]->edges.items[j]);
	text_puts(out, "}\n");
	arena_free(&arena);
}

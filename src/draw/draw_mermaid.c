#include "draw/draw.h"

#include "base/printable.h"
#include "draw/draw_picture.h"

/* The shapes of stdlib/drawing.txt: the brackets around a label. */
static const struct {
	const char *name, *open, *close;
} shapes[] = {
	{"job", "(", ")"},   {"model", "[(", ")]"},   {"endpoint", "[[", "]]"},
	{"call", "[", "]"},  {"condition", "{", "}"}, {"end", "([", "])"},
};

enum { SHAPE_COUNT = sizeof shapes / sizeof *shapes };

/* Appends the inside of a quoted string. Characters that end it, start a tag or an entity, or have a meaning in Markdown become
 * numeric entities. */
static void put_escaped(struct text *out, const char *string)
{
	struct text clean = {0};
	printable_put(&clean, string);
	for (const char *c = text_string(&clean); *c; c++) {
		if (strchr("\"#&<>`*_~\\;", *c))
			text_printf(out, "#%d;", *c);
		else
			text_putc(out, *c);
	}
	text_free(&clean);
}

static const char *class_of(const struct picture_node *node)
{
	return node->look.type ? node->look.type->text : "Other";
}

static void put_node(struct text *out, const struct picture_node *node, unsigned depth)
{
	size_t shape = 0;
	while (shape + 1 < SHAPE_COUNT && strcmp(shapes[shape].name, node->look.shape) != 0)
		shape++;
	text_repeat(out, ' ', 4 * depth);
	text_printf(out, "s%zu%s\"", node->place, shapes[shape].open);
	put_escaped(out, node->name);
	put_escaped(out, node->keys);
	if (!draw_picture_is_condition(node) || node->steps.count > 1) {
		text_puts(out, "<br/>");
		put_escaped(out, node->kind);
	}
	text_printf(out, "\"%s:::%s\n", shapes[shape].close, class_of(node));
}

static void put_frame(struct text *out, const struct picture_frame *frame, unsigned depth, unsigned *number)
{
	for (size_t i = 0; i < frame->nodes.count; i++)
		put_node(out, frame->nodes.items[i], depth);
	for (size_t i = 0; i < frame->frames.count; i++) {
		const struct picture_frame *inner = frame->frames.items[i];
		if (!inner->node_count)
			continue;
		text_repeat(out, ' ', 4 * depth);
		text_printf(out, "subgraph c%u[\"", ++*number);
		put_escaped(out, inner->name);
		text_puts(out, ": ");
		put_escaped(out, inner->component);
		text_puts(out, "\"]\n");
		put_frame(out, inner, depth + 1, number);
		text_repeat(out, ' ', 4 * depth);
		text_puts(out, "end\n");
	}
}

/* Appends a class for each look. */
static void put_classes(struct text *out, const struct picture *picture)
{
	struct map seen = {0};
	bool is_other_seen = false;
	for (size_t i = 0; i < picture->nodes.count; i++) {
		const struct picture_node *node = picture->nodes.items[i];
		if (node->look.type ? map_get(&seen, node->look.type) != NULL : is_other_seen)
			continue;
		if (node->look.type)
			map_put(picture->arena, &seen, node->look.type, &seen);
		is_other_seen |= !node->look.type;
		text_printf(out, "    classDef %s fill:%s,stroke:%s,color:#111827\n", class_of(node), node->look.fill, node->look.line);
	}
}

void draw_mermaid(struct text *out, const struct program *program)
{
	static const char *const arrows[PICTURE_REASONS] = {
		[PICTURE_DATA] = "-->", [PICTURE_CUSTOM] = "-.->", [PICTURE_ON_FAILURE] = "-.->|on failure|",
		[PICTURE_ON_STOP] = "-.->|on stop|", [PICTURE_ON_ANY_END] = "-.->|on any end|", [PICTURE_IF] = "-->|if|",
		[PICTURE_ELSE] = "-->|else|", [PICTURE_EACH] = "-->|each|",
	};
	struct arena arena = {0};
	const struct picture *picture = draw_picture_make(&arena, program);
	unsigned number = 0;
	text_puts(out, "flowchart TD\n");
	for (size_t i = 0; i < picture->nodes.count; i++)
		picture->nodes.items[i]->place = i + 1;
	put_frame(out, picture->pipeline, 1, &number);
	for (size_t i = 0; i < picture->nodes.count; i++)
		for (size_t j = 0; j < picture->nodes.items[i]->edges.count; j++) {
			const struct picture_edge *edge = &picture->nodes.items[i]->edges.items[j];
			text_printf(out, "    s%zu %s s%zu\n", edge->to->place, arrows[edge->reason], picture->nodes.items[i]->place);
		}
	put_classes(out, picture);
	arena_free(&arena);
}

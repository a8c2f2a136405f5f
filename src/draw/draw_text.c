/* One line for each node. On its left is a rail, a vertical line, for each earlier node that later nodes depend on, up to MAX_RAILS.
 * On its right are the names of its dependencies, which is the only place that shows those without a rail. */
#include "draw/draw.h"

#include "base/printable.h"
#include "draw/draw_picture.h"

enum {
	MAX_RAILS = 12,
	MAX_NAMED = 8, /* dependencies listed for one reason */
	/* in columns: */
	MAX_NAME_COLUMNS = 44,
	MAX_KIND_COLUMNS = 32,
	MIN_ROOM = 24, /* for the name and the kind together */
	MIN_DEPENDENCY_COLUMNS = 6,
	GAP = 2
};

struct row {
	struct picture_node *node;
	const char *before, *after; /* what is drawn to the left and right of the node's sign */
	size_t columns;             /* of rails */
	bool has_no_rail;           /* no rail was free, though others depend on it */
};

struct sheet {
	struct arena *arena;
	struct row *rows;
	struct picture_node *rails[MAX_RAILS + 1]; /* by column; the last stays NULL: it is the column of nodes without a rail */
	size_t last;                /* the column of the node above */
	size_t rail_columns, name_columns, kind_columns;
};

/* How a column connects to the node of a row. */
struct joint {
	bool is_joined; /* the node depends on the rail's node */
	bool is_solid;  /* by more than `depends on` and run conditions */
	bool is_open;   /* later nodes depend on the rail's node */
};

/* The sign where a horizontal line meets a rail. An open rail continues below; the line is on its left, its right, or both. */
static const char *joint_sign(bool is_open, bool is_left, bool is_right)
{
	static const char *const signs[8] = {"╵", "╰", "╯", "┴", "│", "├", "┤", "┼"};
	return signs[4 * is_open + 2 * is_left + is_right];
}

/* Finds the rails of a node's dependencies. Returns the node's column: that of the first rail that ends here, else a free one, else
 * MAX_RAILS. A free column of the node above is not taken, since the two would look connected. */
static size_t join_rails(struct sheet *sheet, const struct picture_node *node, struct joint joints[MAX_RAILS + 1])
{
	for (size_t i = 0; i < node->edges.count; i++)
		node->edges.items[i].to->pending--;
	for (size_t c = 0; c < MAX_RAILS; c++)
		joints[c].is_open = sheet->rails[c] && sheet->rails[c]->pending;
	for (size_t i = 0; i < node->edges.count; i++) {
		const struct picture_edge *edge = &node->edges.items[i];
		size_t column = edge->to->place;
		if (sheet->rails[column] != edge->to)
			continue;
		joints[column].is_joined = true;
		joints[column].is_solid |= edge->reason < PICTURE_CUSTOM || edge->reason > PICTURE_ON_ANY_END;
	}
	for (size_t c = 0; c < MAX_RAILS; c++)
		if (joints[c].is_joined && !joints[c].is_open)
			return c;
	size_t column = 0;
	while (column < MAX_RAILS && (sheet->rails[column] || column == sheet->last))
		column++;
	return column;
}

/* The line between columns `c` and `c + 1` of a row whose node is in `column`. It is dashed if it connects only dependencies of
 * `depends on` and run conditions. */
static const char *bridge_sign(const struct joint *joints, size_t c, size_t column, size_t low, size_t high)
{
	if (c < low || c >= high)
		return " ";
	bool is_solid = false;
	for (size_t i = c < column ? low : c + 1; i <= (c < column ? c : high); i++)
		is_solid |= joints[i].is_solid;
	return is_solid ? "─" : "╌";
}

static void draw_rails(struct sheet *sheet, struct row *row)
{
	struct joint joints[MAX_RAILS + 1] = {{false, false, false}};
	struct picture_node *node = row->node;
	struct text parts[2] = {{0}, {0}};
	size_t column = join_rails(sheet, node, joints), low = column, high = column;
	row->columns = column + 1;
	for (size_t c = 0; c < MAX_RAILS; c++) {
		if (joints[c].is_joined && c < low)
			low = c;
		if (joints[c].is_joined && c > high)
			high = c;
		if (sheet->rails[c] && c > column)
			row->columns = c + 1;
	}
	for (size_t c = 0; c < row->columns; c++) {
		struct text *part = &parts[c > column];
		if (c != column && joints[c].is_joined)
			text_puts(part, joint_sign(joints[c].is_open, c > column || c > low, c < column || c < high));
		else if (c != column)
			text_puts(part, sheet->rails[c] ? "│" : bridge_sign(joints, c < column ? c : c - 1, column, low, high));
		if (c + 1 < row->columns)
			text_puts(&parts[c >= column], bridge_sign(joints, c, column, low, high));
	}
	for (size_t c = 0; c < MAX_RAILS; c++)
		if (sheet->rails[c] && !sheet->rails[c]->pending)
			sheet->rails[c] = NULL;
	sheet->last = node->place = column;
	row->has_no_rail = column == MAX_RAILS && node->pending;
	if (column < MAX_RAILS && node->pending)
		sheet->rails[column] = node;
	row->before = arena_copy(sheet->arena, text_string(&parts[0]), parts[0].length);
	row->after = arena_copy(sheet->arena, text_string(&parts[1]), parts[1].length);
	text_free(&parts[0]);
	text_free(&parts[1]);
}

static size_t wider(size_t columns, const char *string, size_t most)
{
	size_t own = printable_columns(string);
	own = own > most ? most : own;
	return own > columns ? own : columns;
}

/* Narrows the columns of names and kinds to the width of the terminal. */
static void fit_columns(struct sheet *sheet, size_t width)
{
	size_t fixed = 2 * sheet->rail_columns - 1 + 2 * GAP;
	size_t room = width > fixed + MIN_ROOM ? width - fixed : MIN_ROOM;
	if (sheet->name_columns > room * 2 / 3 && sheet->name_columns + sheet->kind_columns > room)
		sheet->name_columns = sheet->kind_columns < room / 3 ? room - sheet->kind_columns : room * 2 / 3;
	if (sheet->kind_columns > room - sheet->name_columns)
		sheet->kind_columns = room - sheet->name_columns;
}

/* Appends a text, cut to `width` on a terminal. Returns the number of spaces that pad it to `width`. */
static size_t put_cell(struct text *out, const char *string, size_t width, const struct draw_options *options)
{
	size_t used = printable_put_cut(out, string, options->width ? width : SIZE_MAX);
	return used < width ? width - used : 0;
}

/* Appends the dependencies of one reason: "← Prepare, Train". */
static void put_names(struct text *out, const struct picture_node *node, enum picture_reason reason, const char *sign)
{
	size_t count = 0;
	const char *gap = out->length ? "  " : "";
	for (size_t i = 0; i < node->edges.count; i++) {
		if (node->edges.items[i].reason != reason)
			continue;
		if (count < MAX_NAMED)
			text_printf(out, "%s%s%s", count ? "" : gap, count ? ", " : sign, node->edges.items[i].to->full_name);
		count++;
	}
	if (count > MAX_NAMED)
		text_printf(out, " and %zu more", count - MAX_NAMED);
}

static const char *node_sign(const struct row *row)
{
	if (draw_picture_is_condition(row->node))
		return row->has_no_rail ? "◇" : "◆";
	if (row->node->steps.items[0]->kind->is_terminal)
		return "■";
	return row->has_no_rail ? "○" : "●";
}

static void put_row(struct text *out, const struct sheet *sheet, const struct row *row, const struct draw_options *options)
{
	const struct picture_node *node = row->node;
	size_t rails = 2 * sheet->rail_columns - 1, own = 2 * row->columns - 1;
	struct text names = {0};
	text_puts(out, row->before);
	if (options->color)
		text_printf(out, "\033[%sm%s\033[0m", node->look.ansi, node_sign(row));
	else
		text_puts(out, node_sign(row));
	text_puts(out, row->after);
	text_repeat(out, ' ', rails - own + GAP);
	text_puts(out, options->color ? "\033[1m" : "");
	size_t padding = put_cell(out, node->full_name, sheet->name_columns, options);
	text_puts(out, options->color ? "\033[0m" : "");
	text_repeat(out, ' ', padding + GAP);
	put_names(&names, node, PICTURE_IF, "if ");
	put_names(&names, node, PICTURE_ELSE, "else ");
	put_names(&names, node, PICTURE_EACH, "each of ");
	put_names(&names, node, PICTURE_DATA, "← ");
	put_names(&names, node, PICTURE_CUSTOM, "⇠ ");
	put_names(&names, node, PICTURE_ON_FAILURE, "⇠ on failure of ");
	put_names(&names, node, PICTURE_ON_STOP, "⇠ on stop of ");
	put_names(&names, node, PICTURE_ON_ANY_END, "⇠ on any end of ");
	size_t used = rails + sheet->name_columns + sheet->kind_columns + 3 * GAP;
	bool is_shown = names.length && (!options->width || options->width >= used + MIN_DEPENDENCY_COLUMNS);
	padding = put_cell(out, node->kind, sheet->kind_columns, options);
	if (is_shown) {
		text_repeat(out, ' ', padding + GAP);
		text_puts(out, options->color ? "\033[2m" : "");
		printable_put_cut(out, names.bytes, options->width ? options->width - used : SIZE_MAX);
		text_puts(out, options->color ? "\033[0m" : "");
	}
	text_putc(out, '\n');
	text_free(&names);
}

void draw_text(struct text *out, const struct program *program, const struct draw_options *options)
{
	struct arena arena = {0};
	const struct picture *picture = draw_picture_make(&arena, program);
	struct sheet sheet = {.arena = &arena, .rows = arena_array(&arena, struct row, picture->ordered.count), .last = MAX_RAILS};
	for (size_t i = 0; i < picture->nodes.count; i++)
		picture->nodes.items[i]->pending = picture->nodes.items[i]->dependents.count;
	for (size_t i = 0; i < picture->ordered.count; i++) {
		struct row *row = &sheet.rows[i];
		row->node = picture->ordered.items[i];
		draw_rails(&sheet, row);
		sheet.rail_columns = row->columns > sheet.rail_columns ? row->columns : sheet.rail_columns;
		sheet.name_columns = wider(sheet.name_columns, row->node->full_name, MAX_NAME_COLUMNS);
		sheet.kind_columns = wider(sheet.kind_columns, row->node->kind, MAX_KIND_COLUMNS);
	}
	if (options->width)
		fit_columns(&sheet, options->width);
	text_printf(out, "%s: %zu %s\n\n", picture->pipeline->name, picture->step_count, picture->step_count == 1 ? "step" : "steps");
	for (size_t i = 0; i < picture->ordered.count; i++)
		put_row(out, &sheet, &sheet.rows[i], options);
	arena_free(&arena);
}

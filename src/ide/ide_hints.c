#include "ide/ide_hints.h"

#include "base/printable.h"
#include "base/utf8.h"
#include "ide/ide.h"
#include "ide/ide_text.h"

#include <stdlib.h>

/* A step that a declaration makes: its own step, or a step in an instance of a component. */
struct made_step {
	const struct node *by;
	const char *name; /* in the definition */
	size_t index;     /* in the program */
};

struct hinter {
	struct program *program;
	struct arena *arena;
	const struct tree *tree;
	struct span span;
	unsigned wanted;
	struct ide_hints *hints;
	VEC(struct made_step) made; /* by declarations in the span, sorted by declaration */
	uint32_t valued_until;      /* the end of the last expression with a value hint: there are no others inside it */
	uint32_t deferred_until;    /* the end of the last deferred expression: there are no `deferred` hints inside it */
};

static bool wants(const struct hinter *hinter, enum ide_hint_kind kind)
{
	return hinter->wanted & 1u << kind;
}

static void add_hint(struct hinter *hinter, uint32_t offset, enum ide_hint_kind kind, const char *label, const char *tooltip)
{
	if (offset >= hinter->span.start && offset <= hinter->span.end)
		vec_push(hinter->arena, hinter->hints, ((struct ide_hint){offset, kind, label, tooltip}));
}

/* Adds the first line of a string. If it is long, keeps only its beginning and end, where URIs differ. */
static void put_short(struct text *out, const char *string)
{
	enum { LONGEST = 64, BEGINNING = 28, END = 35 };
	struct text first = {0}, line = {0};
	size_t length = strcspn(string, "\r\n");
	text_add(&first, string, length);
	printable_put(&line, text_string(&first));
	if (string[length])
		text_puts(&line, "…");
	if (line.length <= LONGEST) {
		text_add(out, text_string(&line), line.length);
	} else {
		size_t begin = BEGINNING, end = line.length - END;
		while (utf8_continues(line.bytes[begin]))
			begin--;
		while (utf8_continues(line.bytes[end]))
			end++;
		text_printf(out, "%.*s…%s", (int)begin, line.bytes, line.bytes + end);
	}
	text_free(&first);
	text_free(&line);
}

static const char *short_label(struct arena *arena, const char *before, const char *string)
{
	struct text label = {0};
	text_puts(&label, before);
	put_short(&label, string);
	return ide_take_text(arena, &label);
}

/* Whether an expression is in the body of a function, kind or component, which is evaluated once per call or instance: only the
 * last value is kept. */
static bool is_in_body(const struct node *node)
{
	while (node && node->kind != N_FUNCTION && node->kind != N_KIND && node->kind != N_COMPONENT)
		node = node->parent;
	return node != NULL;
}

/* Whether an expression may be evaluated several times, with different values. */
static bool is_varied(const struct node *node)
{
	if (is_in_body(node))
		return true;
	for (; node; node = node->parent)
		if (node->kind == N_DEFAULTS || node->kind == N_LIST_FOR || node->kind == N_OBJECT_FOR || node_child(node, ROLE_FAMILY))
			return true;
	return false;
}

/* --- types --- */

static bool is_literal(const struct node *node)
{
	return node->kind >= N_STRING && node->kind <= N_OBJECT;
}

/* The label for a list without a declared type, if all its elements have the same type; else NULL. */
static const char *list_label(struct arena *arena, const struct value *list)
{
	const struct type *type = list->count ? value_type(list->items[0]) : NULL;
	for (uint32_t i = 1; i < list->count && type; i++)
		type = value_type(list->items[i]) == type ? type : NULL;
	return type && type->kind != TYPE_ANY ? arena_printf(arena, ": List<%s>", type_text(arena, type)) : NULL;
}

static void hint_type(struct hinter *hinter, const struct node *let)
{
	const struct node *expression = node_child(let, ROLE_VALUE);
	const struct value *value = expression && !is_literal(expression) ? program_value(hinter->program, expression) : NULL;
	const struct type *type = value ? value_type(value) : NULL;
	const char *label = NULL;
	if (!type || node_child(let, ROLE_TYPE))
		return;
	if (value->kind == VALUE_STEP && value->step->kind)
		label = arena_printf(hinter->arena, ": %s", value->step->kind->name->text);
	else if (value->kind == VALUE_LIST && type->kind == TYPE_ANY)
		label = list_label(hinter->arena, value);
	else if (type->kind != TYPE_ANY)
		label = arena_printf(hinter->arena, ": %s", type_text(hinter->arena, type));
	if (label)
		add_hint(hinter, let->name_end, HINT_TYPE, label, NULL);
}

/* --- arguments --- */

static bool is_bare_literal(const struct node *argument)
{
	const struct node *value = node_child(argument, ROLE_VALUE);
	return argument->kind == N_ARGUMENT && !argument->word && value && is_literal(value);
}

/* Only calls with several bare literals get these hints: the purpose of a single one is clear. */
static void hint_parameter(struct hinter *hinter, const struct node *argument)
{
	size_t count = 0;
	if (!is_bare_literal(argument) || argument->parent->kind != N_CALL)
		return;
	for (const struct node *other = node_child(argument->parent, ROLE_ITEM); other; other = node_next(other))
		count += is_bare_literal(other);
	const struct node *parameter = count > 1 ? bind_parameter(hinter->program, argument) : NULL;
	if (parameter && parameter->word)
		add_hint(hinter, node_child(argument, ROLE_VALUE)->start, HINT_PARAMETER,
		         arena_printf(hinter->arena, "%s:", parameter->word->text), NULL);
}

/* --- steps --- */

static int compare_by_declaration(const void *a, const void *b)
{
	const struct made_step *left = a, *right = b;
	if (left->by != right->by)
		return left->by->start < right->by->start ? -1 : 1;
	return left->index < right->index ? -1 : 1;
}

static bool is_in_span(const struct hinter *hinter, const struct node *node)
{
	if (node->name_start > hinter->span.end || node->name_end < hinter->span.start)
		return false;
	return node_root(node) == hinter->tree->root;
}

static void collect_steps(struct hinter *hinter)
{
	const struct step_list *steps = &hinter->program->all_steps;
	for (size_t i = 0; i < steps->count; i++) {
		const struct step *step = steps->items[i];
		if (!step->step_name || step->is_absent)
			continue;
		if (is_in_span(hinter, step->node))
			vec_push(hinter->arena, &hinter->made, ((struct made_step){step->node, step->step_name->text, i}));
		for (const struct instance *instance = step->scope->instance; instance; instance = instance->outer->instance)
			if (is_in_span(hinter, instance->node))
				vec_push(hinter->arena, &hinter->made, ((struct made_step){instance->node, step->step_name->text, i}));
	}
	if (hinter->made.count)
		qsort(hinter->made.items, hinter->made.count, sizeof *hinter->made.items, compare_by_declaration);
}

/* The index of the first step that a declaration makes; `*count` is their number. */
static size_t find_made(const struct hinter *hinter, const struct node *by, size_t *count)
{
	const struct made_step *items = hinter->made.items;
	size_t low = 0, high = hinter->made.count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (items[middle].by->start < by->start)
			low = middle + 1;
		else
			high = middle;
	}
	for (*count = 0; low + *count < hinter->made.count && items[low + *count].by == by;)
		++*count;
	return low;
}

static void hint_names(struct hinter *hinter, const struct node *node)
{
	enum { SHOWN = 3, LISTED = 100 };
	const struct node *as = node_child(node, ROLE_AS), *family = node_child(node, ROLE_FAMILY);
	const struct word *name = as && as->kind == N_STRING ? as->word : node->word;
	size_t count, first = find_made(hinter, node, &count);
	const struct made_step *items = count ? &hinter->made.items[first] : NULL;
	if (!count || (count == 1 && name && strcmp(items->name, name->text) == 0))
		return;
	struct text label = {0}, all = {0};
	for (size_t i = 0; i < count && i < LISTED; i++) {
		text_printf(&all, "%s%s", i ? "\n" : "", items[i].name);
		if (i < SHOWN)
			text_printf(&label, "%s%s", i ? ", " : "→ ", items[i].name);
	}
	if (count > SHOWN)
		text_printf(&label, " and %zu more", count - SHOWN);
	const char *tooltip = ide_take_text(hinter->arena, &all);
	add_hint(hinter, as ? as->end : family ? family->end : node->name_end, HINT_NAMES, ide_take_text(hinter->arena, &label),
	         count > SHOWN ? tooltip : NULL);
}

/* --- values --- */

/* Whether a node reads a member of `Pipeline` and is not inside a template, where a hint would split the text. */
static bool is_of_pipeline(struct program *program, const struct node *member)
{
	bool is_alone = member->kind == N_MEMBER && member->parent->kind != N_TEMPLATE;
	const struct value *space = is_alone ? bind_value(program, node_child(member, ROLE_LEFT)) : NULL;
	return space && space->kind == VALUE_SPACE && space->space == SPACE_PIPELINE;
}

/* Adds a hint with the text that an expression computes, but none for parts of that expression. */
static void hint_value(struct hinter *hinter, const struct node *node)
{
	bool is_computed = node->kind == N_CALL || node->kind == N_TEMPLATE || is_of_pipeline(hinter->program, node);
	const struct value *value = is_computed && node->start >= hinter->valued_until ? program_value(hinter->program, node) : NULL;
	if (!value || value->kind != VALUE_STRING || !value->word->length || is_varied(node))
		return;
	const char *label = short_label(hinter->arena, "= ", value->word->text);
	add_hint(hinter, node->end, HINT_VALUE, label, strcmp(label + 2, value->word->text) == 0 ? NULL : value->word->text);
	hinter->valued_until = node->end;
}

/* Whether an expression names something that is obviously deferred: a parameter, a step or a built-in object. */
static bool shows_deferral(struct program *program, const struct node *expression)
{
	for (const struct node *node = expression; node; node = ide_following_in(expression, node)) {
		const struct node *declaration = node->kind == N_NAME ? bind_declaration(program, node) : NULL;
		const struct value *value = node->kind == N_NAME ? program_value(program, node) : NULL;
		if (declaration && (declaration->kind == N_PARAM || (node_is_unit(declaration) && declaration->kind != N_USE)))
			return true;
		if (value && value->kind == VALUE_SPACE)
			return true;
	}
	return false;
}

/* Adds a hint to the value of a let, field or argument if it is deferred and does not look so. */
static void hint_deferred(struct hinter *hinter, const struct node *holder)
{
	const struct node *expression = node_child(holder, ROLE_VALUE);
	const struct value *value = expression ? program_value(hinter->program, expression) : NULL;
	if (!value || expression->start < hinter->deferred_until || !value_is_deferred(value) || is_in_body(holder))
		return;
	hinter->deferred_until = expression->end;
	if (!shows_deferral(hinter->program, expression))
		add_hint(hinter, expression->end, HINT_DEFERRED, "deferred",
		         arena_printf(hinter->arena, "deferred value: %s", value_noun(hinter->arena, value)));
}

/* --- all of them --- */

static void hint_node(struct hinter *hinter, const struct node *node)
{
	bool is_holder = node->kind == N_LET || node->kind == N_FIELD || node->kind == N_ARGUMENT;
	if (node->kind == N_LET && wants(hinter, HINT_TYPE))
		hint_type(hinter, node);
	if (node->kind == N_ARGUMENT && wants(hinter, HINT_PARAMETER))
		hint_parameter(hinter, node);
	if (node_is_unit(node) && wants(hinter, HINT_NAMES))
		hint_names(hinter, node);
	if (is_holder && wants(hinter, HINT_DEFERRED))
		hint_deferred(hinter, node);
	if (wants(hinter, HINT_VALUE))
		hint_value(hinter, node);
}

void ide_list_hints(struct program *program, struct arena *arena, const struct tree *tree, struct span span, unsigned wanted,
                    struct ide_hints *hints)
{
	struct hinter hinter = {.program = program, .arena = arena, .tree = tree, .span = span, .wanted = wanted, .hints = hints};
	if (wants(&hinter, HINT_NAMES))
		collect_steps(&hinter);
	for (const struct node *node = tree->root; (node = ide_following_near(node, span));)
		hint_node(&hinter, node);
}

#include "ide/actions/ide_extract.h"

#include "eval/resolve.h"
#include "ide/bind.h"
#include "ide/ide_text.h"

#include <ctype.h>
#include <string.h>

/* --- the selection --- */

/* The selected expression, which may be selected with or without its parentheses; at a cursor, the innermost expression around it. NULL
 * when there is none. `*replaced` is the span to replace. */
static const struct node *find_selected(const struct ide_actions *actions, struct span *replaced)
{
	struct span span = ide_trim(actions->tree->file->text, actions->range);
	const struct node *node = node_at(actions->tree, span.start);
	if (span.start == span.end) {
		while (node && !ide_is_expression(actions, node))
			node = node->parent;
		*replaced = node ? node_span(node) : span;
		return node;
	}
	for (; node; node = node->parent) {
		struct span inner = node_span(node), outer = ide_outer_span(actions, node);
		bool is_inner = inner.start == span.start && inner.end == span.end;
		*replaced = is_inner ? inner : outer;
		if (ide_is_expression(actions, node) && (is_inner || (outer.start == span.start && outer.end == span.end)))
			return node;
	}
	return NULL;
}

/* --- names --- */

struct name_search {
	const char *name;
	bool is_taken;
};

static void compare_name(void *context, const struct word *name, const struct node *declaration)
{
	(void)declaration;
	struct name_search *search = context;
	search->is_taken |= strcmp(search->name, name->text) == 0;
}

/* A name that is neither reserved nor in scope at a node: the wanted one, with a number after it if necessary. */
static const char *free_name(const struct ide_actions *actions, const struct node *node, const char *wanted)
{
	const struct word *word = names_word(&actions->program->world->names, wanted);
	struct name_search search = {wanted, resolve_is_reserved(word)};
	bind_visit_values(actions->program, node, compare_name, &search);
	for (unsigned i = 2; search.is_taken; i++) {
		search = (struct name_search){arena_printf(actions->arena, "%s%u", wanted, i), false};
		bind_visit_values(actions->program, node, compare_name, &search);
	}
	return search.name;
}

/* A name for an expression: of the member that it reads, or of the field or argument around it. */
static const char *name_of(const struct node *node)
{
	if (node->kind == N_MEMBER && node->word)
		return node->word->text;
	for (; node && node->kind != N_PIPELINE && node->kind != N_FILE; node = node->parent)
		if ((node->kind == N_FIELD || node->kind == N_ARGUMENT) && node->word &&
		    names_is_identifier(node->word->text, node->word->length))
			return node->word->text;
	return "value";
}

/* The name in camel case: `imageUri` for `ImageUri`, `vpcConfig` for `VPCConfig`. If `is_capital`, the name with a capital first
 * letter, for a parameter. */
static const char *change_case(struct arena *arena, const char *name, bool is_capital)
{
	char *copy = arena_copy(arena, name, strlen(name));
	if (is_capital)
		copy[0] = (char)toupper((unsigned char)copy[0]);
	for (char *at = copy; !is_capital && isupper((unsigned char)*at); at++)
		if (at == copy || !islower((unsigned char)at[1]))
			*at = (char)tolower((unsigned char)*at);
		else
			break;
	return copy;
}

/* --- the place of the new declaration --- */

/* Whether an expression, or a function that it calls, refers to `Step`. `budget` limits the nodes to visit, because functions may
 * call each other; when it is used up, returns true. */
static bool refers_to_step(struct program *program, const struct node *node, unsigned *budget)
{
	if (!*budget || (node->kind == N_NAME && node->word == program->world->word.step))
		return true;
	--*budget;
	const struct node *callee = node->kind == N_CALL ? bind_callee(program, node) : NULL;
	if (callee && refers_to_step(program, callee, budget))
		return true;
	for (const struct node *child = node->first; child; child = child->next)
		if (refers_to_step(program, child, budget))
			return true;
	return false;
}

/* Whether the expression `whole` (of which `node` is a part) refers to a declaration inside `item` but outside the expression. */
static bool refers_inside(struct program *program, const struct node *node, const struct node *whole, const struct node *item)
{
	const struct node *declaration = node->kind == N_NAME ? bind_declaration(program, node) : NULL;
	if (declaration && declaration != item && node_is_within(declaration, item) && !node_is_within(declaration, whole))
		return true;
	for (const struct node *child = node->first; child; child = child->next)
		if (refers_inside(program, child, whole, item))
			return true;
	return false;
}

/* Whether a `let` may be inserted before a node: it is at the top level, in a branch, or in the body of a component or kind. */
static bool takes_let_before(const struct node *item)
{
	const struct node *block = item->parent;
	if (block->kind == N_FILE)
		return true;
	const struct node *owner = block->kind == N_BLOCK ? block->parent : NULL;
	return owner && item->kind != N_FIELD &&
	       (owner->kind == N_ARM || owner->kind == N_FOREACH || owner->kind == N_COMPONENT || owner->kind == N_KIND);
}

/* The outermost declaration around an expression before which a `let` may be inserted with all names of the expression in scope. NULL
 * when there is none, or when the expression refers to `Step`. */
static const struct node *find_item(const struct ide_actions *actions, const struct node *node)
{
	const struct node *best = NULL;
	unsigned budget = 10000;
	if (refers_to_step(actions->program, node, &budget))
		return NULL;
	for (const struct node *item = node; item->parent; item = item->parent) {
		if (item->kind == N_SHAPE || item->kind == N_ENUM || item->kind == N_TYPE || item->kind == N_TYPE_REF)
			return NULL;
		if (takes_let_before(item) && !refers_inside(actions->program, node, node, item))
			best = item;
	}
	return best;
}

/* The start of a declaration's line, or of the comment lines directly above it; the declaration's own start if other code precedes it
 * on its line. */
static uint32_t start_above(const struct ide_actions *actions, const struct node *item)
{
	const char *text = actions->tree->file->text;
	uint32_t at = item->start;
	while (at > 0 && strchr(" \t", text[at - 1]))
		at--;
	if (at > 0 && text[at - 1] != '\n')
		return item->start;
	while (at > 0) {
		uint32_t line = source_line_start(actions->tree->file, at - 1);
		if (strncmp(text + line + strspn(text + line, " \t"), "//", 2) != 0)
			break;
		at = line;
	}
	return at;
}

/* A text with the indentation of its lines, except the first, reduced by the difference of `from` and `to`. */
static const char *outdented(const struct ide_actions *actions, const char *text, const char *from, const char *to)
{
	size_t surplus = strlen(from) > strlen(to) ? strlen(from) - strlen(to) : 0;
	if (!surplus || strstr(text, "\"\"\""))
		return text;
	const char *all = "";
	for (const char *line = text; line;) {
		const char *end = strchr(line, '\n');
		size_t blanks = line == text ? 0 : strspn(line, " \t");
		line += blanks < surplus ? blanks : line == text ? 0 : surplus;
		all = arena_printf(actions->arena, "%s%.*s", all, end ? (int)(end + 1 - line) : (int)strlen(line), line);
		line = end ? end + 1 : NULL;
	}
	return all;
}

/* --- extraction --- */

struct extraction {
	const struct node *node; /* the expression */
	struct span replaced;    /* by the name: its span, or the selection with its parentheses */
	const struct node *item; /* the new declaration goes before this one */
};

/* Adds the action that extracts to a declaration with this keyword. `type` is "" or ": Type". `wanted` is the name before its case is
 * changed and it is made unique. */
static void extract(struct ide_actions *actions, const struct extraction *extraction, const char *keyword, const char *type,
                    const char *wanted, bool is_capital)
{
	struct arena *arena = actions->arena;
	const struct node *node = extraction->node, *item = extraction->item;
	const char *name = free_name(actions, node, change_case(arena, wanted, is_capital));
	uint32_t at = start_above(actions, item);
	const char *indent = ide_indent(actions, item->start);
	const char *value = outdented(actions, ide_copy_expression(actions, node), ide_indent(actions, node->start), indent);
	bool needs_gap = item->kind != N_LET && item->kind != N_PARAM && item->kind != N_CONFIG && item->parent->kind == N_FILE;
	struct ide_action *action = ide_add_action(actions, IDE_EXTRACT, "Extract to %s `%s`", keyword, name);
	ide_add_edit(actions, action, span_of(at, at),
	             at < item->start || !*indent
	             ? arena_printf(arena, "%s%s %s%s = %s\n%s", indent, keyword, name, type, value, needs_gap ? "\n" : "")
	             : arena_printf(arena, "%s %s%s = %s\n%s", keyword, name, type, value, indent));
	ide_add_edit(actions, action, extraction->replaced, name);
}

/* The type with which to declare a constant scalar; NULL for any other expression. */
static const char *scalar_type(struct program *program, const struct node *node)
{
	static const char *const names[] = {
		[TYPE_STRING] = "String", [TYPE_ENUM] = "String", [TYPE_INTEGER] = "Integer", [TYPE_FLOAT] = "Float",
		[TYPE_BOOLEAN] = "Boolean",
	};
	const struct value *value = bind_value(program, node);
	if (!value || !value_is_constant_scalar(value))
		return NULL;
	const struct type *expected = bind_expected(program, node), *own = value_type(value);
	bool is_widened = expected && expected->kind == TYPE_FLOAT && value->kind == VALUE_NUMBER;
	unsigned kind = is_widened ? TYPE_FLOAT : own->kind;
	return kind < sizeof names / sizeof *names ? names[kind] : NULL;
}

/* Whether the place of an expression takes a deferred value: it is in a field of a step or of `defaults`, and not the value of the
 * member that names the elements of a list. */
static bool takes_deferred(struct program *program, const struct node *node)
{
	const struct type *type = bind_expected(program, node);
	if (!type || type->is_literal)
		return false;
	for (const struct node *at = node->parent; at; at = at->parent) {
		type = at->kind == N_OBJECT || at->kind == N_LIST ? bind_expected(program, at) : NULL;
		if (type && (type->is_literal || (type->kind == TYPE_LIST && type->by && type->by == node->parent->word)))
			return false;
		if (at->kind == N_BLOCK)
			return at->parent && (at->parent->kind == N_STEP || at->parent->kind == N_DEFAULTS);
		if (at->kind != N_FIELD && at->kind != N_OBJECT && at->kind != N_LIST)
			return false;
	}
	return false;
}

void ide_list_extractions(struct ide_actions *actions)
{
	struct extraction extraction = {0};
	const struct node *node = extraction.node = find_selected(actions, &extraction.replaced);
	if (!node || node->kind == N_NAME || node->kind == N_ERROR)
		return;
	extraction.item = find_item(actions, node);
	if (!extraction.item || (extraction.item->kind == N_LET && node->parent == extraction.item))
		return;
	const char *name = name_of(node);
	extract(actions, &extraction, "let", "", name, false);
	const char *type = scalar_type(actions->program, node);
	if (!type || extraction.item->parent->kind != N_FILE)
		return;
	type = arena_printf(actions->arena, ": %s", type);
	if (takes_deferred(actions->program, node))
		extract(actions, &extraction, "param", type, name, true);
	if (extraction.item->kind != N_PARAM && extraction.item->kind != N_CONFIG)
		extract(actions, &extraction, "config", type, name, false);
}

/* --- inlining --- */

struct name_meaning {
	const struct word *name;
	const struct node *declaration; /* the innermost one, which is visited first */
};

static void note_meaning(void *context, const struct word *name, const struct node *declaration)
{
	struct name_meaning *meaning = context;
	if (name == meaning->name && !meaning->declaration)
		meaning->declaration = declaration;
}

/* Whether each name in the value `whole` (of which `node` is a part) refers to the same declaration at another place. */
static bool means_the_same(struct program *program, const struct node *node, const struct node *whole, const struct node *place)
{
	bool is_callee = node->role == ROLE_LEFT && node->parent->kind == N_CALL;
	const struct node *declaration = node->kind == N_NAME && !is_callee ? bind_declaration(program, node) : NULL;
	if (declaration && !node_is_within(declaration, whole)) {
		struct name_meaning there = {node->word, NULL};
		bind_visit_values(program, place, note_meaning, &there);
		if (there.declaration != declaration)
			return false;
	}
	for (const struct node *child = node->first; child; child = child->next)
		if (!means_the_same(program, child, whole, place))
			return false;
	return true;
}

/* The text that replaces a reference to a let: its value, in parentheses if necessary. NULL when the value cannot stand there. */
static const char *inlined(const struct ide_actions *actions, const struct node *value, const struct node *reference)
{
	const struct node *parent = reference->parent;
	const char *text = ide_copy_expression(actions, value);
	bool is_operand = ide_is_operation(parent) || parent->kind == N_MEMBER || parent->kind == N_INDEX;
	if ((parent->kind == N_TEMPLATE && strchr(text, '\n')) || !means_the_same(actions->program, value, value, reference))
		return NULL;
	return ide_is_operation(value) && is_operand && *text != '(' ? arena_printf(actions->arena, "(%s)", text) : text;
}

/* Sets `*span` to the lines of a declaration. False if anything else is on them, or if a comment is on them or directly above. */
static bool own_lines(const struct ide_actions *actions, const struct node *let, struct span *span)
{
	const char *text = actions->tree->file->text;
	uint32_t start = start_above(actions, let), end = let->end + (uint32_t)strspn(text + let->end, " \t\r");
	*span = span_of(start, end + (text[end] == '\n'));
	return (start == 0 || text[start - 1] == '\n') && (text[end] == '\n' || !text[end]) && !ide_has_comment(actions, *span);
}

/* Adds the action that replaces each reference to a let by its value and removes the let. It is not offered in a file without a
 * pipeline, because files that import it may refer to the let. */
static void inline_everywhere(struct ide_actions *actions, const struct node *let, const struct node *value)
{
	struct bindings bindings = {0};
	struct span lines;
	bool is_root = actions->program->pipeline.node && actions->tree->root == let->parent;
	if (!is_root || !own_lines(actions, let, &lines))
		return;
	struct ide_action draft = {0};
	ide_add_edit(actions, &draft, lines, "");
	bind_list(actions->program, actions->arena, actions->tree, &bindings);
	for (size_t i = 0; i < bindings.count; i++) {
		const struct node *reference = bindings.items[i].node;
		if (bindings.items[i].declaration != let || reference == let)
			continue;
		const char *text = ide_is_expression(actions, reference) ? inlined(actions, value, reference) : NULL;
		if (!text)
			return;
		ide_add_edit(actions, &draft, bindings.items[i].span, text);
	}
	if (draft.edits.count > 1)
		ide_add_action(actions, IDE_INLINE, "Inline `%s`", let->word->text)->edits = draft.edits;
}

void ide_list_inlines(struct ide_actions *actions)
{
	const struct node *node = node_at(actions->tree, actions->range.start);
	const struct node *let = node->kind == N_NAME || node->kind == N_LET ? bind_declaration(actions->program, node) : NULL;
	const struct node *value = let && let->kind == N_LET ? node_child(let, ROLE_VALUE) : NULL;
	if (!value || value->kind == N_ERROR || actions->range.end > node->end || node_child(let, ROLE_TYPE) ||
	    program_tree(actions->program, let) != actions->tree)
		return;
	if (node == let) {
		if (actions->range.start >= let->name_start && actions->range.end <= let->name_end)
			inline_everywhere(actions, let, value);
		return;
	}
	bool can_replace = ide_is_expression(actions, node) && !ide_has_comment(actions, node_span(value));
	const char *text = can_replace ? inlined(actions, value, node) : NULL;
	if (!text)
		return;
	struct ide_action *action = ide_add_action(actions, IDE_INLINE, "Inline `%s` here", let->word->text);
	ide_add_edit(actions, action, node_span(node), text);
}

#include "ide/actions/ide_extract.h"

#include "ide/bind.h"

#include <ctype.h>
#include <string.h>

/* --- what is selected --- */

/* The range without blanks at its ends. */
static struct span trimmed(const struct ide_actions *actions)
{
	struct span span = actions->range;
	const char *text = actions->tree->file->text;
	while (span.start < span.end && isspace((unsigned char)text[span.start]))
		span.start++;
	while (span.end > span.start && isspace((unsigned char)text[span.end - 1]))
		span.end--;
	return span;
}

/* The expression that is selected, with or without its parentheses, or around the place that is; NULL when there is none. */
static const struct node *selected(const struct ide_actions *actions, struct span *replaced)
{
	struct span span = trimmed(actions);
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

static bool is_reserved(const char *name)
{
	static const char *const objects[] = {"Pipeline", "Execution", "Step", "PipelineExperimentConfig"};
	for (int i = KEYWORD_NONE + 1; i < KEYWORD_LAST_RESERVED; i++)
		if (strcmp(token_keyword_text((enum keyword)i), name) == 0)
			return true;
	for (size_t i = 0; i < sizeof objects / sizeof *objects; i++)
		if (strcmp(objects[i], name) == 0)
			return true;
	return false;
}

static const char *free_name(const struct ide_actions *actions, const struct node *node, const char *wanted)
{
	struct name_search search = {wanted, is_reserved(wanted)};
	bind_visit_values(actions->program, node, compare_name, &search);
	for (unsigned i = 2; search.is_taken; i++) {
		search = (struct name_search){arena_printf(actions->arena, "%s%u", wanted, i), false};
		bind_visit_values(actions->program, node, compare_name, &search);
	}
	return search.name;
}

/* What the expression is called where it stands: its member, or the field or argument around it. */
static const char *name_of(const struct node *node)
{
	if (node->kind == N_MEMBER && node->word)
		return node->word->text;
	for (; node; node = node->parent)
		if ((node->kind == N_FIELD || node->kind == N_ARGUMENT) && node->word && names_is_identifier(node->word->text, node->word->length))
			return node->word->text;
		else if (node->kind == N_PIPELINE || node->kind == N_FILE)
			break;
	return "value";
}

/* `ImageUri` as `imageUri`, `VPCConfig` as `vpcConfig`; or, for a parameter, with a capital. */
static const char *in_case(struct arena *arena, const char *name, bool is_capital)
{
	char *own = arena_copy(arena, name, strlen(name));
	if (is_capital)
		own[0] = (char)toupper((unsigned char)own[0]);
	for (char *at = own; !is_capital && isupper((unsigned char)*at); at++)
		if (at == own || !islower((unsigned char)at[1]))
			*at = (char)tolower((unsigned char)*at);
		else
			break;
	return own;
}

/* --- where a declaration may go --- */

static bool is_within(const struct node *inner, const struct node *outer)
{
	while (inner && inner != outer)
		inner = inner->parent;
	return inner != NULL;
}

/* Whether an expression, or a function that it calls, asks for the step around. `budget` is what may still be looked at:
 * functions call each other. In doubt it does. */
static bool asks_for_step(struct program *program, const struct node *node, unsigned *budget)
{
	if (!*budget || (node->kind == N_NAME && node->word == program->world->word.step))
		return true;
	--*budget;
	const struct node *callee = node->kind == N_CALL ? bind_callee(program, node) : NULL;
	if (callee && asks_for_step(program, callee, budget))
		return true;
	for (const struct node *child = node->first; child; child = child->next)
		if (asks_for_step(program, child, budget))
			return true;
	return false;
}

/* Whether names in an expression mean what a part of `item` outside of it declares. */
static bool depends_on_inside(struct program *program, const struct node *node, const struct node *whole, const struct node *item)
{
	const struct node *declaration = node->kind == N_NAME ? bind_declaration(program, node) : NULL;
	if (declaration && declaration != item && is_within(declaration, item) && !is_within(declaration, whole))
		return true;
	for (const struct node *child = node->first; child; child = child->next)
		if (depends_on_inside(program, child, whole, item))
			return true;
	return false;
}

/* Whether lets may stand beside a declaration: at the top, in a branch, in the body of a component or kind. */
static bool is_beside_lets(const struct node *item)
{
	const struct node *block = item->parent;
	if (block->kind == N_FILE)
		return true;
	const struct node *owner = block->kind == N_BLOCK ? block->parent : NULL;
	return owner && item->kind != N_FIELD && (owner->kind == N_ARM || owner->kind == N_COMPONENT || owner->kind == N_KIND);
}

/* The outermost declaration around an expression before which everything that the expression names is known. */
static const struct node *find_item(const struct ide_actions *actions, const struct node *node)
{
	const struct node *best = NULL;
	unsigned budget = 10000;
	if (asks_for_step(actions->program, node, &budget))
		return NULL;
	for (const struct node *item = node; item->parent; item = item->parent) {
		if (item->kind == N_SHAPE || item->kind == N_ENUM || item->kind == N_TYPE || item->kind == N_TYPE_REF)
			return NULL;
		if (is_beside_lets(item) && !depends_on_inside(actions->program, node, node, item))
			best = item;
	}
	return best;
}

/* The start of the line of a declaration, or of the comments right above it; its own start when something is before it. */
static uint32_t start_above(const struct ide_actions *actions, const struct node *item)
{
	const char *text = actions->tree->file->text;
	uint32_t at = item->start;
	while (at > 0 && strchr(" \t", text[at - 1]))
		at--;
	if (at > 0 && text[at - 1] != '\n')
		return item->start;
	while (at > 0) {
		uint32_t line = at - 1;
		while (line > 0 && text[line - 1] != '\n')
			line--;
		if (strncmp(text + line + strspn(text + line, " \t"), "//", 2) != 0)
			break;
		at = line;
	}
	return at;
}

/* Text that stood deeper, moved to the indentation of its declaration. */
static const char *moved(const struct ide_actions *actions, const char *text, const char *from, const char *to)
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
	const struct node *node;
	struct span replaced;
	const struct node *item;
};

static void extract(struct ide_actions *actions, const struct extraction *extraction, const char *keyword, const char *type,
                    const char *case_of, bool is_capital)
{
	struct arena *arena = actions->arena;
	const struct node *node = extraction->node, *item = extraction->item;
	const char *name = free_name(actions, node, in_case(arena, case_of, is_capital));
	uint32_t at = start_above(actions, item);
	const char *indent = ide_indent(actions, item->start);
	const char *value = moved(actions, ide_copy_expression(actions, node), ide_indent(actions, node->start), indent);
	bool is_beside_its_like = item->kind == N_LET || item->kind == N_PARAM || item->kind == N_CONFIG || item->parent->kind != N_FILE;
	struct ide_action *action = ide_add_action(actions, IDE_EXTRACT, "Extract to %s `%s`", keyword, name);
	ide_add_edit(actions, action, span_of(at, at),
	             at < item->start || !*indent
	             ? arena_printf(arena, "%s%s %s%s = %s\n%s", indent, keyword, name, type, value, is_beside_its_like ? "" : "\n")
	             : arena_printf(arena, "%s %s%s = %s\n%s", keyword, name, type, value, indent));
	ide_add_edit(actions, action, extraction->replaced, name);
}

/* What a constant scalar is to be declared as; NULL when it is none. */
static const char *scalar_type(struct program *program, const struct node *node)
{
	static const char *const names[] = {
		[TYPE_STRING] = "String", [TYPE_ENUM] = "String", [TYPE_INTEGER] = "Integer", [TYPE_FLOAT] = "Float", [TYPE_BOOLEAN] = "Boolean"
	};
	const struct value *value = bind_value(program, node);
	if (!value || !value_is_constant_scalar(value))
		return NULL;
	const struct type *expected = bind_expected(program, node), *own = value_type(value);
	bool is_widened = expected && expected->kind == TYPE_FLOAT && value->kind == VALUE_NUMBER;
	unsigned kind = is_widened ? TYPE_FLOAT : own->kind;
	return kind < sizeof names / sizeof *names ? names[kind] : NULL;
}

/* Whether a value may be deferred where an expression stands: in the fields of a step, and no key of a list there. */
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
	const struct node *node = extraction.node = selected(actions, &extraction.replaced);
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
	const struct node *declaration; /* what it means: the innermost comes first */
};

static void note_meaning(void *context, const struct word *name, const struct node *declaration)
{
	struct name_meaning *meaning = context;
	if (name == meaning->name && !meaning->declaration)
		meaning->declaration = declaration;
}

/* Whether each name in a value means the same at another place. */
static bool means_the_same(struct program *program, const struct node *node, const struct node *whole, const struct node *place)
{
	bool is_callee = node->role == ROLE_LEFT && node->parent->kind == N_CALL;
	const struct node *declaration = node->kind == N_NAME && !is_callee ? bind_declaration(program, node) : NULL;
	if (declaration && !is_within(declaration, whole)) {
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

/* The value of a let as it is written at a use; NULL when it cannot be. */
static const char *inlined(const struct ide_actions *actions, const struct node *value, const struct node *use)
{
	const struct node *parent = use->parent;
	const char *text = ide_copy_expression(actions, value);
	bool is_open = value->kind == N_BINARY || value->kind == N_UNARY || value->kind == N_TERNARY;
	bool is_operand = parent->kind == N_BINARY || parent->kind == N_UNARY || parent->kind == N_TERNARY || parent->kind == N_MEMBER ||
	                  parent->kind == N_INDEX;
	if ((parent->kind == N_TEMPLATE && strchr(text, '\n')) || !means_the_same(actions->program, value, value, use))
		return NULL;
	return is_open && is_operand && *text != '(' ? arena_printf(actions->arena, "(%s)", text) : text;
}

static bool is_use(const struct ide_actions *actions, const struct binding *binding, const struct node *let)
{
	return binding->declaration == let && binding->node != let && ide_is_expression(actions, binding->node);
}

/* The lines of a declaration, if nothing else stands on them or right above. */
static bool own_lines(const struct ide_actions *actions, const struct node *let, struct span *span)
{
	const char *text = actions->tree->file->text;
	uint32_t start = start_above(actions, let), end = let->end + (uint32_t)strspn(text + let->end, " \t\r");
	*span = span_of(start, end + (text[end] == '\n'));
	return (start == 0 || text[start - 1] == '\n') && (text[end] == '\n' || !text[end]) && !ide_has_comment(actions, *span);
}

/* At the name of a let: each use becomes its value, and the let goes. Only in a file that is no library for others. */
static void inline_everywhere(struct ide_actions *actions, const struct node *let, const struct node *value)
{
	struct bindings bindings = {0};
	struct span lines;
	bool is_root = actions->program->pipeline.node && actions->tree->root == let->parent;
	if (!is_root || !own_lines(actions, let, &lines))
		return;
	struct ide_actions draft = *actions;
	draft.first = draft.last = NULL;
	struct ide_action *action = ide_add_action(&draft, IDE_INLINE, "Inline `%s`", let->word->text);
	ide_add_edit(&draft, action, lines, "");
	bind_list(actions->program, actions->arena, actions->tree, &bindings);
	for (size_t i = 0; i < bindings.count; i++) {
		if (bindings.items[i].declaration != let || bindings.items[i].node == let)
			continue;
		const char *text = is_use(actions, &bindings.items[i], let) ? inlined(actions, value, bindings.items[i].node) : NULL;
		if (!text)
			return;
		ide_add_edit(&draft, action, bindings.items[i].span, text);
	}
	if (action->edits.count < 2)
		return;
	if (actions->last)
		actions->last->next = action;
	else
		actions->first = action;
	actions->last = action;
}

void ide_list_inlines(struct ide_actions *actions)
{
	const struct node *node = node_at(actions->tree, actions->range.start);
	const struct node *let = node->kind == N_NAME || node->kind == N_LET ? bind_declaration(actions->program, node) : NULL;
	const struct node *value = let && let->kind == N_LET ? node_child(let, ROLE_VALUE) : NULL;
	if (!value || value->kind == N_ERROR || actions->range.end > node->end || node_child(let, ROLE_TYPE) || program_tree(actions->program, let) != actions->tree)
		return;
	if (node == let) {
		if (actions->range.start >= let->name_start && actions->range.end <= let->name_end)
			inline_everywhere(actions, let, value);
		return;
	}
	const char *text = ide_is_expression(actions, node) && !ide_has_comment(actions, node_span(value)) ? inlined(actions, value, node) : NULL;
	if (!text)
		return;
	struct ide_action *action = ide_add_action(actions, IDE_INLINE, "Inline `%s` here", let->word->text);
	ide_add_edit(actions, action, node_span(node), text);
}

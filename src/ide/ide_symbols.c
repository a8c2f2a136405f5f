#include "ide/ide_symbols.h"

#include "base/utf8.h"
#include "ide/bind.h"
#include "ide/ide_text.h"

struct outline {
	struct arena *arena;
	const struct tree *tree;
	struct ide_symbol root;
};

/* The text of a child node on one line, cut when it is long. */
static const char *child_text(const struct outline *outline, const struct node *node, enum node_role role)
{
	enum { LONGEST = 60 };
	const struct node *child = node_child(node, role);
	struct text line = {0};
	size_t end = LONGEST;
	if (!child)
		return "";
	ide_put_on_one_line(&line, outline->tree->file->text, node_span(child));
	while (end < line.length && utf8_continues(line.bytes[end]))
		end++;
	if (end < line.length) {
		line.length = end;
		text_puts(&line, "...");
	}
	return ide_take_text(outline->arena, &line);
}

static const char *names_text(const struct outline *outline, const struct node *node, enum node_role role)
{
	const char *list = "";
	for (const struct node *child = node_child(node, role); child; child = node_next(child))
		if (child->word)
			list = arena_printf(outline->arena, "%s%s%s", list, *list ? ", " : "", child->word->text);
	return list;
}

static const char *detail_of(const struct outline *outline, const struct node *node)
{
	switch (node->kind) {
	case N_PARAM:
	case N_CONFIG:
	case N_LET:
	case N_MEMBER_DECL:
	case N_OUTPUT:
	case N_TYPE:
		return child_text(outline, node, ROLE_TYPE);
	case N_STEP:
	case N_USE:
	case N_KIND:
		return child_text(outline, node, ROLE_KIND);
	case N_PROPERTY_FILE:
		return child_text(outline, node, ROLE_AT);
	case N_FUNCTION:
	case N_COMPONENT:
		return arena_printf(outline->arena, "(%s)", names_text(outline, node, ROLE_PARAMETER));
	case N_DEFAULTS:
		return names_text(outline, node, ROLE_ITEM);
	default:
		return "";
	}
}

static struct ide_symbol *add_symbol(struct outline *outline, struct ide_symbol *outer, const struct node *node, const char *name,
                                     struct span span)
{
	struct ide_symbol *symbol = arena_new(outline->arena, struct ide_symbol);
	*symbol = (struct ide_symbol){.name = name, .detail = detail_of(outline, node), .node = node, .name_span = span, .outer = outer};
	if (outer->last)
		outer->last->next = symbol;
	else
		outer->first = symbol;
	outer->last = symbol;
	return symbol;
}

static void add_item(struct outline *outline, struct ide_symbol *outer, const struct node *node);

static void add_items(struct outline *outline, struct ide_symbol *outer, const struct node *block)
{
	for (const struct node *item = node_child(block, ROLE_ITEM); item; item = node_next(item))
		add_item(outline, outer, item);
}

/* Adds the branches of a condition, each named by its expression. */
static void add_arms(struct outline *outline, struct ide_symbol *condition)
{
	bool is_first = true;
	for (const struct node *arm = node_child(condition->node, ROLE_ARM); arm; arm = node_next(arm), is_first = false) {
		const char *expression = child_text(outline, arm, ROLE_CONDITION), *name = is_first ? "if" : "else";
		if (*expression)
			name = arena_printf(outline->arena, is_first ? "if %s" : "else if %s", expression);
		struct ide_symbol *symbol = add_symbol(outline, condition, arm, name, span_of(arm->start, arm->start));
		add_items(outline, symbol, node_child(arm, ROLE_BLOCK));
	}
}

static bool is_outlined(const struct node *node)
{
	return (node->kind >= N_PARAM && node->kind <= N_TYPE && node->kind != N_ASSERT && node->kind != N_ARM &&
	        node->kind != N_FAMILY && node->kind != N_PARAMETER) ||
	       node->kind == N_PROPERTY_FILE || node->kind == N_OUTPUT || node->kind == N_MEMBER_DECL;
}

static void add_contents(struct outline *outline, struct ide_symbol *symbol)
{
	const struct node *node = symbol->node;
	add_items(outline, symbol, node_child(node, ROLE_BLOCK));
	add_arms(outline, symbol);
	if (node->kind == N_SHAPE)
		add_items(outline, symbol, node_child(node, ROLE_BODY));
	for (const struct node *value = node->kind == N_ENUM ? node_child(node, ROLE_ITEM) : NULL; value; value = node_next(value))
		if (value->kind == N_STRING && value->word && value->word->length)
			add_symbol(outline, symbol, value, value->word->text, bind_name_span(outline->tree, value));
}

static void add_item(struct outline *outline, struct ide_symbol *outer, const struct node *node)
{
	struct span span = bind_name_span(outline->tree, node);
	const struct node *name = node_child(node, ROLE_NAME);
	struct ide_symbol *symbol = NULL;
	bool has_text = name && name->kind == N_STRING && name->word->length;
	if (node->kind == N_PIPELINE)
		symbol = add_symbol(outline, outer, node, has_text ? name->word->text : "pipeline",
		                    name ? node_span(name) : span_of(node->start, node->start));
	else if (node->kind == N_DEFAULTS)
		symbol = add_symbol(outline, outer, node, "defaults", span_of(node->start, node->start));
	else if (is_outlined(node) && node->word && node->word->length && span.end > span.start)
		symbol = add_symbol(outline, outer, node, node->word->text, span);
	if (symbol)
		add_contents(outline, symbol);
}

struct ide_symbol *ide_symbols(struct arena *arena, const struct tree *tree)
{
	struct outline outline = {.arena = arena, .tree = tree};
	add_items(&outline, &outline.root, tree->root);
	for (struct ide_symbol *symbol = outline.root.first; symbol; symbol = symbol->next)
		symbol->outer = NULL;
	return outline.root.first;
}

struct ide_symbol *ide_symbol_next(struct ide_symbol *symbol)
{
	if (symbol->first)
		return symbol->first;
	while (symbol && !symbol->next)
		symbol = symbol->outer;
	return symbol ? symbol->next : NULL;
}

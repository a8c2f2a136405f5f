#include "syntax/build.h"

#include "syntax/literal.h"

struct node *build_node(struct tree_builder *builder, enum node_kind kind, struct span span)
{
	struct node *node = builder->spare;
	if (node)
		builder->spare = node->next;
	else
		node = arena_new(builder->arena, struct node);
	*node = (struct node){.kind = (uint8_t)kind, .start = span.start, .end = span.end};
	return node;
}

void build_name(struct tree_builder *builder, struct node *node, struct span name)
{
	node->name_start = name.start;
	node->name_end = name.end;
	if (name.end > name.start)
		node->word = names_intern(builder->names, builder->file->text + name.start, name.end - name.start);
}

struct node *build_named(struct tree_builder *builder, enum node_kind kind, struct span span, struct span name)
{
	struct node *node = build_node(builder, kind, span);
	build_name(builder, node, name);
	return node;
}

void build_quoted_name(struct tree_builder *builder, struct node *node, struct span name)
{
	node->name_start = name.start;
	node->name_end = name.end;
	if (name.end > name.start)
		node->word = literal_string(builder->arena, builder->names, builder->file->text, name);
}

struct node *build_string(struct tree_builder *builder, struct span span)
{
	struct node *node = build_node(builder, N_STRING, span);
	build_quoted_name(builder, node, span);
	return node;
}

struct node *build_number(struct tree_builder *builder, struct span span)
{
	struct node *node = build_node(builder, N_NUMBER, span);
	node->name_start = span.start;
	node->name_end = span.end;
	node->word = literal_number(builder->arena, builder->names, builder->file->text, span);
	return node;
}

struct node *build_template(struct tree_builder *builder, struct node *node, struct span span)
{
	node->start = span.start;
	node->end = span.end;
	literal_template(builder->arena, builder->names, builder->file->text, node);
	struct node **at = &node->first;
	bool is_text = true;
	node->last = NULL;
	for (struct node *part = node->first; part; part = part->next, is_text = !is_text) {
		if (is_text && part->word->length == 0)
			continue;
		*at = node->last = part;
		at = &part->next;
	}
	*at = NULL;
	return node;
}

struct node *build_add(struct node *parent, enum node_role role, struct node *child)
{
	if (!child)
		return parent;
	child->role = (uint8_t)role;
	if (parent->last)
		parent->last->next = child;
	else
		parent->first = child;
	parent->last = child;
	return parent;
}

struct node *build_take(struct tree_builder *builder, struct node *parent, enum node_role role, struct node *list)
{
	if (!list)
		return parent;
	if (list->first) {
		for (struct node *child = list->first; child; child = child->next)
			if (role != ROLE_ITEM)
				child->role = (uint8_t)role;
		if (parent->last)
			parent->last->next = list->first;
		else
			parent->first = list->first;
		parent->last = list->last;
	}
	list->next = builder->spare;
	builder->spare = list;
	return parent;
}

struct node *build_become(struct node *node, enum node_kind kind, struct span span)
{
	node->kind = (uint8_t)kind;
	node->start = span.start;
	node->end = span.end;
	return node;
}

static void cut(struct tree_builder *builder, struct node *node, bool *was_cut)
{
	node->kind = N_ERROR;
	node->first = node->last = NULL;
	if (*was_cut)
		return;
	*was_cut = true;
	struct diag *diag = diag_report(builder->diags, SP1104, builder->file, node_span(node),
	                                "this is nested or chained too deep");
	diag_help(diag, "name parts of it with `let`, or use a list and `join`");
}

uint32_t build_finish(struct tree_builder *builder)
{
	uint32_t count = 0, depth = 0;
	bool was_cut = builder->is_exhausted;
	struct node *node = builder->root;
	while (node) {
		node->id = count++;
		if (depth >= BUILD_MAX_DEPTH && node->first)
			cut(builder, node, &was_cut);
		if (node->first) {
			for (struct node *child = node->first; child; child = child->next)
				child->parent = node;
			node = node->first;
			depth++;
			continue;
		}
		for (; node && !node->next; node = node->parent)
			depth--;
		if (node)
			node = node->next;
	}
	return count;
}

#include "syntax/tree_builder.h"

#include "syntax/literal.h"

struct node *tree_new_node(struct tree_builder *builder, enum node_kind kind, struct span span)
{
	struct node *node = builder->spare;
	if (node)
		builder->spare = node->next;
	else
		node = arena_new(builder->arena, struct node);
	*node = (struct node){.kind = (uint8_t)kind, .start = span.start, .end = span.end};
	return node;
}

static void set_name_span(struct node *node, struct span name)
{
	node->name_start = name.start;
	node->name_end = name.end;
}

void tree_set_name(struct tree_builder *builder, struct node *node, struct span name)
{
	set_name_span(node, name);
	if (name.end > name.start)
		node->word = names_intern(builder->names, builder->file->text + name.start, name.end - name.start);
}

struct node *tree_new_named(struct tree_builder *builder, enum node_kind kind, struct span span, struct span name)
{
	struct node *node = tree_new_node(builder, kind, span);
	tree_set_name(builder, node, name);
	return node;
}

void tree_set_quoted_name(struct tree_builder *builder, struct node *node, struct span name)
{
	set_name_span(node, name);
	if (name.end > name.start)
		node->word = literal_string(builder->arena, builder->names, builder->file->text, name);
}

struct node *tree_new_string(struct tree_builder *builder, struct span span)
{
	struct node *node = tree_new_node(builder, N_STRING, span);
	tree_set_quoted_name(builder, node, span);
	return node;
}

struct node *tree_new_number(struct tree_builder *builder, struct span span)
{
	struct node *node = tree_new_node(builder, N_NUMBER, span);
	set_name_span(node, span);
	node->word = literal_number(builder->arena, builder->names, builder->file->text, span);
	return node;
}

struct node *tree_finish_template(struct tree_builder *builder, struct node *node, struct span span)
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

static void append(struct node *parent, struct node *first, struct node *last)
{
	if (parent->last)
		parent->last->next = first;
	else
		parent->first = first;
	parent->last = last;
}

struct node *tree_add_child(struct node *parent, enum node_role role, struct node *child)
{
	if (!child)
		return parent;
	child->role = (uint8_t)role;
	append(parent, child, child);
	return parent;
}

struct node *tree_take_children(struct tree_builder *builder, struct node *parent, enum node_role role, struct node *list)
{
	if (!list)
		return parent;
	if (list->first) {
		for (struct node *child = list->first; child; child = child->next)
			if (role != ROLE_ITEM)
				child->role = (uint8_t)role;
		append(parent, list->first, list->last);
	}
	list->next = builder->spare;
	builder->spare = list;
	return parent;
}

struct node *tree_retype(struct node *node, enum node_kind kind, struct span span)
{
	node->kind = (uint8_t)kind;
	node->start = span.start;
	node->end = span.end;
	return node;
}

void tree_report_depth(struct tree_builder *builder, struct span span)
{
	struct diag *diag = diag_report(builder->diags, SP1104, builder->file, span, "this is nested or chained too deeply");
	diag_help(diag, "name parts of it with `let`, or use a list and `join`");
}

static void cut(struct tree_builder *builder, struct node *node, bool *was_cut)
{
	node->kind = N_ERROR;
	node->first = node->last = NULL;
	if (!*was_cut)
		tree_report_depth(builder, node_span(node));
	*was_cut = true;
}

uint32_t tree_finish(struct tree_builder *builder)
{
	uint32_t count = 0, depth = 0;
	bool was_cut = builder->is_exhausted;
	struct node *node = builder->root;
	while (node) {
		node->id = count++;
		if (depth >= TREE_MAX_DEPTH && node->first)
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

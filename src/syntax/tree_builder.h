/* Builds the tree: the functions that the grammar's actions call. They check nothing.
 *
 * The elements of a list are first collected in a temporary node. When the owner of the list is known,
 * tree_take_children moves them to it and keeps the empty node for reuse. tree_finish sets ids and parents and limits
 * the depth at the end. */
#ifndef SP_TREE_BUILDER_H
#define SP_TREE_BUILDER_H

#include "source/diag.h"
#include "syntax/node.h"

struct tree_builder {
	struct arena *arena;
	struct names *names;
	struct diags *diags;
	const struct source_file *file;
	struct node *root;  /* N_FILE, when the parser is done */
	struct node *spare; /* empty nodes for reuse, linked by `next` */
	bool is_exhausted;  /* the parser's stack reached its limit */
};

/* Deeper subtrees are cut off, so that functions may recurse over a tree. */
#define TREE_MAX_DEPTH 1000

struct node *tree_new_node(struct tree_builder *builder, enum node_kind kind, struct span span);

/* A node whose word is the source text of `name`; the word is NULL if the name is missing (its span is empty). */
struct node *tree_new_named(struct tree_builder *builder, enum node_kind kind, struct span span, struct span name);
/* Sets the word of a node in the same way. */
void tree_set_name(struct tree_builder *builder, struct node *node, struct span name);

/* N_STRING and N_NUMBER. The word is the decoded text or the digits. */
struct node *tree_new_string(struct tree_builder *builder, struct span span);
struct node *tree_new_number(struct tree_builder *builder, struct span span);

/* Sets the node's word to the decoded text of the string at `name`. */
void tree_set_quoted_name(struct tree_builder *builder, struct node *node, struct span name);

/* Completes a template that has all its parts: decodes the text parts and drops empty ones. */
struct node *tree_finish_template(struct tree_builder *builder, struct node *node, struct span span);

/* Adds a child unless it is NULL. Returns the parent. */
struct node *tree_add_child(struct node *parent, enum node_role role, struct node *child);

/* Moves the children of a temporary list node to `parent` and sets their role; with ROLE_ITEM they keep their roles.
 * Returns the parent. */
struct node *tree_take_children(struct tree_builder *builder, struct node *parent, enum node_role role, struct node *list);

/* Changes the kind and span of a node. */
struct node *tree_retype(struct node *node, enum node_kind kind, struct span span);

static inline struct node *tree_set_flag(struct node *node, enum node_flag flag)
{
	node->flags |= (uint8_t)flag;
	return node;
}

/* Reports that the program is nested too deeply at this span. */
void tree_report_depth(struct tree_builder *builder, struct span span);

/* Sets the parent and id of every node and cuts off subtrees below TREE_MAX_DEPTH. Returns the number of nodes. */
uint32_t tree_finish(struct tree_builder *builder);

#endif

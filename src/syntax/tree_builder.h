/* Building the tree: what the grammar's actions do, and nothing else. They decide nothing.
 *
 * A list is gathered in a node of its own until its owner is known; tree_take_children then moves the children and
 * keeps the emptied node for the next list. Ids, parents and the cap on depth come at the end, in tree_finish. */
#ifndef SP_TREE_BUILDER_H
#define SP_TREE_BUILDER_H

#include "source/diag.h"
#include "syntax/node.h"

struct tree_builder {
	struct arena *arena;
	struct names *names;
	struct diags *diags;
	const struct source_file *file;
	struct node *root;  /* N_FILE, once the parser is done */
	struct node *spare; /* emptied lists, by `next` */
	bool is_exhausted;  /* the parser's stack reached its cap */
};

/* Trees deeper than this are cut, so that walks over them may recurse. */
#define TREE_MAX_DEPTH 1000

struct node *tree_new_node(struct tree_builder *builder, enum node_kind kind, struct span span);

/* A node whose word is the source text of `name`; a missing name (an empty span) leaves it NULL. */
struct node *tree_new_named(struct tree_builder *builder, enum node_kind kind, struct span span, struct span name);
void tree_set_name(struct tree_builder *builder, struct node *node, struct span name);

/* N_STRING, N_NUMBER: the word is what the literal means. */
struct node *tree_new_string(struct tree_builder *builder, struct span span);
struct node *tree_new_number(struct tree_builder *builder, struct span span);

/* Makes the decoded text of the string at `name` the node's word. */
void tree_set_quoted_name(struct tree_builder *builder, struct node *node, struct span name);

/* Decodes the parts of a template once all are there; empty parts are left out. */
struct node *tree_finish_template(struct tree_builder *builder, struct node *node, struct span span);

/* Adds a child, if there is one; gives the parent. */
struct node *tree_add_child(struct node *parent, enum node_role role, struct node *child);

/* Moves the children of a gathered list below `parent`, in this role; their own roles stay for ROLE_ITEM. */
struct node *tree_take_children(struct tree_builder *builder, struct node *parent, enum node_role role, struct node *list);

/* Sets the kind and span of a node that was begun as something else. */
struct node *tree_retype(struct node *node, enum node_kind kind, struct span span);

static inline struct node *tree_set_flag(struct node *node, enum node_flag flag)
{
	node->flags |= (uint8_t)flag;
	return node;
}

/* Reports, at this span, that the program is nested too deep. */
void tree_report_depth(struct tree_builder *builder, struct span span);

/* Gives every node its parent and its id and cuts what is too deep; the number of nodes. */
uint32_t tree_finish(struct tree_builder *builder);

#endif

/* Actions, their edits, and helpers to make them: copies of the text of spans and expressions, and lines to append to blocks.
 *
 * Actions and everything in them live in the arena of their list. */
#ifndef SP_IDE_EDITS_H
#define SP_IDE_EDITS_H

#include "eval/program.h"

enum ide_action_kind { IDE_FIX, IDE_EXTRACT, IDE_INLINE, IDE_REWRITE };

struct ide_edit {
	struct span span; /* the text to replace; empty for an insertion */
	const char *text;
};

struct ide_action {
	struct ide_action *next;
	enum ide_action_kind kind;
	const char *title;
	VEC(struct ide_edit) edits;  /* without overlaps; empty in an action that creates a file */
	const struct diag *diag;     /* of an IDE_FIX: the diagnostic that it repairs */
	bool is_preferred;           /* safe to apply without a review */
	const char *new_file;        /* the absolute path of an empty file to create, or NULL */
};

struct ide_actions {
	struct arena *arena;
	struct program *program;
	const struct tree *tree;     /* of the program's root file */
	struct span range;           /* the selection; empty at a cursor */
	struct ide_action *first, *last;
};

/* Adds an action without edits to the end of the list. */
struct ide_action *ide_add_action(struct ide_actions *actions, enum ide_action_kind kind, const char *title, ...)
	__attribute__((format(printf, 3, 4)));

/* Adds an edit. The text is not copied. */
void ide_add_edit(struct ide_actions *actions, struct ide_action *action, struct span span, const char *text);

/* A copy of the text of a span. */
const char *ide_slice(const struct ide_actions *actions, struct span span);

/* The blanks at the start of the line of an offset. */
const char *ide_indent(const struct ide_actions *actions, uint32_t offset);

/* Whether a comment starts in a span. */
bool ide_has_comment(const struct ide_actions *actions, struct span span);

/* Whether a node is an expression that another one could replace: not a callee, a declared variable or template text. */
bool ide_is_expression(const struct ide_actions *actions, const struct node *node);

/* Whether an expression is made with an operator, so that it needs parentheses inside another expression. */
bool ide_is_operation(const struct node *node);

/* The span of a node with the parentheses around it, if there are any. */
struct span ide_outer_span(const struct ide_actions *actions, const struct node *node);

/* Whether a node is a text part of a template (a string with `${ }`), not an expression in it. */
bool ide_is_template_text(const struct ide_actions *actions, const struct node *node);

/* The text of an expression, in parentheses if it would otherwise end at a line end. */
const char *ide_copy_expression(const struct ide_actions *actions, const struct node *node);

/* Adds the edits that append lines to a block: to the block of the declaration `owner`, or to `owner` itself if it is an N_BLOCK or
 * N_OBJECT. `lines` are separated by "\n" and have no indentation. A block on one line is broken into several lines. A missing block
 * is added. */
void ide_append_lines(struct ide_actions *actions, struct ide_action *action, const struct node *owner, const char *lines);

/* Whether ide_append_lines can be used: the block is closed, or missing. */
bool ide_takes_lines(const struct ide_actions *actions, const struct node *owner);

#endif

/* Edits that somebody may want at a place of a program: repairs of what is wrong there, and other ways to write it.
 *
 * Offsets in, edits of the same text out: nothing is changed here. Comments stay, and what was a program is one behind each
 * action. Actions, and all that they hold, live in the arena of their list. */
#ifndef SP_IDE_ACTIONS_H
#define SP_IDE_ACTIONS_H

#include "eval/program.h"

enum ide_action_kind { IDE_FIX, IDE_EXTRACT, IDE_INLINE, IDE_REWRITE };

struct ide_edit {
	struct span span; /* what is replaced; empty where something is put in */
	const char *text;
};

struct ide_action {
	struct ide_action *next;
	enum ide_action_kind kind;
	const char *title;
	VEC(struct ide_edit) edits;  /* which do not overlap; none in an action that makes a file */
	const struct diag *diag;     /* of a FIX: what it repairs */
	bool is_preferred;           /* what one would take without looking */
	const char *new_file;        /* the absolute path of an empty file to make, or NULL */
};

struct ide_actions {
	struct arena *arena;
	struct program *program;
	const struct tree *tree;     /* of the program's root file */
	struct span range;           /* what is selected, or a place */
	struct ide_action *first, *last;
};

/* Lists the repairs of one mistake in the tree's file. */
void ide_list_fixes(struct ide_actions *actions, const struct diag *diag);

/* Lists what the selected range could be made into. */
void ide_list_rewrites(struct ide_actions *actions);

/* --- what the files of this module share --- */

struct ide_action *ide_add_action(struct ide_actions *actions, enum ide_action_kind kind, const char *title, ...)
	__attribute__((format(printf, 3, 4)));
void ide_add_edit(struct ide_actions *actions, struct ide_action *action, struct span span, const char *text);

/* The text of a span, and the blanks with which the line of an offset begins. */
const char *ide_slice(const struct ide_actions *actions, struct span span);
const char *ide_indent(const struct ide_actions *actions, uint32_t offset);

/* Whether a span holds a comment. */
bool ide_has_comment(const struct ide_actions *actions, struct span span);

/* Adds the edits that put lines at the end of the block of `owner`, a declaration, or at the end of an N_BLOCK or N_OBJECT;
 * a block on one line is spread over several. Lines are without their indentation in the block, divided by "\n". */
void ide_append_lines(struct ide_actions *actions, struct ide_action *action, const struct node *owner, const char *lines);

/* Whether there is a block to add lines to, or room for one. */
bool ide_takes_lines(const struct ide_actions *actions, const struct node *owner);

/* Whether a node is an expression that stands for itself, which another one could replace. */
bool ide_is_expression(const struct ide_actions *actions, const struct node *node);

/* A node's place with the parentheses around it. */
struct span ide_outer_span(const struct ide_actions *actions, const struct node *node);

/* Whether a node is text of a template, and no expression in it. */
bool ide_is_template_text(const struct ide_actions *actions, const struct node *node);

/* The expression as text that may stand anywhere. */
const char *ide_copy_expression(const struct ide_actions *actions, const struct node *node);

/* ide_extract.c: the selected expression becomes a `let`, `param` or `config`; a `let` becomes its value. */
void ide_list_extractions(struct ide_actions *actions);
void ide_list_inlines(struct ide_actions *actions);

/* ide_strings.c: `join()`, `+` and interpolation. `node` is an expression. */
bool ide_add_interpolation(struct ide_actions *actions, const struct node *node, enum ide_action_kind kind);
void ide_list_strings(struct ide_actions *actions);

/* ide_blocks.c: required fields that a block lacks; clauses that its kind takes. `node` is where the lack is told. */
void ide_add_fields(struct ide_actions *actions, const struct node *node, const struct diag *diag);
void ide_list_clauses(struct ide_actions *actions);

#endif

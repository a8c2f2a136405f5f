/* Completion: what may be written at a place of a text, and what is being called there.
 *
 * The text is what somebody is typing: the place is looked at in a copy of the declaration around it in which a name stands
 * at the place, so that `Train.`, an empty block and a string that is not closed are read as what they will be. Nothing is
 * compiled again, and nothing is reported. Offsets in, plain structs in the caller's arena out; nothing here knows a protocol. */
#ifndef SP_COMPLETE_H
#define SP_COMPLETE_H

#include "eval/program.h"

enum completion_kind {
	COMPLETION_WORD,     /* of the grammar */
	COMPLETION_FIELD,    /* of a shape, or the name of an argument */
	COMPLETION_CONSTANT, /* a member of an enum, and other texts */
	COMPLETION_NAME,     /* a let, config, argument or variable */
	COMPLETION_PARAM,
	COMPLETION_STEP,
	COMPLETION_FUNCTION,
	COMPLETION_KIND,     /* of steps; components too */
	COMPLETION_TYPE,
	COMPLETION_MEMBER,   /* a property, an output, a member of an object */
	COMPLETION_FILE,
	COMPLETION_FOLDER
};

struct completion {
	enum completion_kind kind;
	uint8_t rank;              /* 0: wanted most */
	uint32_t order;            /* among those of one rank; by the label where it is the same */
	bool is_snippet;           /* `insert` has places to fill in, as LSP writes them */
	const char *label;
	const char *detail;        /* the type, or NULL */
	const char *insert;        /* what replaces `span` of the list */
	const char *filter;        /* what is compared with what is typed; NULL: the label */
	const struct node *declaration; /* what it means, or NULL */
	const struct type *type;   /* of a field, or NULL */
};

struct completions {
	struct completion *items;  /* best first */
	size_t count, room;
	struct span span;          /* what they replace: the word around the place, or a part of a string */
	bool is_incomplete;        /* some were left out that another letter may bring */
};

struct completion_options {
	bool takes_snippets;
	char trigger;              /* the character that made the editor ask; 0: a person, or a letter */
};

/* Lists what may stand at an offset of a file of the program. */
void complete_at(struct arena *arena, struct program *program, const struct tree *tree, uint32_t offset,
                 struct completion_options options, struct completions *completions);

/* What is known of an item, in `arena`: what hovering over its name shows; NULL for nothing. */
const char *complete_document(struct arena *arena, struct program *program, const struct completion *item, bool is_markdown);

/* What is being called at a place. */
struct signature {
	const char *label;         /* `channel(name: ChannelName, uri: S3Uri)`; NULL: nothing is */
	const struct node *callee; /* NULL for a built-in function */
	struct signature_parameter {
		struct span span;  /* in the label */
		const struct node *node; /* N_PARAMETER; NULL for a built-in function */
	} *parameters;
	size_t count, active;      /* `active` is `count` where no parameter is meant */
};

/* The call around an offset of a file of the program. */
void complete_signature(struct arena *arena, struct program *program, const struct tree *tree, uint32_t offset,
                        struct signature *signature);

/* What is known of what is called, and of a parameter, in `arena`; NULL for nothing. */
const char *complete_document_callee(struct arena *arena, struct program *program, const struct signature *signature);
const char *complete_document_parameter(struct arena *arena, struct program *program, const struct node *parameter, bool is_markdown);

#endif

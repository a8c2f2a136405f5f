/* Completion: what can be written at a place of a text. Signature help: what is called at a place.
 *
 * The text is half typed. So the declaration around the place is copied with a name inserted at the place, and the copy is parsed:
 * `Train.`, an empty block and an unclosed string then have the structure that they will have. Nothing is compiled again, and nothing
 * is reported. Offsets in, plain structs in the caller's arena out; nothing here knows a protocol. */
#ifndef SP_COMPLETE_H
#define SP_COMPLETE_H

#include "eval/program.h"

enum completion_kind {
	COMPLETION_WORD,     /* a keyword, or a statement that begins with one */
	COMPLETION_FIELD,    /* a member of a shape, or the name of an argument */
	COMPLETION_CONSTANT, /* a value of an enum, or another text to choose */
	COMPLETION_NAME,     /* a let, config, parameter of a function, or variable */
	COMPLETION_PARAM,
	COMPLETION_STEP,     /* a step, condition or instance */
	COMPLETION_FUNCTION,
	COMPLETION_KIND,     /* a step kind or a component */
	COMPLETION_TYPE,
	COMPLETION_MEMBER,   /* a property, an output, a member of an object */
	COMPLETION_FILE,
	COMPLETION_FOLDER
};

struct completion {
	enum completion_kind kind;
	uint8_t rank;              /* 0 is best */
	uint32_t order;            /* among items of the same rank; items of the same order are sorted by label */
	bool is_snippet;           /* `insert` has placeholders in the syntax of LSP */
	const char *label;
	const char *detail;        /* the type, or NULL */
	const char *insert;        /* the text that replaces the span of the list */
	const char *filter;        /* the text that the typed text is matched with; NULL: the label */
	const struct node *declaration; /* or NULL */
	const struct type *type;   /* of a field, or NULL */
};

struct completions {
	struct completion *items;  /* best first */
	size_t count, room;
	struct span span;          /* to replace: the word around the place, or a part of a string */
	bool is_incomplete;        /* items were left out that may appear after further typing */
};

struct completion_options {
	bool takes_snippets;
	char trigger;              /* the trigger character of the request; 0: invoked by the user, or by typing a letter */
};

/* Lists the completions at an offset of a file of the program. */
void complete_at(struct arena *arena, struct program *program, const struct tree *tree, uint32_t offset,
                 struct completion_options options, struct completions *completions);

/* The documentation of an item, in `arena`: what a hover on its name shows; NULL when there is none. */
const char *complete_document(struct arena *arena, struct program *program, const struct completion *item, bool is_markdown);

/* The call around a place. */
struct signature {
	const char *label;         /* `channel(name: ChannelName, uri: S3Uri)`; NULL when there is no call */
	const struct node *callee; /* NULL for a built-in function */
	struct signature_parameter {
		struct span span;  /* in the label */
		const struct node *node; /* N_PARAMETER; NULL for a built-in function */
	} *parameters;
	size_t count, active;      /* `active` is the index of the parameter being written; `count` when it is none of them */
};

/* Finds the call around an offset of a file of the program. */
void complete_signature(struct arena *arena, struct program *program, const struct tree *tree, uint32_t offset,
                        struct signature *signature);

/* The documentation of the callee, and of a parameter, in `arena`; NULL when there is none. */
const char *complete_document_callee(struct arena *arena, struct program *program, const struct signature *signature);
const char *complete_document_parameter(struct arena *arena, struct program *program, const struct node *parameter, bool is_markdown);

#endif

/* What each word of a text is, for editors that color it: by meaning where a name means something, by place where it does not.
 *
 * Works on tokens and the tree, so that a text with mistakes is colored as well; what is in no construct is a keyword or
 * nothing. Nothing here knows colors or the protocol. */
#ifndef SP_HIGHLIGHT_H
#define SP_HIGHLIGHT_H

#include "eval/program.h"

/* By the names that editors know; `escapeSequence` is one that they may not, and then leave to their grammars. */
#define HIGHLIGHT_TYPES(TYPE)                                                                                  \
	TYPE(COMMENT, "comment") TYPE(KEYWORD, "keyword") TYPE(STRING, "string") TYPE(NUMBER, "number")        \
	TYPE(OPERATOR, "operator") TYPE(NAMESPACE, "namespace") TYPE(TYPE, "type") TYPE(CLASS, "class")        \
	TYPE(STRUCT, "struct") TYPE(ENUM, "enum") TYPE(ENUM_MEMBER, "enumMember") TYPE(FUNCTION, "function")   \
	TYPE(PARAMETER, "parameter") TYPE(VARIABLE, "variable") TYPE(PROPERTY, "property")                     \
	TYPE(ESCAPE, "escapeSequence")

/* `deferred` is our own: what only a run of the pipeline knows. */
#define HIGHLIGHT_MODIFIERS(MODIFIER)                                                                          \
	MODIFIER(DECLARATION, "declaration") MODIFIER(READONLY, "readonly") MODIFIER(LIBRARY, "defaultLibrary") \
	MODIFIER(DOCUMENTATION, "documentation") MODIFIER(DEFERRED, "deferred")

enum highlight_type {
	HIGHLIGHT_NONE,
#define TYPE(name, text) HIGHLIGHT_##name,
	HIGHLIGHT_TYPES(TYPE)
#undef TYPE
};

enum highlight_modifier {
#define MODIFIER(name, text) HIGHLIGHT_##name##_BIT,
	HIGHLIGHT_MODIFIERS(MODIFIER)
#undef MODIFIER
#define MODIFIER(name, text) HIGHLIGHT_##name = 1 << HIGHLIGHT_##name##_BIT,
	HIGHLIGHT_MODIFIERS(MODIFIER)
#undef MODIFIER
};

struct highlight {
	uint32_t start, end; /* may hold line ends */
	uint8_t type;        /* never HIGHLIGHT_NONE */
	uint8_t modifiers;
};

struct highlights {
	struct highlight *items;
	size_t count, room;
};

/* Lists what touches `span` in a file of the program, in order and without overlaps, in `arena`. The program must have been
 * compiled with `keeps_values`. */
void highlight_list(struct program *program, struct arena *arena, const struct tree *tree, struct span span,
                    struct highlights *highlights);

#endif

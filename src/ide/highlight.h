/* Semantic highlighting: the type of each token. A name is classified by its declaration or, without one, by its place.
 *
 * Works on tokens and the tree, so that a text with mistakes is highlighted too: a word outside any construct is highlighted if it is
 * a keyword. Nothing here knows colors or the protocol. */
#ifndef SP_HIGHLIGHT_H
#define SP_HIGHLIGHT_H

#include "eval/program.h"

/* Each type has the name of a token type in the protocol, except `escapeSequence`, which the protocol does not define. An editor that
 * does not know it highlights those tokens by its own grammar. */
#define HIGHLIGHT_TYPES(TYPE)                                                                                  \
	TYPE(COMMENT, "comment") TYPE(KEYWORD, "keyword") TYPE(STRING, "string") TYPE(NUMBER, "number")        \
	TYPE(OPERATOR, "operator") TYPE(NAMESPACE, "namespace") TYPE(TYPE, "type") TYPE(CLASS, "class")        \
	TYPE(STRUCT, "struct") TYPE(ENUM, "enum") TYPE(ENUM_MEMBER, "enumMember") TYPE(FUNCTION, "function")   \
	TYPE(PARAMETER, "parameter") TYPE(VARIABLE, "variable") TYPE(PROPERTY, "property")                     \
	TYPE(ESCAPE, "escapeSequence")

/* `deferred` is not a modifier of the protocol either. It means that the value is known only when the pipeline runs. */
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
	uint32_t start, end; /* may contain line ends */
	uint8_t type;        /* never HIGHLIGHT_NONE */
	uint8_t modifiers;
};

struct highlights {
	struct highlight *items;
	size_t count, room;
};

/* Lists the highlights of the tokens that touch a span of a file of the program, in order and without overlaps, in `arena`. The
 * program must have been compiled with `keeps_values`. */
void highlight_list(struct program *program, struct arena *arena, const struct tree *tree, struct span span,
                    struct highlights *highlights);

#endif

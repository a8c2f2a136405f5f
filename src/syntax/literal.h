/* Decodes literals: the text of strings and the digits of numbers.
 *
 * The lexer has already reported invalid escapes and missing quotes. Here, an invalid escape is taken literally and a
 * missing quote is ignored. */
#ifndef SP_LITERAL_H
#define SP_LITERAL_H

#include "syntax/node.h"

/* The text of a string without `${`. `span` includes the quotes. */
const struct word *literal_string(struct arena *arena, struct names *names, const char *text, struct span span);

/* Sets the word of each N_STRING part of a template. The spans of the parts are those of their tokens. */
void literal_template(struct arena *arena, struct names *names, const char *text, struct node *node);

/* A number as written, without `_`. */
const struct word *literal_number(struct arena *arena, struct names *names, const char *text, struct span span);

#endif

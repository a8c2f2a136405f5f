/* What literals mean: the text of strings and the digits of numbers.
 *
 * The lexer has already complained about bad escapes and missing quotes; here they stand for themselves. */
#ifndef SP_LITERAL_H
#define SP_LITERAL_H

#include "syntax/node.h"

/* The text of a string without `${`, quotes included in `span`. */
const struct word *literal_string(struct arena *arena, struct names *names, const char *text, struct span span);

/* Gives each N_STRING part of a template its word. The parts' spans are those of their tokens. */
void literal_template(struct arena *arena, struct names *names, const char *text, struct node *node);

/* A number as written, without `_`. */
const struct word *literal_number(struct arena *arena, struct names *names, const char *text, struct span span);

#endif

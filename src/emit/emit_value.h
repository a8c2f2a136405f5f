/* Values to JSON: constants as they are, deferred ones as the service's expression objects. */
#ifndef SP_EMIT_VALUE_H
#define SP_EMIT_VALUE_H

#include "eval/value.h"

/* A JSON text being written; `depth` is the nesting, two blanks each. */
struct writer {
	struct text *out;
	unsigned depth;
	bool is_first; /* nothing yet in the object or list that is open */
	bool is_compact; /* no line ends and no indentation */
	size_t layout;   /* bytes of those written so far */
};

void emit_open(struct writer *writer, char bracket);
void emit_close(struct writer *writer, char bracket);

/* The key of the next member, or the place of the next element. */
void emit_key(struct writer *writer, const char *key);
void emit_item(struct writer *writer);

void emit_word(struct writer *writer, const struct word *word);
void emit_string(struct writer *writer, const char *string);

/* A checked value: constants, Get, Std:Join, Std:JsonGet. */
void emit_value(struct writer *writer, const struct value *value);

/* A condition as the service has it: Equals, In, Not, Or …; a deferred Boolean is compared with true. */
void emit_condition(struct writer *writer, const struct value *value);

#endif

/* Writes JSON text: brackets, keys, commas, strings and layout. */
#ifndef SP_EMIT_WRITER_H
#define SP_EMIT_WRITER_H

#include "base/names.h"
#include "base/text.h"

struct emit_writer {
	struct text *out;
	unsigned depth;  /* of nesting; each level is indented by two spaces */
	bool is_first;   /* the open object or list is empty so far */
	bool is_compact; /* one line, without indentation */
	size_t layout;   /* bytes of line ends and indentation written so far */
};

void emit_open(struct emit_writer *writer, char bracket);
void emit_close(struct emit_writer *writer, char bracket);

/* Starts the next element of a list. */
void emit_item(struct emit_writer *writer);

/* Starts the next member of an object. */
void emit_key(struct emit_writer *writer, const char *key);
void emit_word_key(struct emit_writer *writer, const struct word *key);

void emit_word(struct emit_writer *writer, const struct word *word);
void emit_string(struct emit_writer *writer, const char *string);

#endif

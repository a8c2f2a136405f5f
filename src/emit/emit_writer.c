#include "emit/emit_writer.h"

#include "base/json.h"

#include <string.h>

static void new_line(struct emit_writer *writer)
{
	size_t indent = 2 * (size_t)writer->depth;
	if (writer->is_compact)
		return;
	char *at = text_room(writer->out, indent + 1);
	*at = '\n';
	memset(at + 1, ' ', indent);
	at[indent + 1] = '\0';
	writer->out->length += indent + 1;
	writer->layout += indent + 1;
}

void emit_open(struct emit_writer *writer, char bracket)
{
	text_putc(writer->out, bracket);
	writer->depth++;
	writer->is_first = true;
}

void emit_close(struct emit_writer *writer, char bracket)
{
	writer->depth--;
	if (!writer->is_first)
		new_line(writer);
	text_putc(writer->out, bracket);
	writer->is_first = false;
}

void emit_item(struct emit_writer *writer)
{
	if (!writer->is_first)
		text_putc(writer->out, ',');
	writer->is_first = false;
	new_line(writer);
}

void emit_key(struct emit_writer *writer, const char *key)
{
	emit_item(writer);
	emit_string(writer, key);
	text_add(writer->out, ": ", 2);
}

void emit_word_key(struct emit_writer *writer, const struct word *key)
{
	emit_item(writer);
	emit_word(writer, key);
	text_add(writer->out, ": ", 2);
}

void emit_word(struct emit_writer *writer, const struct word *word)
{
	json_add_string(writer->out, word->text, word->length);
}

void emit_string(struct emit_writer *writer, const char *string)
{
	json_add_string(writer->out, string, strlen(string));
}

#include "base/python.h"

#include "base/embedded.h"
#include "base/names.h"

#include <string.h>

/* What follows the place and the name in a row of the table; NULL when no row has them. */
static const char *find_row(const char *place, const char *name, size_t length)
{
	size_t place_length = strlen(place);
	for (const char *line = embedded_python.text; *line; line = strchr(line, '\n') + 1) {
		const char *own = line + place_length + 1;
		if (strncmp(line, place, place_length) == 0 && line[place_length] == ' ' && strncmp(own, name, length) == 0 &&
		    own[length] == ' ')
			return own + length + 1;
	}
	return NULL;
}

const char *python_help(struct arena *arena, const char *place, const char *name, size_t length)
{
	const char *row = find_row(place, name, length);
	return row && *row == '|' ? arena_copy(arena, row + 2, strcspn(row + 2, "\n")) : NULL;
}

const char *python_argument(struct arena *arena, const char *name, size_t index)
{
	const char *row = find_row("argument", name, strlen(name));
	if (!row || *row != '=')
		return NULL;
	const char *form = row + 2;
	for (; index; index--) {
		form += strcspn(form, ",\n");
		if (*form != ',')
			return NULL;
		form += 2;
	}
	return arena_copy(arena, form, strcspn(form, ",\n"));
}

/* The help for the word that starts at an offset, with the quote after it if there is one: `f"`. */
static const char *help_for_word(struct arena *arena, const char *text, size_t start)
{
	size_t end = start;
	while (names_is_word_byte(text[end]))
		end++;
	end += end > start && text[end] == '"';
	return end > start ? python_help(arena, "word", text + start, end - start) : NULL;
}

/* The help for a word at an offset that only has a meaning with another one after it on its line. */
static const char *help_for_pair(struct arena *arena, const char *text, size_t offset)
{
	size_t end = offset;
	while (names_is_word_byte(text[end]))
		end++;
	const char *row = end > offset ? find_row("pair", text + offset, end - offset) : NULL;
	size_t length = row ? strcspn(row, " ") : 0;
	for (const char *at = text + end; row && *at && *at != '\n'; at++)
		if (*at == ' ' && strncmp(at + 1, row, length) == 0 && !names_is_word_byte(at[1 + length]))
			return arena_copy(arena, row + length + 3, strcspn(row + length + 3, "\n"));
	return NULL;
}

const char *python_help_at(struct arena *arena, const char *text, size_t offset)
{
	size_t line = offset, before = offset;
	while (line && text[line - 1] != '\n')
		line--;
	while (before > line && text[before - 1] == ' ')
		before--;
	while (before > line && names_is_word_byte(text[before - 1]))
		before--;
	const char *help = help_for_word(arena, text, offset);
	if (!help)
		help = help_for_pair(arena, text, offset);
	if (!help && before < offset)
		help = help_for_word(arena, text, before);
	for (size_t at = line; !help && text[at] && text[at] != '\n';) {
		size_t start = at;
		while (names_is_word_byte(text[at]))
			at++;
		if (at > start && text[at] == '(')
			help = python_help(arena, "name", text + start, at - start);
		at += at == start;
	}
	return help;
}

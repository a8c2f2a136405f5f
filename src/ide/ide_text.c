#include "ide/ide_text.h"

#include <ctype.h>
#include <string.h>

static const char blanks[] = " \t\r\n";

const char *ide_take_text(struct arena *arena, struct text *text)
{
	const char *copy = arena_copy(arena, text_string(text), text->length);
	text_free(text);
	return copy;
}

void ide_put_on_one_line(struct text *out, const char *text, struct span span)
{
	for (uint32_t at = span.start; at < span.end; at++)
		if (!strchr(blanks, text[at]))
			text_putc(out, text[at]);
		else if (out->length && out->bytes[out->length - 1] != ' ')
			text_putc(out, ' ');
}

void ide_put_escaped(struct text *out, const char *string)
{
	for (; *string; string++) {
		if (*string == '\n')
			text_puts(out, "\\n");
		else if (*string == '\t')
			text_puts(out, "\\t");
		else if (*string == '\r')
			text_puts(out, "\\r");
		else if (*string == '"' || *string == '\\' || (*string == '$' && string[1] == '{'))
			text_printf(out, "\\%c", *string);
		else
			text_putc(out, *string);
	}
}

struct span ide_trim(const char *text, struct span span)
{
	while (span.start < span.end && strchr(blanks, text[span.start]))
		span.start++;
	while (span.end > span.start && strchr(blanks, text[span.end - 1]))
		span.end--;
	return span;
}

bool ide_name_fits(const char *name, const char *query)
{
	for (; *name && *query; name++)
		query += tolower((unsigned char)*name) == tolower((unsigned char)*query);
	return !*query;
}

bool ide_has_extension(const char *name, const char *extension)
{
	size_t length = strlen(name), end = strlen(extension);
	return length > end && strcmp(name + length - end, extension) == 0;
}

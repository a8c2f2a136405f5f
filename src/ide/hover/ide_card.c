#include "ide/hover/ide_card.h"

#include "ide/ide_text.h"

#include <string.h>

static void begin_paragraph(struct ide_card *card)
{
	if (card->text.length)
		text_puts(&card->text, "\n\n");
	card->ends_in_link = false;
}

void ide_card_add(struct ide_card *card, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	const char *paragraph = arena_vprintf(card->arena, format, args);
	va_end(args);
	begin_paragraph(card);
	text_puts(&card->text, paragraph);
}

void ide_card_code(struct ide_card *card, const char *language, const char *code)
{
	/* the code may contain fences, in a string of several lines */
	const char *fence = strstr(code, "```") ? "~~~" : "```";
	begin_paragraph(card);
	if (card->is_markdown)
		text_printf(&card->text, "%s%s\n%s\n%s", fence, language, code, fence);
	else
		text_puts(&card->text, code);
}

void ide_card_link(struct ide_card *card, const char *title, const char *url)
{
	if (card->ends_in_link)
		text_puts(&card->text, card->is_markdown ? ", " : "\n");
	else
		begin_paragraph(card);
	text_printf(&card->text, card->is_markdown ? "[%s](%s)" : "%s: %s", title, url);
	card->ends_in_link = true;
}

const char *ide_card_take(struct ide_card *card)
{
	card->ends_in_link = false;
	return ide_take_text(card->arena, &card->text);
}

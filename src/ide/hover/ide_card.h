/* Builds the text of a hover, as Markdown or plain text. */
#ifndef SP_IDE_CARD_H
#define SP_IDE_CARD_H

#include "base/arena.h"
#include "base/text.h"

#include <stdbool.h>

struct ide_card {
	struct arena *arena;
	struct text text;    /* what was added since ide_card_take */
	bool is_markdown;
	bool ends_in_link;
};

/* Adds a paragraph. */
void ide_card_add(struct ide_card *card, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Adds a block of code in a language ("pipe", "json"). */
void ide_card_code(struct ide_card *card, const char *language, const char *code);

/* Adds a link. In Markdown, adjacent links share a line. */
void ide_card_link(struct ide_card *card, const char *title, const char *url);

/* Copies the text into the arena and empties the card. Never NULL. */
const char *ide_card_take(struct ide_card *card);

#endif

/* A text for people, as Markdown or plain: what an editor shows beside a name. */
#ifndef SP_IDE_CARD_H
#define SP_IDE_CARD_H

#include "base/arena.h"
#include "base/text.h"

#include <stdbool.h>

struct ide_card {
	struct arena *arena; /* for what is put together */
	struct text text;    /* the caller frees it */
	bool is_markdown;
	bool ends_in_link;
};

/* Adds a paragraph. */
void ide_card_add(struct ide_card *card, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Adds code as a block in a language ("pipe", "json"). */
void ide_card_code(struct ide_card *card, const char *language, const char *code);

/* Adds a link; several stand on one line. */
void ide_card_link(struct ide_card *card, const char *title, const char *url);

#endif

/* Operations on texts that the files of this folder share. */
#ifndef SP_IDE_TEXT_H
#define SP_IDE_TEXT_H

#include "base/arena.h"
#include "base/text.h"
#include "syntax/node.h"

/* Copies a text into an arena and frees it. Never NULL. */
const char *ide_take_text(struct arena *arena, struct text *text);

/* Adds the text of a span on one line: each run of blanks and line ends becomes one space. */
void ide_put_on_one_line(struct text *out, const char *text, struct span span);

/* Adds a string with escapes, so that it can be put between quotes. */
void ide_put_escaped(struct text *out, const char *string);

/* A span without the blanks and line ends at its start and end. */
struct span ide_trim(const char *text, struct span span);

/* Whether a name contains the characters of a query in the same order, possibly with others between them; ignores case. */
bool ide_name_fits(const char *name, const char *query);

/* Whether a file name has an extension (".pipe") and something before it. */
bool ide_has_extension(const char *name, const char *extension);

#endif

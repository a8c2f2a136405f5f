/* A sentence for each keyword, built-in object and built-in function. */
#ifndef SP_IDE_WORDS_H
#define SP_IDE_WORDS_H

#include "base/arena.h"

/* The meaning of the declaration, clause or operator that begins with this keyword; NULL for a word that begins none. */
const char *ide_keyword(const char *word);

/* The meaning of a built-in object (`Pipeline`, `Execution`, `Step`, `PipelineExperimentConfig`), or NULL. */
const char *ide_space(const char *name);

/* The names of the built-in objects; NULL after the last. */
const char *ide_space_name(size_t index);

/* The meaning of a built-in function, in the words of doc/language.md; NULL when there is no such function. */
const char *ide_function(const char *name);

/* Turns a meaning ("the number of ...") into a sentence ("The number of ... ."), in `arena`; NULL for NULL. */
const char *ide_sentence(struct arena *arena, const char *meaning);

#endif

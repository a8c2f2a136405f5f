/* What the words of the language and the built-in functions mean, a sentence each. */
#ifndef SP_IDE_WORDS_H
#define SP_IDE_WORDS_H

#include "base/arena.h"

/* What a declaration, clause or operator that begins with this word is; NULL for a word that has no meaning of its own. */
const char *ide_keyword(const char *word);

/* What `Pipeline`, `Execution`, `Step` or `PipelineExperimentConfig` holds, or NULL. */
const char *ide_space(const char *name);

/* What a built-in function gives, as doc/language.md has it; NULL when there is no such function. */
const char *ide_function(const char *name);

/* Such a meaning ("the number of ...") as a sentence, in `arena`; NULL for NULL. */
const char *ide_sentence(struct arena *arena, const char *meaning);

#endif

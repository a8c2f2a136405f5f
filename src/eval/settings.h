/* Settings: the values that the command line gives to `config` declarations, by `--config` files and `--set`. */
#ifndef SP_SETTINGS_H
#define SP_SETTINGS_H

#include "eval/eval.h"

/* Reads the configuration files of the options: fills `settings` of the program. Reports a file that is not a JSON object. */
void settings_read(struct program *program);

/* The value of a config, unchecked: its settings merged over its default. NULL when there is neither. */
const struct value *settings_merge(struct program *program, const struct symbol *symbol);

/* Reports settings for configs that the program does not have. */
void settings_check(struct program *program);

/* The last `--set` for a config or a member of it, or NULL. */
const struct setting *settings_last(const struct program *program, const struct word *name);

#endif

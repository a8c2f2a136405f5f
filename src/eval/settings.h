/* What the command line gives to `config` declarations: configuration files and `--set`. */
#ifndef SP_SETTINGS_H
#define SP_SETTINGS_H

#include "eval/eval.h"

/* Reads the configuration files of the options: fills `settings` of the program. Reports what is no JSON object. */
void settings_read(struct program *program);

/* The value of a config with what was given merged over its default, unchecked; NULL when there is neither. */
const struct value *settings_merge(struct program *program, const struct symbol *symbol);

/* Reports what was given to no config of the program. */
void settings_check(struct program *program);

/* The last `--set` of a config or of something in it, or NULL. */
const struct setting *settings_last(const struct program *program, const struct word *name);

#endif

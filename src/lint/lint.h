/* Lint: what is allowed, and probably not meant.
 *
 * The rules are a table (lint_rules.h); each has a code SP4xxx and a level, which a configuration may change. Only a
 * program without errors is linted. A comment `// sagepipec: ignore SP4007 reason` on a line, or alone on the line
 * before, silences warnings and notes with these codes there. */
#ifndef SP_LINT_H
#define SP_LINT_H

#include "eval/program.h"

enum lint_level { LINT_DEFAULT, LINT_OFF, LINT_NOTE, LINT_WARNING, LINT_ERROR };

/* The level of each code; zero-initialise for the defaults. */
struct lint_config {
	uint8_t level[DIAG_CODE_COUNT];
};

/* Reads the text of a .sagepipec.json: {"lint": {"SP4008": "warning", "SP4001": "off"}}. False, with a message in
 * `complaint`, when it is not that. */
bool lint_config_read(struct lint_config *config, const char *json, struct text *complaint);

/* Adds what the rules find to the program's diagnostics, and finishes them again. */
void lint_program(struct program *program, const struct lint_config *config);

/* Takes warnings and notes away that a comment silences. */
void lint_suppress(struct program *program);

#endif

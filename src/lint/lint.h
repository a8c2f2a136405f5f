/* Lint: reports what is allowed but probably a mistake.
 *
 * The rules are a table (lint_rules.h). Each has a code SP4xxx and a level, which a configuration may change. Only programs
 * without errors are linted. A comment `// sagepipec: ignore SP4007 reason` suppresses warnings and notes with its codes on its
 * own line and, when it stands alone there, on the next. */
#ifndef SP_LINT_H
#define SP_LINT_H

#include "eval/program.h"

enum lint_level { LINT_DEFAULT, LINT_OFF, LINT_NOTE, LINT_WARNING, LINT_ERROR };

/* The level of each code; zero means the default. */
struct lint_config {
	uint8_t level[DIAG_CODE_COUNT];
};

/* Reads the text of a .sagepipec.json: {"lint": {"SP4008": "warning", "SP4001": "off"}}. False, with a message in
 * `complaint`, for any other text. */
bool lint_config_read(struct lint_config *config, const char *json, struct text *complaint);

/* Adds the findings of the rules to the program's diagnostics, and sorts them again. */
void lint_program(struct program *program, const struct lint_config *config);

/* Removes the warnings and notes that comments suppress. With the configuration of lint_program, which has run, reports comments that
 * suppress nothing; NULL if lint did not run. */
void lint_suppress(struct program *program, const struct lint_config *config);

#endif

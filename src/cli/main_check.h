/* `--check`: all diagnostics and lint of many files, on every core, reported in the order of the arguments. */
#ifndef SP_MAIN_CHECK_H
#define SP_MAIN_CHECK_H

#include "cli/options.h"

struct check_result {
	uint32_t errors, warnings;
};

/* What checking has to say; the caller frees all three. */
struct check_texts {
	struct text report;
	struct text failures; /* what could not be read or written, a line each */
	struct text result;   /* with --fix: standard input, repaired */
};

/* Checks the files of the options, with --fix repairing them first. Appends to `texts`. */
struct check_result main_check(const struct options *options, const struct report_options *report,
                               struct check_texts *texts);

#endif

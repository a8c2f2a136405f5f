/* `--check`: all diagnostics and lint of many files, on every core, reported in the order of the arguments. */
#ifndef SP_MAIN_CHECK_H
#define SP_MAIN_CHECK_H

#include "options.h"

struct check_result {
	uint32_t errors, warnings;
};

/* Checks the files of the options, with --fix repairing them first, and appends the report to `out`. What could not be
 * read or written is said in `failures`, a line each. */
struct check_result main_check(const struct options *options, const struct report_options *report, struct text *out,
                               struct text *failures);

#endif

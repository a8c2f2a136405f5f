#include "host/analyze.h"

#include "compile/compile.h"
#include "compile/limits.h"
#include "emit/emit.h"
#include "host/file.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { CONFIG_MAX_BYTES = 1024 * 1024 };

static bool read_config(const char *path, struct lint_config *config, struct text *failures)
{
	struct text json, problem = {0};
	if (!file_read(path, CONFIG_MAX_BYTES, &json)) {
		text_printf(failures, "cannot read %s: %s\n", path, strerror(errno));
		return false;
	}
	bool is_good = lint_config_read(config, json.bytes, &problem);
	if (!is_good)
		text_printf(failures, "%s: %s\n", path, text_string(&problem));
	text_free(&json);
	text_free(&problem);
	return is_good;
}

bool analyze_find_config(struct lint_config *config, const char *lint_config, const char *path, struct text *failures)
{
	if (lint_config)
		return read_config(lint_config, config, failures);
	bool is_folder = strcmp(path, "-") == 0; /* searches `absolute` itself before the folder that contains it */
	char *absolute = realpath(is_folder ? "." : path, NULL);
	struct text name = {0};
	bool is_good = true;
	for (size_t length = absolute ? strlen(absolute) : 0; length;) {
		if (!is_folder)
			while (length && absolute[length - 1] != '/')
				length--;
		is_folder = false;
		text_add(&name, absolute, length);
		text_puts(&name, length && absolute[length - 1] == '/' ? ".sagepipec.json" : "/.sagepipec.json");
		if (access(name.bytes, F_OK) == 0) {
			is_good = read_config(name.bytes, config, failures);
			break;
		}
		name.length = 0;
		length -= length > 0;
	}
	text_free(&name);
	free(absolute);
	return is_good;
}

struct program *analyze_program(struct arena *arena, struct world *world, const struct program_options *options,
                                const struct lint_config *config, const struct source_file *file)
{
	struct program *program = compile_program(arena, world, options, file);
	if (program_has_errors(program) || program_is_shared(program)) {
		lint_suppress(program, NULL);
		return program;
	}
	struct text definition = {0};
	emit_compact_definition(&definition, program);
	limits_check_size(program, &definition);
	text_free(&definition);
	lint_program(program, config);
	lint_suppress(program, config);
	return program;
}

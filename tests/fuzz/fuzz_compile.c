/* libFuzzer: the whole way from text to definition, reports and dumps, for any bytes; what it says must be JSON. */
#include "describe.h"
#include "dump.h"
#include "emit.h"
#include "report.h"

#include <cjson/cJSON.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum {
	RUNS_OF_A_WORLD = 256, /* words and types of earlier inputs stay in it, and must not matter */
	PATH_MAX_LENGTH = 100
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct world *the_world(void)
{
	static struct arena arena;
	static struct world world;
	static unsigned runs;
	if (runs++ % RUNS_OF_A_WORLD == 0) {
		arena_free(&arena);
		world_load(&world, &arena);
	}
	return &world;
}

static void render(const struct diags *diags, enum report_format format)
{
	struct text text = {0};
	const struct report_options options = {.format = format, .color = true, .width = 80};
	report_render(&text, diags, &options);
	text_free(&text);
}

/* cJSON refuses what is nested deeper than this, which JSON itself does not. */
static bool is_too_deep(const char *json)
{
	int depth = 0, deepest = 0;
	bool is_text = false;
	for (; *json; json++) {
		if (is_text && *json == '\\')
			json++;
		else if (*json == '"')
			is_text = !is_text;
		else if (!is_text && (*json == '{' || *json == '['))
			deepest = ++depth > deepest ? depth : deepest;
		else if (!is_text && (*json == '}' || *json == ']'))
			depth--;
	}
	return deepest >= CJSON_NESTING_LIMIT;
}

static void demand_json(void (*emit)(struct text *out, const struct program *program), const struct program *program)
{
	struct text out = {0};
	emit(&out, program);
	if (!is_too_deep(out.bytes)) {
		cJSON *json = cJSON_ParseWithOpts(out.bytes, NULL, 1);
		if (!json)
			abort();
		cJSON_Delete(json);
	}
	text_free(&out);
}

static void use_program(const struct program *program)
{
	struct text out = {0};
	demand_json(emit_compact_definition, program);
	demand_json(emit_request, program);
	dump_symbols(&out, program);
	dump_types(&out, program);
	dump_graph(&out, program);
	text_free(&out);
}

static void describe(struct world *world, const char *path)
{
	struct text out = {0};
	describe_path(&out, world, path);
	text_free(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	/* On the heap by itself, so that reading behind its end is seen. */
	char *text = malloc(size + 1);
	if (!text)
		return 0;
	if (size)
		memcpy(text, data, size);
	text[size] = '\0';

	struct arena arena = {0};
	struct world *world = the_world();
	/* a program that declares this one is given a value from outside */
	const struct setting setting = {"fuzzed", "{\"a\": [1, -2.5e300, null, \"\\u00e9\"]}"};
	const struct program_options options = {.settings = &setting, .setting_count = strstr(text, "config fuzzed:") != NULL};
	const struct source_file *file = source_new(&arena, "fuzz.pipe", text, size);
	struct program *program = program_compile(&arena, world, &options, file);
	render(program->diags, REPORT_HUMAN);
	render(program->diags, REPORT_JSON);
	render(program->diags, REPORT_SARIF);
	if (!program_has_errors(program))
		use_program(program);
	if (size < PATH_MAX_LENGTH)
		describe(world, text);
	arena_free(&arena);
	free(text);
	return 0;
}

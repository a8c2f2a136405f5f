/* Fuzz target: compiles any bytes to a definition, reports, dumps, drawings and templates. JSON output must be valid, and the
 * expanded program must compile to the same definition. */
#include "compile/compile.h"
#include "draw/draw.h"
#include "emit/describe.h"
#include "emit/dump.h"
#include "emit/emit.h"
#include "emit/emit_files.h"
#include "emit/expanded.h"
#include "emit/policy.h"
#include "emit/template.h"
#include "source/report.h"

#include <cjson/cJSON.h>
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	RUNS_PER_WORLD = 256, /* words and types of earlier inputs stay in a world, and must have no effect */
	PATH_MAX_LENGTH = 100
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct world *current_world(void)
{
	static struct arena arena;
	static struct world world;
	static unsigned runs;
	if (runs++ % RUNS_PER_WORLD == 0) {
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

/* Whether JSON is nested too deeply for cJSON. JSON itself has no limit. */
static bool is_too_deep(const char *json)
{
	int depth = 0, deepest = 0;
	bool is_string = false;
	for (; *json; json++) {
		if (is_string && *json == '\\')
			json++;
		else if (*json == '"')
			is_string = !is_string;
		else if (!is_string && (*json == '{' || *json == '['))
			deepest = ++depth > deepest ? depth : deepest;
		else if (!is_string && (*json == '}' || *json == ']'))
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

/* --- a project of two files, which programs may import and use --- */

static const struct {
	const char *path, *text;
} files[] = {
	{"lib.pipe", "let place = \"s3://lib\"\nparam Depth: Integer = 1\nconfig fuzzed_too: Map<Integer> = {}\n"
	             "function twice(x) = [x, x]\nkind Say(text, more = twice(text)) = Fail { ErrorMessage: \"${text}${len(more)}\" }\n"
	             "defaults Say { DisplayName: Step.Name }\n"
	             "component Two(a, b = 1) {\n let c = a\n step S[k in [1, 2]]: Say(\"${c}${k}${Depth}\")\n export n = len(S)\n}\n"},
	{"data.json", "{\"a\": [1, -2.5, null], \"b\": {\"c\": \"text\"}}"},
};

static const char *find_text(const char *path)
{
	for (size_t i = 0; i < sizeof files / sizeof *files; i++)
		if (strcmp(files[i].path, path) == 0)
			return files[i].text;
	return NULL;
}

static bool read_text(void *context, const char *path, size_t limit, struct text *text)
{
	(void)context, (void)limit;
	*text = (struct text){0};
	errno = ENOENT;
	if (find_text(path))
		text_puts(text, find_text(path));
	return text->bytes;
}

static bool stream_text(void *context, const char *path, bool (*take)(void *into, const void *bytes, size_t length), void *into)
{
	const char *text = find_text(path);
	(void)context;
	errno = text ? 0 : ENOENT;
	return text && take(into, text, strlen(text));
}

static enum path_kind kind_of(void *context, const char *path)
{
	(void)context;
	return find_text(path) ? PATH_FILE : strcmp(path, ".") == 0 ? PATH_FOLDER : PATH_NONE;
}

static bool list_names(void *context, const char *path, void (*visit)(void *into, const char *name), void *into)
{
	(void)context;
	for (size_t i = 0; strcmp(path, ".") == 0 && i < sizeof files / sizeof *files; i++)
		visit(into, files[i].path);
	return true;
}

static bool resolve_path(void *context, const char *path, struct text *real)
{
	(void)context;
	text_printf(real, strcmp(path, ".") == 0 ? "/project" : "/project/%s", path);
	return true;
}

static const struct reader reader = {NULL, read_text, stream_text, kind_of, list_names, resolve_path};

/* --- invariants --- */

static void demand_same(struct world *world, const struct program *program)
{
	struct arena arena = {0};
	struct text expanded = {0}, before = {0}, after = {0};
	const struct program_options options = {.reader = &reader};
	expanded_write(&expanded, program);
	const struct source_file *file = source_new(&arena, "expanded.pipe", expanded.bytes, expanded.length);
	struct program *again = compile_program(&arena, world, &options, file);
	emit_compact_definition(&before, program);
	if (!program_has_errors(again))
		emit_compact_definition(&after, again);
	if (strcmp(before.bytes, text_string(&after)) != 0) {
		fprintf(stderr, "%s\n%s\n%s\n", expanded.bytes, before.bytes, text_string(&after));
		render(again->diags, REPORT_HUMAN);
		abort();
	}
	text_free(&expanded);
	text_free(&before);
	text_free(&after);
	arena_free(&arena);
}

static void use_program(struct world *world, const struct program *program)
{
	struct text out = {0};
	demand_json(emit_compact_definition, program);
	demand_json(emit_request, program);
	dump_symbols(&out, program);
	dump_types(&out, program);
	dump_graph(&out, program);
	draw_text(&out, program, &(struct draw_options){true, 60});
	draw_dot(&out, program);
	draw_mermaid(&out, program);
	emit_manifest(&out, program);
	text_free(&out);
	demand_same(world, program);
}

static void describe(struct world *world, const char *path)
{
	struct text out = {0};
	describe_path(&out, world, path);
	text_free(&out);
}

/* Writes templates and policies, which may add diagnostics to the program. */
static void write_templates(struct program *program)
{
	void (*const write[])(struct text *out, struct program *program) = {template_cloudformation, template_terraform, policy_write};
	for (size_t i = 0; i < sizeof write / sizeof *write && !program_has_errors(program); i++) {
		struct text out = {0};
		write[i](&out, program);
		cJSON *json = cJSON_ParseWithOpts(out.bytes, NULL, 1);
		if (!json && !program_has_errors(program))
			abort();
		cJSON_Delete(json);
		text_free(&out);
	}
	render(program->diags, REPORT_HUMAN);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	/* A heap block of its own, so that the sanitizer detects reading beyond its end. */
	char *text = malloc(size + 1);
	if (!text)
		return 0;
	if (size)
		memcpy(text, data, size);
	text[size] = '\0';

	struct arena arena = {0};
	struct world *world = current_world();
	/* a program that declares `config fuzzed` gets a value from outside */
	const struct setting setting = {"fuzzed", "{\"a\": [1, -2.5e300, null, \"\\u00e9\"]}"};
	const struct program_options options = {.settings = &setting, .setting_count = strstr(text, "config fuzzed:") != NULL,
	                                        .reader = &reader};
	const struct source_file *file = source_new(&arena, "fuzz.pipe", text, size);
	struct program *program = compile_program(&arena, world, &options, file);
	render(program->diags, REPORT_HUMAN);
	render(program->diags, REPORT_JSON);
	render(program->diags, REPORT_SARIF);
	if (!program_has_errors(program)) {
		use_program(world, program);
		write_templates(program);
	}
	if (size < PATH_MAX_LENGTH)
		describe(world, text);
	arena_free(&arena);
	free(text);
	return 0;
}

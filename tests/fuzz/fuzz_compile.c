/* libFuzzer: the whole way from text to definition and reports, for any bytes. */
#include "emit.h"
#include "report.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void render(const struct diags *diags, enum report_format format)
{
	struct text text = {0};
	const struct report_options options = {.format = format, .color = true, .width = 80};
	report_render(&text, diags, &options);
	text_free(&text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	/* On the heap by itself, so that reading behind its end is seen. */
	char *text = malloc(size + 1);
	memcpy(text, data, size);
	text[size] = '\0';

	struct arena world_arena = {0}, arena = {0};
	struct world world;
	world_load(&world, &world_arena);
	const struct program_options options = {0};
	const struct source_file *file = source_new(&arena, "fuzz.pipe", text, size);
	struct program *program = program_compile(&arena, &world, &options, file);
	render(program->diags, REPORT_HUMAN);
	render(program->diags, REPORT_JSON);
	if (!program_has_errors(program)) {
		struct text out = {0};
		emit_definition(&out, program);
		text_free(&out);
	}
	arena_free(&arena);
	arena_free(&world_arena);
	free(text);
	return 0;
}

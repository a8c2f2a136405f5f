/* draw: drawing a program repeatedly in one process gives the same result. */
#include "compile/compile.h"
#include "draw/draw.h"
#include "tap.h"

static const char source[] = "pipeline \"P\" { RoleArn: \"arn:aws:iam::123456789012:role/R\" }\n"
                             "let echo = \"arn:aws:lambda:us-west-2:123456789012:function:echo\"\n"
                             "step First[k in [\"a\", \"b\"]]: Lambda { FunctionArn: echo, output x: Integer }\n"
                             "condition Check if First[\"a\"].OutputParameters.x > 1 {\n"
                             "    step Stop: Fail { ErrorMessage: \"no\" }\n"
                             "}\n";

static void draw_plain(struct text *out, const struct program *program)
{
	draw_text(out, program, &(struct draw_options){true, 60});
}

static void test_twice(const struct program *program)
{
	static void (*const forms[])(struct text *, const struct program *) = {draw_plain, draw_dot, draw_mermaid};
	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
		struct text once = {0}, twice = {0};
		forms[i](&once, program);
		forms[i](&twice, program);
		tap_is(text_string(&twice), text_string(&once), "drawing twice gives the same text");
		text_free(&once);
		text_free(&twice);
	}
}

static void test_svg(const struct program *program)
{
	struct text once = {0}, twice = {0}, complaint = {0};
	bool is_drawn = draw_svg(&once, program, &complaint);
	tap_ok(is_drawn == (once.length > 0) && is_drawn == !complaint.length, "the result is either a picture or a complaint");
	for (int i = 0; i < 20; i++) {
		twice.length = complaint.length = 0;
		draw_svg(&twice, program, &complaint);
	}
	tap_is(text_string(&twice), text_string(&once), "drawing an SVG often gives the same picture");
	text_free(&once);
	text_free(&twice);
	text_free(&complaint);
}

int main(void)
{
	struct arena arena = {0};
	struct world world;
	world_load(&world, &arena);
	const struct program_options options = {0};
	const struct source_file *file = source_new(&arena, "p.pipe", source, sizeof source - 1);
	const struct program *program = compile_program(&arena, &world, &options, file);
	tap_ok(!program_has_errors(program) && draw_has_steps(program), "the program compiles and has steps");
	test_twice(program);
	test_svg(program);
	arena_free(&arena);
	return tap_done();
}

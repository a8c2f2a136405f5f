#include "compile/compile.h"

#include "compile/cascade.h"
#include "compile/graph.h"
#include "compile/lambdas.h"
#include "compile/limits.h"
#include "compile/lower.h"
#include "compile/repeats.h"
#include "eval/eval.h"
#include "eval/module.h"
#include "eval/resolve.h"

struct program *compile_program(struct arena *arena, struct world *world, const struct program_options *options,
                                const struct source_file *file)
{
	struct program *program = arena_new(arena, struct program);
	program->arena = arena;
	program->world = world;
	program->options = options;
	program->diags = arena_new(arena, struct diags);
	program->diags->arena = arena;
	module_read_files(program, file);
	const struct module_file *last = program->files.items[program->files.count - 1];
	size_t node_count = last->first_value + last->tree->node_count;
	if (options->keeps_values) {
		program->node_values = arena_array(arena, const struct value *, node_count + 1);
		program->node_types = arena_array(arena, const struct type *, node_count + 1);
	}
	eval_open_budget(program, node_count);
	resolve_program(program);
	lower_program(program);
	graph_check(program);
	lower_check_quoted_parameters(program);
	lambdas_collect(program);
	limits_check(program);
	cascade_drop(program);
	diag_finish(program->diags);
	repeats_merge(program);
	return program;
}
